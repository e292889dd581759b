"""What habits cost: the minutes of study time that they take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from curriculum.model.habits import SittingKind
from curriculum.model.plan import FreeDay, Overload, Plan, instant
from curriculum.services.free_hours import FreeHours


def with_habit_costs(plan: Plan, free: FreeHours) -> Plan:
    """Return a plan that says how much study time habits take, in all and of each overload."""
    if not free.has_habits:
        return plan
    overload = tuple(_with_cost(one, free) for one in plan.overload)
    taken = _taken(plan.start, plan.finish or plan.start, free)
    skimming = _skimming(plan.start, plan.finish or plan.start, free)
    return replace(plan, overload=overload, taken_by_habits=taken, skimming=skimming)


def _skimming(start: int, end: int, free: FreeHours) -> int:
    """Return the minutes between two others that are kept for papers that come in."""
    first = instant(start).astimezone(free.zone).date()
    last = instant(end).astimezone(free.zone).date()
    held = [one for one in free.sittings(first, last) if one.kind is SittingKind.SKIM]
    return sum(one.end - one.start for one in held if start <= one.start and one.end <= end)


def _with_cost(overload: Overload, free: FreeHours) -> Overload:
    return replace(overload, habits=_taken(overload.after, overload.before, free))


def _taken(start: int, end: int, free: FreeHours) -> int:
    """Return the minutes between two others that would be free without habits."""
    if end <= start:
        return 0
    zone = free.zone
    first = instant(start).astimezone(zone).date()
    last = instant(end).astimezone(zone).date()
    without = _minutes_between(start, end, free.without_habits(first, last))
    return without - _minutes_between(start, end, free(first, last))


def _minutes_between(start: int, end: int, days: Iterable[FreeDay]) -> int:
    total = 0
    for day in days:
        for begin, until in day.intervals:
            total += max(0, min(until, end) - max(begin, start))
    return total
