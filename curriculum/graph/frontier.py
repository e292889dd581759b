"""What can be studied now, and what finishing a unit unlocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.model.curriculum import Curriculum, ReachedGoal, UnitEdges, dependants
from curriculum.model.identifiers import UnitId


def ready_units(curriculum: Curriculum) -> tuple[UnitId, ...]:
    """Return the units whose prerequisites are all done, in need order."""
    return tuple(unit for unit in curriculum.units if not curriculum.requires.get(unit))


def unlocks(curriculum: Curriculum, unit: UnitId) -> tuple[UnitId, ...]:
    """Return the units that directly require a unit, in need order."""
    return dependants(curriculum).get(unit, ())


def reached_from(units: Iterable[UnitId], edges: UnitEdges) -> frozenset[UnitId]:
    """Return some units and all that are reached from them along edges.

    >>> a, b, c = map(UnitId, ("w/a", "w/b", "w/c"))
    >>> sorted(reached_from([a], {a: (b,), b: (), c: (a,)}))
    ['w/a', 'w/b']
    """
    found = set(units)
    ahead = list(found)
    while ahead:
        following = set(edges.get(ahead.pop(), ())) - found
        found |= following
        ahead += following
    return frozenset(found)


def first_goals(curriculum: Curriculum) -> Mapping[UnitId, ReachedGoal]:
    """Return for each unit the first goal, in the order of the goals, that names or requires it."""
    found: dict[UnitId, ReachedGoal] = {}
    for reached in curriculum.goals_in_turn:
        for unit in reached_from(reached.units, curriculum.requires):
            found.setdefault(unit, reached)
    return found
