"""Why a unit that can be studied now is next, and what it unlocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.graph.frontier import first_goals, reached_from
from curriculum.model.curriculum import Curriculum, ReachedGoal, dependants
from curriculum.model.identifiers import UnitId
from curriculum.schedule.demand import NEVER, demand_of


@dataclass(frozen=True, slots=True)
class NextUnit:
    """A unit that can be studied now.

    Attributes:
        unit: The unit.
        goal: The first goal, in the user's order, that names or requires it.
        due: The minute by which it is due, inherited from what requires it; None without one.
        finished: The units it requires, which are all done; sorted.
        behind: Minutes of it that were studied already.
        unlocks: The units that directly require it, in need order.
        waiting: How many units require it, directly or not.
    """

    unit: UnitId
    goal: ReachedGoal
    due: int | None
    finished: tuple[UnitId, ...]
    behind: int
    unlocks: tuple[UnitId, ...]
    waiting: int


def next_reasons(units: Iterable[UnitId], curriculum: Curriculum) -> tuple[NextUnit, ...]:
    """Return for each of some units why it is next, and what it unlocks."""
    goals = first_goals(curriculum)
    unlocked = dependants(curriculum)
    dues = dict(zip(curriculum.units, demand_of(curriculum).dues, strict=True))
    found: list[NextUnit] = []
    for unit in units:
        due = None
        if dues[unit] < NEVER:
            due = dues[unit]
        found.append(
            NextUnit(
                unit=unit,
                goal=goals[unit],
                due=due,
                finished=curriculum.met.get(unit, ()),
                behind=curriculum.behind.get(unit, 0),
                unlocks=unlocked[unit],
                waiting=len(reached_from([unit], unlocked)) - 1,
            )
        )
    return tuple(found)
