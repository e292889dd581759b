"""The shipped textbooks, theses and essays say what is printed in them, and agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from curriculum.model.identifiers import NAME
from curriculum.model.quantities import Pages
from curriculum.model.references import (
    AnyReference,
    Reference,
    Strength,
    TopicReference,
    UnitReference,
)
from curriculum.model.works import Chapter, Paper, Role, Textbook, Thesis, Unit, Work, unit_ids
from curriculum.syllabus.works import read_work

SYLLABI = Path(__file__).resolve().parents[2] / "syllabi"
FILES = (*sorted(SYLLABI.glob("textbooks/*.yaml")), *sorted(SYLLABI.glob("theses/*.yaml")))
ESSAYS = (SYLLABI / "papers" / "hamming-1986.yaml", SYLLABI / "papers" / "nielsen-2004.yaml")
SCHEMA_LINE = "# yaml-language-server: $schema=../syllabus.schema.json"
DENIED = re.compile(
    r"ziliaoku|z-?library|pdfdrive|dbooks|pinggu|epdf|vdoc|docslib|documents\.pub|documentine|docsity|pdfslide|scribd"
    r"|wenku|libgen|dissers|studylib|zbook|wqxuetang"
)
PAPERS_OF_THESES = {"schulman-2016/3": "trpo-2015", "schulman-2016/4": "gae-2016"}


def _read(path: Path) -> Work:
    read = read_work(path.name, path.read_text(encoding="utf-8"))
    assert not read.problems
    assert read.work is not None
    return read.work


@cache
def _library() -> dict[str, Textbook | Thesis]:
    works = {path.stem: _read(path) for path in FILES}
    return {name: work for name, work in works.items() if isinstance(work, Textbook | Thesis)}


def _chapters() -> Iterator[tuple[str, Chapter]]:
    for name, work in _library().items():
        yield from zip(unit_ids(name, work), work.chapters, strict=True)


def _references(references: tuple[Reference, ...]) -> Iterator[Reference]:
    """Every reference, with those inside `any`, which inherit its strength."""
    for reference in references:
        yield reference
        if isinstance(reference, AnyReference):
            yield from (
                inner.model_copy(update={"strength": reference.strength}) for inner in reference.any
            )


def _resolve(reference: str, name: str) -> tuple[str, ...]:
    """The units that a reference names; empty when it leads nowhere."""
    work, _, unit = reference.rpartition("/")
    work = work or name
    units = unit_ids(work, _library()[work]) if work in _library() else ()
    if f"{work}/{unit}" in units:
        return (f"{work}/{unit}",)
    first, _, last = (f"{work}/{end}" if end else "" for end in unit.partition("-"))
    return (
        units[units.index(first) : units.index(last) + 1]
        if first in units and last in units
        else ()
    )


@cache
def _teachers() -> dict[str, frozenset[str]]:
    pairs = [(topic, unit) for unit, chapter in _chapters() for topic in chapter.teaches]
    return {topic: frozenset(unit for known, unit in pairs if known == topic) for topic, _ in pairs}


def _prerequisites(name: str, units: tuple[Unit, ...], position: int) -> frozenset[str]:
    """The units that may come before one: for a topic, all that teach it."""
    requires = units[position].requires
    if requires is None:
        return frozenset({f"{name}/{units[position - 1].id}"} if position else ())
    hard = [reference for reference in _references(requires) if reference.strength is Strength.HARD]
    topics = [
        _teachers()[reference.topic] for reference in hard if isinstance(reference, TopicReference)
    ]
    named = [
        _resolve(reference.ref, name) for reference in hard if isinstance(reference, UnitReference)
    ]
    return frozenset().union(*topics, *named)


def _graph() -> dict[str, frozenset[str]]:
    return {
        f"{name}/{unit.id}": _prerequisites(name, work.units, position)
        for name, work in _library().items()
        for position, unit in enumerate(work.units)
    }


def _closure(unit: str, graph: dict[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [unit]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found


def test_the_library_is_large_enough() -> None:
    assert sum(isinstance(work, Textbook) for work in _library().values()) >= 36
    assert sum(isinstance(work, Thesis) for work in _library().values()) >= 11


def test_the_works_that_the_essay_names_are_there() -> None:
    assert {
        "nocedal-wright-2006",
        "cover-thomas-2006",
        "schulman-2016",
        "sutton-barto-2018",
    } <= _library().keys()


@pytest.mark.parametrize("path", [*FILES, *ESSAYS], ids=lambda path: path.stem)
def test_every_file_is_valid_and_names_its_schema_first(path: Path) -> None:
    work = _read(path)
    assert path.read_text(encoding="utf-8").splitlines()[0] == SCHEMA_LINE
    assert (
        path.parent.name == {Textbook: "textbooks", Thesis: "theses", Paper: "papers"}[type(work)]
    )


@pytest.mark.parametrize("path", [*FILES, *ESSAYS], ids=lambda path: path.stem)
def test_the_stem_is_an_author_and_the_year(path: Path) -> None:
    work = _read(path)
    assert re.fullmatch(NAME, path.stem)
    assert path.stem.endswith(f"-{work.year}")
    assert work.authors[0].split()[-1].lower().removeprefix("ben-") in path.stem


@pytest.mark.parametrize("path", ESSAYS, ids=lambda path: path.stem)
def test_an_essay_is_a_paper_with_one_step(path: Path) -> None:
    assert [step.id for step in _read(path).units] == ["read"]


@pytest.mark.parametrize("path", [*FILES, *ESSAYS], ids=lambda path: path.stem)
def test_no_address_leads_to_a_scraped_copy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    hosts = [urlsplit(address).netloc for address in re.findall(r"https?://[^\s,\]\"]+", text)]
    assert hosts
    assert not [host for host in hosts if DENIED.search(host)]


def test_chapters_are_told_apart_by_id_and_title() -> None:
    for name, work in _library().items():
        assert len({chapter.id for chapter in work.chapters}) == len(work.chapters), name
        assert len({chapter.title for chapter in work.chapters}) == len(work.chapters), name


def test_chapters_carry_their_printed_numbers_in_order() -> None:
    for name, work in _library().items():
        numbers = [chapter.id for chapter in work.chapters if chapter.id.isdigit()]
        letters = [chapter.id for chapter in work.chapters if not chapter.id.isdigit()]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)], name
        assert letters == sorted(letters), name
        assert [chapter.id for chapter in work.chapters] == numbers + letters, name


def test_pages_run_forward_without_overlap() -> None:
    for name, work in _library().items():
        ranges = [chapter.pages for chapter in work.chapters if chapter.pages]
        assert all(earlier.last < later.first for earlier, later in pairwise(ranges)), name


def test_pages_say_which_printing_they_belong_to() -> None:
    assert not [
        name
        for name, work in _library().items()
        if any(c.pages for c in work.chapters) and not work.pagination
    ]


def test_every_chapter_can_be_planned() -> None:
    assert not [unit for unit, chapter in _chapters() if not chapter.pages and not chapter.effort]


def test_the_isbn_has_a_right_check_digit() -> None:
    books = [work for work in _library().values() if isinstance(work, Textbook) and work.isbn]
    assert len(books) >= 8
    for book in books:
        assert book.isbn
        digits = [int(digit) for digit in book.isbn]
        assert len(digits) == 13, book.title
        assert sum(digits[::2]) % 10 == -3 * sum(digits[1::2]) % 10, book.title


def test_every_reference_leads_somewhere() -> None:
    named = [
        (unit, reference.ref)
        for unit, chapter in _chapters()
        for reference in _references(chapter.requires or ())
        if isinstance(reference, UnitReference)
    ]
    assert len(named) > 100
    assert not [(unit, ref) for unit, ref in named if not _resolve(ref, unit.partition("/")[0])]


def test_every_required_topic_is_taught() -> None:
    topics = {
        reference.topic
        for _, chapter in _chapters()
        for reference in _references(chapter.requires or ())
        if isinstance(reference, TopicReference)
    }
    assert {"probability", "linear-algebra", "policy-gradient"} <= topics
    assert topics <= _teachers().keys()


def test_the_vocabulary_of_topics_stays_small() -> None:
    assert 120 <= len(_teachers()) <= 240
    assert all(len(chapter.teaches) <= 4 for _, chapter in _chapters())


def test_no_chapter_requires_what_it_teaches() -> None:
    for unit, chapter in _chapters():
        wanted = {
            r.topic for r in _references(chapter.requires or ()) if isinstance(r, TopicReference)
        }
        assert not wanted & set(chapter.teaches), unit


def test_no_choice_of_teachers_makes_a_cycle() -> None:
    assert len([*TopologicalSorter(_graph()).static_order()]) == len(_graph())


def test_no_edge_follows_from_the_others() -> None:
    graph = _graph()
    for unit, chapter in _chapters():
        name = unit.partition("/")[0]
        own = [
            r.ref
            for r in chapter.requires or ()
            if isinstance(r, UnitReference) and r.strength is Strength.HARD
        ]
        direct = {found for ref in own for found in _resolve(ref, name)}
        assert not [
            one for one in direct for other in direct - {one} if one in _closure(other, graph)
        ], unit


def test_edges_between_works_give_their_reason() -> None:
    for unit, chapter in _chapters():
        for reference in chapter.requires or ():
            own_work = isinstance(reference, UnitReference) and "/" not in reference.ref
            assert own_work or reference.why, (unit, reference)


def test_policy_gradients_need_a_third_of_sutton_and_barto_and_no_other_book() -> None:
    needed = _closure("sutton-barto-2018/13", _graph())
    assert needed == {f"sutton-barto-2018/{chapter}" for chapter in (1, 3, 4, 5, 6, 9)}


def test_only_theses_have_roles_and_every_chapter_of_theirs_has_one() -> None:
    for name, work in _library().items():
        roles = [chapter.role for chapter in work.chapters]
        assert (
            all(role is None for role in roles) if isinstance(work, Textbook) else None not in roles
        ), name


def test_a_thesis_opens_with_its_introduction_and_has_a_conclusion() -> None:
    theses = [work for work in _library().values() if isinstance(work, Thesis)]
    assert all(thesis.chapters[0].role is Role.INTRODUCTION for thesis in theses)
    assert all(
        Role.CONCLUSION in {chapter.role for chapter in thesis.chapters} for thesis in theses
    )


def test_a_stapled_paper_is_named_where_the_library_has_it() -> None:
    assert {
        unit: chapter.paper for unit, chapter in _chapters() if chapter.paper
    } == PAPERS_OF_THESES


@pytest.mark.parametrize(
    ("unit", "title", "pages"),
    [
        ("nocedal-wright-2006/4", "Trust-Region Methods", Pages(66, 100)),
        ("nocedal-wright-2006/12", "Theory of Constrained Optimization", Pages(304, 354)),
        ("cover-thomas-2006/2", "Entropy, Relative Entropy, and Mutual Information", Pages(13, 56)),
        ("sutton-barto-2018/3", "Finite Markov Decision Processes", Pages(47, 72)),
        ("sutton-barto-2018/13", "Policy Gradient Methods", Pages(321, 338)),
        ("bishop-2006/9", "Mixture Models and EM", Pages(423, 460)),
        ("boyd-vandenberghe-2004/5", "Duality", Pages(215, 288)),
        ("goodfellow-2016/6", "Deep Feedforward Networks", Pages(164, 223)),
        ("rasmussen-williams-2006/2", "Regression", Pages(7, 32)),
        ("schulman-2016/3", "Trust Region Policy Optimization", None),
    ],
)
def test_a_chapter_is_where_the_book_prints_it(unit: str, title: str, pages: Pages | None) -> None:
    chapter = dict(_chapters())[unit]
    assert (chapter.title, chapter.pages) == (title, pages)
