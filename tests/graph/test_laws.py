"""Laws of resolution over random libraries; the choice among teachers against brute force."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.graph.resolution import resolve
from curriculum.model.curriculum import Curriculum
from curriculum.model.library import Library
from curriculum.model.names import UnitId, unit_id
from curriculum.model.settings import Goal
from curriculum.model.works import Textbook, TopicReference, UnitReference

TOPICS = ("r", "s", "t")


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """Draw works of one to three chapters that require earlier works, and topics that earlier works teach."""
    works: dict[str, Textbook] = {}
    taught: set[str] = set()
    units: list[str] = []
    for number in range(draw(st.integers(2, 6))):
        name, chapters = f"w{number}", []
        for chapter in range(draw(st.integers(1, 3))):
            requires: list[object] = draw(st.lists(st.sampled_from(units), max_size=2)) if units else []
            topics = draw(st.lists(st.sampled_from(sorted(taught)), max_size=2, unique=True)) if taught else []
            requires += [{"topic": topic} for topic in topics]
            teaches = draw(st.lists(st.sampled_from(TOPICS), max_size=2, unique=True))
            chapters.append(
                {
                    "id": str(chapter),
                    "title": "T",
                    "effort": f"{draw(st.integers(1, 9))}m",
                    "requires": requires,
                    "teaches": tuple(teaches),
                }
            )
        works[name] = Textbook.model_validate({"kind": "textbook", "title": name, "chapters": chapters})
        taught |= {topic for unit in works[name].units for topic in unit.teaches if not _wants(works[name], topic)}
        units += [f"{name}/{unit.id}" for unit in works[name].units]
    return Library(works, {}, frozenset(works))


def _wants(work: Textbook, topic: str) -> bool:
    references = (reference for unit in work.units for reference in unit.requires or ())
    return any(isinstance(reference, TopicReference) and reference.topic == topic for reference in references)


def resolved(library: Library, known: tuple[str, ...] = ()) -> Curriculum | None:
    """Resolve the last work as the only goal; None when the random library has a circle."""
    references = tuple(UnitReference(ref=name) for name in known)
    return resolve(library, (Goal(work=max(library.works)),), known=references).curriculum


def teachers(library: Library, topic: str) -> list[UnitId]:
    return [
        unit_id(name, unit.id) for name, work in library.works.items() for unit in work.units if topic in unit.teaches
    ]


def closure(library: Library, picks: dict[str, UnitId]) -> frozenset[UnitId] | None:
    """Return what the goal needs when every topic is met by one given teacher; None when that goes in a circle."""
    needed: set[UnitId] = set()
    goal = max(library.works)
    waiting = [unit_id(goal, unit.id) for unit in library.works[goal].units]
    edges: dict[UnitId, set[UnitId]] = {}
    while waiting:
        unit = waiting.pop()
        if unit in needed:
            continue
        needed.add(unit)
        edges[unit] = {
            UnitId(reference.ref) if isinstance(reference, UnitReference) else picks[reference.topic]
            for reference in library.unit(unit).requires or ()
            if isinstance(reference, UnitReference | TopicReference)
        }
        waiting += edges[unit]
    return frozenset(needed) if _is_acyclic(edges) else None


def _is_acyclic(edges: dict[UnitId, set[UnitId]]) -> bool:
    left = dict(edges)
    while left:
        free = [unit for unit, before in left.items() if not before & left.keys()]
        if not free:
            return False
        for unit in free:
            del left[unit]
    return True


def effort(library: Library, units: frozenset[UnitId]) -> int:
    return sum((library.unit(unit).effort or timedelta(0)) // timedelta(minutes=1) for unit in units)


@given(libraries())
@settings(max_examples=300)
def test_the_choice_is_as_good_as_trying_everything(library: Library) -> None:
    """One teacher for each topic, tried in every combination; several teachers of a topic never cost less."""
    found = resolved(library)
    if found is None:
        return
    options = [teachers(library, topic) for topic in TOPICS]
    costs = [
        effort(library, units)
        for picks in product(*(option or [UnitId("")] for option in options))
        if (units := closure(library, dict(zip(TOPICS, picks, strict=True)))) is not None
    ]

    assert sum(found.efforts.values()) <= min(costs)


@given(libraries())
def test_everything_required_is_there_and_comes_before(library: Library) -> None:
    found = resolved(library)
    if found is None:
        return
    place = {unit: number for number, unit in enumerate(found.units)}

    assert len(place) == len(found.units)
    for unit in found.units:
        assert all(place[before] < place[unit] for before in found.requires[unit])
        for reference in library.unit(unit).requires or ():
            if isinstance(reference, UnitReference):
                assert reference.ref in found.requires[unit]
            elif isinstance(reference, TopicReference):
                assert set(teachers(library, reference.topic)) & set(found.requires[unit])


@given(libraries(), st.randoms(use_true_random=False))
def test_the_order_of_works_does_not_matter(library: Library, rng: Random) -> None:
    names = list(library.works)
    rng.shuffle(names)
    turned = Library({name: library.works[name] for name in names}, {}, library.own)

    assert resolved(turned) == resolved(library)


@given(libraries(), st.integers(0, 5))
def test_knowing_more_never_means_studying_longer(library: Library, number: int) -> None:
    name = f"w{number % len(library.works)}"
    before, after = resolved(library), resolved(library, (name,))
    if before is None or after is None:
        return

    assert sum(after.efforts.values()) <= sum(before.efforts.values())
    assert not any(unit.startswith(f"{name}/") for unit in after.units)
