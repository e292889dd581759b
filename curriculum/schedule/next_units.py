"""Why a unit that can be studied now is next, and what it unlocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from curriculum.graph.frontier import first_goals, reached_from, ready_units
from curriculum.model.curriculum import Curriculum, ReachedGoal, dependants
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
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
        rests_until: The first day on which it may be studied, where days must pass after the unit
            of its work that was finished last; None where none must, or when that day is over.
    """

    unit: UnitId
    goal: ReachedGoal
    due: int | None
    finished: tuple[UnitId, ...]
    behind: int
    unlocks: tuple[UnitId, ...]
    waiting: int
    rests_until: date | None = None


def next_reasons(
    units: Iterable[UnitId], curriculum: Curriculum, today: date
) -> tuple[NextUnit, ...]:
    """Return for each of some units why it is next, and what it unlocks; those that rest last."""
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
                rests_until=_rests_until(unit, curriculum, today),
            )
        )
    # sorted() is stable, so the others keep their order.
    return tuple(sorted(found, key=lambda one: one.rests_until or date.min))


def resting_units(curriculum: Curriculum, today: date) -> Mapping[UnitId, date]:
    """Return each unit that could be studied now but for a gap, and the first day it may be.

    Those that rest the shortest come first.
    """
    found = {}
    for unit in ready_units(curriculum):
        day = _rests_until(unit, curriculum, today)
        if day is not None:
            found[unit] = day
    return dict(sorted(found.items(), key=lambda one: one[1]))


def _rests_until(unit: UnitId, curriculum: Curriculum, today: date) -> date | None:
    """Return the day on which the gap before a unit is over; None when there is none, or it is."""
    spacing = curriculum.spacing
    days = 0 if spacing is None else spacing.days.get(unit, 0)
    if spacing is None or not days:
        return None
    before = [
        spacing.finished[one]
        for one in curriculum.met.get(unit, ())
        if one in spacing.finished and work_of(one) == work_of(unit)
    ]
    if not before:
        return None
    first = max(before) + timedelta(days=days)
    return first if first > today else None
