"""A chapter is read at its own speed, that of its part, that of its work, or the person's."""

from __future__ import annotations

from curriculum.model.efforts import efforts_of
from curriculum.model.kept_values import kept, restored
from curriculum.model.settings import Speeds
from curriculum.model.works import Textbook
from curriculum.syllabus.library import SyllabusText, read_library

BOOK = """\
kind: textbook
title: B
speed: 5 pages/h
parts:
  Proofs: {speed: 2 pages/h}
chapters:
  - {id: 1, title: One, pages: [1, 10], part: Foundations}
  - {id: 2, title: Two, pages: [11, 20], part: Proofs}
  - {id: 3, title: Three, pages: [21, 30], part: Proofs, speed: 10 pages/h}
  - {id: 4, title: Four, effort: 1h}
"""
PAPER = """\
kind: paper
title: P
speed: 2 pages/h
steps: [{id: read, title: Read it, pages: [1, 10]}, {id: proof, title: Prove it, pages: [9, 10], speed: 1 pages/h}]
"""


def test_the_nearest_speed_counts() -> None:
    read = read_library([SyllabusText("b.yaml", BOOK), SyllabusText("p.yaml", PAPER)])

    assert read.problems == ()
    assert efforts_of(read.library, Speeds()) == {
        "b/1": 120,
        "b/2": 300,
        "b/3": 60,
        "b/4": 60,
        "p/read": 300,
        "p/proof": 120,
    }


def test_a_speed_is_kept_with_the_reading() -> None:
    book = read_library([SyllabusText("b.yaml", BOOK)]).library.works["b"]

    assert restored(kept(book), Textbook) == book
