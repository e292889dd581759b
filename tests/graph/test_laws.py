"""Laws of resolution over random libraries with shared, nested and circular choices, judged by trying everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from itertools import combinations, pairwise
from random import Random
from typing import Any, TypeAlias

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.graph.frontier import first_goals, reached_from
from curriculum.graph.goals import GoalRequest
from curriculum.graph.longest_chain import longest_chain
from curriculum.graph.resolution import resolve
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, unit_id
from curriculum.model.library import Library
from curriculum.model.references import AnyReference, Reference, TopicReference, UnitReference
from curriculum.model.settings import Goal
from curriculum.model.sources import Source
from curriculum.model.works import Textbook
from tests.profiles import examples

TOPICS = ("r", "s", "t")
Written: TypeAlias = "str | dict[str, object]"
Options: TypeAlias = list[frozenset[UnitId]]


@dataclass(frozen=True)
class Case:
    """A library, what is wanted of it, and what is known."""

    library: Library
    goals: tuple[Goal, ...]
    known: frozenset[UnitId]

    @property
    def wanted(self) -> frozenset[UnitId]:
        """The units of the works that are goals."""
        return frozenset(
            unit for goal in self.goals if goal.work for unit in units_of(self.library, goal.work)
        )

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that are goals."""
        return tuple(goal.topic for goal in self.goals if goal.topic)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw at most eight units with at most six choices; units require earlier ones, options may be anything."""
    shape = draw(
        st.lists(st.integers(1, 3), min_size=2, max_size=4).filter(lambda sizes: sum(sizes) <= 8)
    )
    names = tuple(f"w{work}/{unit}" for work, size in enumerate(shape) for unit in range(size))
    left = 6
    works: dict[str, Textbook] = {}
    for work, size in enumerate(shape):
        chapters = []
        for unit in range(size):
            earlier = names[: names.index(f"w{work}/{unit}")]
            requires: list[Written] = (
                list(draw(st.lists(st.sampled_from(earlier), max_size=2))) if earlier else []
            )
            choices = draw(st.lists(_choices(names, len(shape)), max_size=min(2, left)))
            left -= len(choices)
            others = [name for name in draw(_few(names)) if name != f"w{work}/{unit}"]
            soft: list[Written] = [{"ref": name, "strength": "soft"} for name in others]
            chapters.append(
                {
                    "id": str(unit),
                    "title": "T",
                    "effort": f"{draw(st.integers(1, 9))}m",
                    "requires": [*requires, *choices, *soft],
                    "teaches": draw(st.lists(st.sampled_from(TOPICS), max_size=2, unique=True)),
                }
            )
        works[f"w{work}"] = Textbook.model_validate(
            {"kind": "textbook", "title": "T", "chapters": chapters}
        )
    goals = draw(st.lists(st.sampled_from([*works, *TOPICS]), min_size=1, max_size=2, unique=True))
    known = frozenset(map(UnitId, draw(_few(names))))
    named = tuple(Goal(topic=goal) if goal in TOPICS else Goal(work=goal) for goal in goals)
    sources = {name: Source(f"{name}.yaml", "") for name in works}
    return Case(Library(works, sources, frozenset(works)), named, known)


@cache
def _few(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=2, unique=True)


@cache
def _choices(names: tuple[str, ...], works: int) -> st.SearchStrategy[Written]:
    """Return references that leave a choice: topics, and `any` of units, whole works, topics and further `any`."""
    topics = st.sampled_from(TOPICS).map(_topic)
    leaves: st.SearchStrategy[Written] = topics | st.sampled_from(
        [*names, *(f"w{work}" for work in range(works))]
    )
    inner = st.recursive(
        leaves, lambda more: st.lists(more, min_size=2, max_size=2).map(_any), max_leaves=3
    )
    return topics | st.lists(inner, min_size=2, max_size=3).map(_any)


def _topic(topic: str) -> Written:
    return {"topic": topic}


def _any(options: list[Written]) -> Written:
    return {"any": options}


def sound(case: Case) -> Curriculum:
    """Return the curriculum of a case that is not in a circle, cannot meet itself and misses no topic."""
    known = tuple(UnitReference(ref=unit) for unit in sorted(case.known))
    found = resolve(case.library, GoalRequest(case.goals, known), zone=UTC).curriculum
    assume(found is not None)
    assert found is not None
    return found


def units_of(library: Library, work: str) -> list[UnitId]:
    return [unit_id(work, unit.id) for unit in library.works[work].units]


def options_of(library: Library, reference: Reference) -> Options:
    """Return the sets of units of which one meets a reference."""
    if isinstance(reference, UnitReference):
        whole = reference.ref in library.works
        return [frozenset(units_of(library, reference.ref) if whole else [UnitId(reference.ref)])]
    if isinstance(reference, TopicReference):
        return [
            frozenset({unit_id(name, unit.id)})
            for name, work in library.works.items()
            for unit in work.units
            if reference.topic in unit.teaches
        ]
    assert isinstance(reference, AnyReference)
    return [option for inner in reference.any for option in options_of(library, inner)]


def demands_of(library: Library) -> dict[UnitId, list[Options]]:
    """Return for each unit what must be met before it, soft references left out."""
    return {
        unit_id(name, unit.id): [
            options_of(library, reference)
            for reference in unit.requires or ()
            if reference.strength == "hard"
        ]
        for name, work in library.works.items()
        for unit in work.units
    }


def is_enough(
    case: Case, demands: Mapping[UnitId, list[Options]], chosen: frozenset[UnitId]
) -> bool:
    """Say whether the chosen units can be studied one after the other, and reach the goals."""
    finished, left = set(case.known), set(chosen)
    while free := {
        unit
        for unit in left
        if all(any(option <= finished for option in options) for options in demands[unit])
    }:
        finished |= free
        left -= free
    topics = (options_of(case.library, TopicReference(topic=topic)) for topic in case.topics)
    return (
        not left
        and case.wanted <= finished
        and all(any(one <= finished for one in teachers) for teachers in topics)
    )


def least_effort(case: Case) -> int:
    """Return the effort of the cheapest set of units that is enough, by trying every set."""
    demands = demands_of(case.library)
    minutes = {unit: effort(case.library, unit) for unit in demands}
    subsets = sorted(
        _subsets(sorted(minutes.keys() - case.known)),
        key=lambda some: sum(minutes[unit] for unit in some),
    )
    cheapest = next(some for some in subsets if is_enough(case, demands, some))
    return sum(minutes[unit] for unit in cheapest)


def _subsets(units: Sequence[UnitId]) -> Iterator[frozenset[UnitId]]:
    return (frozenset(some) for size in range(len(units) + 1) for some in combinations(units, size))


def effort(library: Library, unit: UnitId) -> int:
    given_effort = library.unit(unit).effort
    assert given_effort is not None
    return int(given_effort.total_seconds()) // 60


def rewritten(
    library: Library, **changes: Callable[[Any], object]
) -> Library:  # Any: a field of a unit
    """Return the library with fields of every unit replaced by what a function makes of them."""
    works = {
        name: work.model_copy(
            update={
                "chapters": tuple(
                    unit.model_copy(
                        update={key: change(getattr(unit, key)) for key, change in changes.items()}
                    )
                    for unit in work.units
                )
            }
        )
        for name, work in library.works.items()
    }
    return replace(library, works=works)


@given(cases())
@settings(max_examples=examples(80))
def test_the_choice_is_the_cheapest_of_all(case: Case) -> None:
    found = sound(case)

    assert sum(found.efforts.values()) == least_effort(case)
    assert all(choice.exact for choice in found.choices)


@given(cases())
def test_what_is_chosen_is_enough_and_in_an_order_that_can_be_studied(case: Case) -> None:
    found = sound(case)
    place = {unit: number for number, unit in enumerate(found.units)}
    demands = demands_of(case.library)

    assert len(place) == len(found.units)
    assert is_enough(case, demands, frozenset(found.units))
    for unit in found.units:
        assert all(place[before] < place[unit] for before in found.requires[unit])
        before = case.known | set(found.requires[unit])
        assert all(any(option <= before for option in options) for options in demands[unit])


@given(cases())
def test_every_unit_is_studied_for_the_first_goal_that_needs_it(case: Case) -> None:
    found = sound(case)
    goals = first_goals(found)

    assert goals.keys() >= set(found.units)
    for unit in found.units:
        needing = [
            one for one in found.goals if unit in reached_from(one.units, dict(found.requires))
        ]
        assert goals[unit] == needing[0]


@given(cases())
def test_no_chain_of_prerequisites_takes_longer_than_the_longest(case: Case) -> None:
    found = sound(case)
    chain = longest_chain(found)

    def longest_to(unit: UnitId) -> int:
        before = [longest_to(required) for required in found.requires[unit]]
        return found.efforts[unit] + max(before, default=0)

    assert all(one in found.requires[other] for one, other in pairwise(chain))
    assert sum(found.efforts[unit] for unit in chain) == max(
        map(longest_to, found.units), default=0
    )


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_of_lists_in_them_changes_nothing(case: Case, rng: Random) -> None:
    names = list(case.library.works)
    rng.shuffle(names)

    def shuffled(values: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(rng.sample(values, len(values)))

    turned = rewritten(case.library, requires=shuffled, teaches=shuffled)
    turned = replace(turned, works={name: turned.works[name] for name in names})

    assert sound(replace(case, library=turned)) == sound(case)


@given(cases(), st.data())
def test_knowing_more_never_means_studying_longer(case: Case, data: st.DataObject) -> None:
    before = sound(case)
    more = data.draw(st.sampled_from(sorted(demands_of(case.library))))
    after = sound(replace(case, known=case.known | {more}))

    assert sum(after.efforts.values()) <= sum(before.efforts.values())
    assert more not in after.units


@given(cases())
def test_soft_edges_change_the_order_alone(case: Case) -> None:
    def hard(requires: tuple[Reference, ...]) -> tuple[Reference, ...]:
        return tuple(reference for reference in requires if reference.strength == "hard")

    with_soft, without = (
        sound(case),
        sound(replace(case, library=rewritten(case.library, requires=hard))),
    )

    assert sorted(with_soft.units) == sorted(without.units)
    assert dict(with_soft.requires) == dict(without.requires)
    assert without.prefers == {}
    assert _decided(with_soft) == _decided(without)


def _decided(curriculum: Curriculum) -> set[tuple[object, ...]]:
    return {
        (choice.wanted, choice.chosen, choice.added, choice.others) for choice in curriculum.choices
    }
