"""A bibliography that we write says what our own readers, and so other programs, read in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.disk.workspace import built_in_library
from curriculum.model.bibliography import BibliographyEntry
from curriculum.model.person_names import person_name
from curriculum.model.works import Paper, Textbook, Work
from curriculum.syllabus.importers.bibtex import read_bibtex
from curriculum.syllabus.importers.csl import read_csl
from curriculum.syllabus.works import read_work
from curriculum.views.documents.bibliography import bibtex_text, csl_text

LIBRARY = {
    file.stem: work
    for file in built_in_library()
    if (work := read_work(file.label, file.data.decode()).work) is not None
}
BOOK = LIBRARY["sutton-barto-2018"]
READERS = [(bibtex_text, read_bibtex), (csl_text, read_csl)]
SIGNS = "aZ é ß ł Δ μ — – ’ “ ” & % $ # _ { } ~ ^ \\ ' \" ` , . : ; ! ? - / ( ) < > 5"


def said(name: str, work: Work) -> tuple[object, ...]:
    """Return what both forms must say of a work."""
    return (name, work.kind, work.title, people(work), work.year, _arxiv(work), work.url)


def people(work: Work) -> tuple[str, ...]:
    """Return the authors who are named."""
    return tuple(name for name in work.authors if name != "and others")


def _arxiv(work: Work) -> str | None:
    return work.arxiv if isinstance(work, Paper) else None


def heard(entry: BibliographyEntry) -> tuple[object, ...]:
    arxiv = entry.arxiv if entry.kind == "paper" else None
    return (entry.key, entry.kind, entry.title, entry.authors, entry.year, arxiv, entry.url)


@pytest.mark.parametrize(("written", "read"), READERS)
def test_the_whole_library_comes_back(written, read) -> None:  # type: ignore[no-untyped-def]
    again = read("library", written(LIBRARY))

    assert {problem.code for problem in again.problems} <= {"more-authors"}
    assert [heard(entry) for entry in again.entries] == [
        said(name, work) for name, work in LIBRARY.items()
    ]
    assert [entry.isbn for entry in again.entries] == [
        getattr(work, "isbn", None) for work in LIBRARY.values()
    ]
    assert [entry.surnames for entry in again.entries] == [
        tuple(person_name(name).family for name in people(work)) for work in LIBRARY.values()
    ]


@pytest.mark.parametrize(("written", "read"), READERS)
@given(title=st.text(SIGNS, min_size=1, max_size=30))
def test_no_sign_of_a_title_is_lost(written, read, title: str) -> None:  # type: ignore[no-untyped-def]
    title = " ".join(f"x{title}x".split())
    work = BOOK.model_copy(
        update={"title": title, "authors": ("Ada O'Adder", "OpenAI", "Jo X Jr.")}
    )
    (entry,) = read("one", written({"one": work})).entries

    assert entry.title == title
    assert entry.authors == ("Ada O'Adder", "OpenAI", "Jo X Jr.")


def test_csl_names_the_parts_of_people_and_dates() -> None:
    (item,) = json.loads(csl_text({"sutton-barto-2018": BOOK}))

    assert isinstance(BOOK, Textbook)
    assert item["type"] == "book"
    assert item["author"][0] == {"given": "Richard S.", "family": "Sutton"}
    assert item["issued"] == {"date-parts": [[2018]]}
    assert item["edition"] == str(BOOK.edition)


def test_authors_who_are_left_out_are_said_as_other_programs_say_it() -> None:
    works = {"gpt3-2020": LIBRARY["gpt3-2020"]}

    assert "Askell, Amanda and others}," in bibtex_text(works)
    assert json.loads(csl_text(works))[0]["author"][-1] == {"literal": "others"}
