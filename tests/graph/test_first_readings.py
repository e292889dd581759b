"""`strength: skim` is met by a first reading, unless something needs the whole unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.curriculum import Curriculum
from curriculum.model.efforts import efforts_of
from curriculum.model.first_readings import FIRST_READING, is_first_reading
from curriculum.model.identifiers import UnitId
from curriculum.model.kept_values import kept, restored
from curriculum.model.library import Library
from curriculum.model.quantities import Pages
from curriculum.model.references import Strength
from curriculum.model.settings import Speeds
from curriculum.model.works import Textbook
from curriculum.views.graph_edges import graph_edges
from tests.libraries import book, curriculum, library, paper, reach
from tests.profiles import examples


class Drawn(NamedTuple):
    """Chapters `a/0`, `a/1`, ..., the strength of what each requires of those before it, and the goals."""

    hours: list[int]
    skims: list[int | None]
    strengths: dict[tuple[int, int], str]
    goals: list[int]

    def library(self, **instead: str) -> Library:
        """Return the library; `skim="hard"` writes another strength than the one drawn."""
        chapters = []
        for number, hours in enumerate(self.hours):
            references = ", ".join(
                f"{{ref: a/{before}, strength: {instead.get(strength, strength)}}}"
                for (before, after), strength in self.strengths.items()
                if after == number
            )
            skim = self.skims[number]
            once = "" if skim is None else f", skim: {skim}m"
            chapters.append(f"id: {number}, effort: {hours}h{once}, requires: [{references}]")
        return library(a=book(*chapters))

    def plan(self, *, done: tuple[str, ...] = (), **instead: str) -> Curriculum:
        """Return what leads to the goals."""
        return curriculum(self.library(**instead), *self.named, done=done)

    @property
    def named(self) -> list[str]:
        """The goals by name."""
        return [f"a/{goal}" for goal in self.goals]

    def whole(self) -> set[str]:
        """Return the chapters that goals need in full, directly or not."""
        found: set[int] = set()
        waiting = list(self.goals)
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting += self.before([unit], "hard")
        return {f"a/{unit}" for unit in found}

    def before(self, units: Iterable[int], strength: str) -> list[int]:
        """Return what some chapters require with a strength."""
        wanted = set(units)
        return [a for (a, b), one in self.strengths.items() if b in wanted and one == strength]

    def once(self) -> set[str]:
        """Return the chapters of which no more than a first reading is needed."""
        numbers = [int(name.removeprefix("a/")) for name in self.whole()]
        return {f"a/{unit}" for unit in self.before(numbers, "skim")} - self.whole()


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    count = draw(st.integers(2, 6))
    hours = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    skims = draw(st.lists(st.none() | st.integers(1, 59), min_size=count, max_size=count))
    pairs = [(a, b) for b in range(count) for a in range(b)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8))
    strengths = {edge: draw(st.sampled_from(["hard", "skim", "soft"])) for edge in edges}
    goals = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=2, unique=True))
    return Drawn(hours, skims, strengths, goals)


DRAWN = drawn()


@given(DRAWN)
@settings(max_examples=examples(40))
def test_a_first_reading_is_planned_exactly_where_nothing_needs_the_whole_unit(
    case: Drawn,
) -> None:
    planned = case.plan()
    efforts = efforts_of(case.library(), Speeds())

    once = {f"{unit}{FIRST_READING}" for unit in case.once()}
    assert set(planned.units) == case.whole() | once
    assert planned.efforts == {unit: efforts[unit] for unit in planned.units}
    for unit in once:
        number = int(unit.removeprefix("a/").removesuffix(FIRST_READING))
        skim = case.skims[number]
        assert planned.efforts[UnitId(unit)] == (case.hours[number] * 15 if skim is None else skim)
        assert planned.requires[UnitId(unit)] == ()


@given(DRAWN)
@settings(max_examples=examples(30))
def test_a_unit_comes_after_all_that_it_requires_whole_or_read_once(case: Drawn) -> None:
    planned = case.plan()
    place = {unit: number for number, unit in enumerate(planned.units)}
    for unit in case.whole():
        number = int(unit.removeprefix("a/"))
        for before in case.before([number], "hard"):
            assert place[UnitId(f"a/{before}")] < place[UnitId(unit)]
        for before in case.before([number], "skim"):
            name = UnitId(f"a/{before}")
            met = name if name in place else UnitId(f"{name}{FIRST_READING}")
            assert place[met] < place[UnitId(unit)]


@given(DRAWN)
@settings(max_examples=examples(30))
def test_hard_and_soft_edges_mean_what_they_did(case: Drawn) -> None:
    """Where nothing is skimmed, chapters that say how long a first reading takes change nothing."""
    hard = case.plan(skim="hard")
    without = case._replace(skims=[None] * len(case.hours)).plan(skim="hard")

    assert without == replace(hard, prefers=without.prefers)
    for unit in hard.units:
        assert hard.prefers.get(unit, ()) == without.prefers.get(unit, ())
    assert set(case.plan(skim="soft").units) == case.whole()
    assert set(hard.units) >= case.whole() | case.once()


@given(DRAWN)
@settings(max_examples=examples(30))
def test_what_was_read_once_is_done_until_the_whole_is_needed(case: Drawn) -> None:
    once = tuple(f"{unit}{FIRST_READING}" for unit in sorted(case.once()))
    left = case.plan(done=once)
    assert set(left.units) == case.whole()

    needed = case._replace(goals=[*case.goals, *(int(one[2:-5]) for one in once)])
    again = needed.plan(done=once)
    efforts = efforts_of(case.library(), Speeds())
    assert {one.removesuffix(FIRST_READING) for one in once} <= set(again.units)
    assert all(again.efforts[unit] == efforts[unit] for unit in again.units)


@given(DRAWN)
@settings(max_examples=examples(20))
def test_the_whole_unit_done_needs_no_first_reading(case: Drawn) -> None:
    left = case.plan(done=tuple(case.once()))

    assert not any(map(is_first_reading, left.units))


def test_a_book_is_read_once_chapter_by_chapter() -> None:
    works = library(
        b=book("id: 1", "id: 2, skim: 7m"),
        p=paper("id: read, requires: [{ref: b, strength: skim, why: the words}]"),
    )
    found = curriculum(works, "p")

    assert found.efforts == {"b/1.skim": 15, "b/2.skim": 7, "p/read": 60}
    assert found.requires[UnitId("p/read")] == ("b/1.skim", "b/2.skim")
    assert [choice.wanted for choice in found.choices] == [
        "a first reading of b/1",
        "a first reading of b/2",
    ]
    assert found.reasons["b/2.skim", "p/read"] == "the words"  # type: ignore[index]


def test_the_cheapest_of_several_is_read_once() -> None:
    works = library(
        b=book("id: 1, teaches: [t]", "id: 2, effort: 9h, skim: 5m, teaches: [t]"),
        p=paper("id: read, requires: [{topic: t, strength: skim}]"),
        q=paper("id: read, requires: [{any: [b/1, b/2], strength: skim}]"),
    )

    assert set(curriculum(works, "p").units) == {"b/2.skim", "p/read"}
    assert set(curriculum(works, "q").units) == {"b/2.skim", "q/read"}
    assert set(curriculum(works, "p", "b/1").units) == {"b/1", "p/read"}


def test_a_unit_may_be_read_once_for_what_the_whole_of_it_requires() -> None:
    works = library(
        a=book("id: 1, requires: [b/1]"), b=book("id: 1, requires: [{ref: a/1, strength: skim}]")
    )

    assert curriculum(works, "a/1").units == ("a/1.skim", "b/1", "a/1")


def test_the_first_reading_of_pages_takes_a_quarter_of_the_reading_and_no_exercises() -> None:
    chapter = "id: 1, title: T, pages: [1, 20], exercises: 5h"
    works = library(
        b=f"kind: textbook\nchapters:\n  - {{{chapter}}}\n",
        p=paper("id: read, requires: [{ref: b/1, strength: skim}]"),
    )
    found = curriculum(works, "p")

    assert found.efforts[UnitId("b/1.skim")] == 30
    assert found.reading(UnitId("b/1.skim")) == (Pages(1, 20), 30)


def test_a_first_reading_may_be_a_goal() -> None:
    works = library(b=book("id: 1", "id: 2, skim: 10m"))

    assert curriculum(works, "b/2.skim").efforts == {"b/2.skim": 10}
    (problem,) = reach(works, "b/3.skim").problems
    assert "'b' has no unit '3.skim'" in problem.message


def test_a_picture_tells_a_first_reading_from_a_prerequisite() -> None:
    works = library(
        b=book("id: 1", "id: 2, requires: []"),
        p=paper("id: read, requires: [b/1, {ref: b/2, strength: skim}]"),
    )
    edges = graph_edges(curriculum(works, "p"))

    assert {(edge.before, edge.strength) for edge in edges} == {
        ("b/1", Strength.HARD),
        ("b/2.skim", Strength.SKIM),
    }


def test_a_first_reading_is_kept_with_the_reading_of_a_syllabus() -> None:
    works = library(
        b=book("id: 1, skim: 5m, requires: [{ref: c/1, strength: skim}]"), c=book("id: 1")
    )

    assert restored(kept(works.works["b"]), Textbook) == works.works["b"]
