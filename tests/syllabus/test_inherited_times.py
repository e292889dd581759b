"""A chapter takes its own effort or speed, that of its part, that of its work, or the person's."""

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


EFFORTS = """\
kind: thesis
title: T
effort: 2h
parts:
  Proofs: {effort: 5h}
  Tables: {speed: 60 pages/h}
chapters:
  - {id: 1, title: One, pages: [1, 10]}
  - {id: 2, title: Two, part: Proofs}
  - {id: 3, title: Three, part: Proofs, effort: 1h}
  - {id: 4, title: Four, part: Proofs, pages: [11, 20], speed: 10 pages/h}
  - {id: 5, title: Five, part: Tables, pages: [21, 30]}
  - {id: 6, title: Six, pages: [31, 40], exercises: 1h}
"""
STEPS = """\
kind: paper
title: P
effort: 90m
steps: [{id: read, title: Read it}, {id: proof, title: Prove it, effort: 3h}]
"""


def test_the_nearest_effort_or_speed_counts() -> None:
    read = read_library([SyllabusText("t.yaml", EFFORTS), SyllabusText("p.yaml", STEPS)])

    assert read.problems == ()
    assert efforts_of(read.library, Speeds()) == {
        "t/1": 120,
        "t/2": 300,
        "t/3": 60,
        "t/4": 60,
        "t/5": 10,
        "t/6": 120,
        "p/read": 90,
        "p/proof": 180,
    }
