"""Plan beside exploration: give back as much of its time as what is due needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from curriculum.availability.exploration import latest_minutes
from curriculum.model.intervals import Intervals, merge
from curriculum.model.plan import ExplorationTime, Overload, Plan, instant
from curriculum.model.quantities import minutes
from curriculum.model.settings import Settings
from curriculum.schedule.plan_request import PlanRequest
from curriculum.services.free_hours import FreeHours

Scheduled = tuple[Plan, PlanRequest]
Scheduler = Callable[[FreeHours], Scheduled]
"""Plans in given free hours."""

_EXACT_ROUNDS = 8
"""So often just the missing minutes are given back; after that, all that lies between."""


def plan_beside_exploration(
    schedule: Scheduler, free: FreeHours, settings: Settings
) -> tuple[Plan, PlanRequest, FreeHours]:
    """Return a plan, with the free hours that it is made of.

    What an overload lacks is taken from the time for exploration between its two instants, the
    latest first. Where that is no help, nothing is given back.
    """
    first, request = plan, request = schedule(free)
    hours, number = free, 0
    while plan.overload:
        number += 1
        back = _to_give_back(plan, hours, settings, is_exact=number <= _EXACT_ROUNDS)
        if not back:
            break
        hours = hours.giving_back(back)
        plan, request = schedule(hours)
    if hours is not free and _missing(plan.overload) >= _missing(first.overload):
        plan, request = schedule(free)
        hours = free
    return plan, request, hours


def _missing(overload: Iterable[Overload]) -> int:
    return sum(one.missing for one in overload)


def _to_give_back(plan: Plan, free: FreeHours, settings: Settings, *, is_exact: bool) -> Intervals:
    """Return the time for exploration that the largest overload needs for which there is any."""
    shortest = minutes(settings.session.shortest)
    for one in plan.overload:
        after = max(one.after, plan.start)
        kept = _kept_between(after, one.before, free)
        if kept:
            wanted = one.missing if is_exact else one.before - after
            return latest_minutes(kept, wanted, shortest)
    return ()


def _kept_between(after: int, before: int, free: FreeHours) -> Intervals:
    """Return the time for exploration between two minutes."""
    if before <= after:
        return ()
    found = free.exploration(_day(after, free), _day(before, free))
    clipped = ((max(start, after), min(end, before)) for start, end in found)
    return tuple((start, end) for start, end in clipped if start < end)


def _day(moment: int, free: FreeHours) -> date:
    return instant(moment).astimezone(free.zone).date()


def with_exploration(plan: Plan, free: FreeHours, *, has_candidates: bool) -> Plan:
    """Return a plan that says how much time it keeps for exploration."""
    end = plan.finish or plan.start
    kept = _kept_between(plan.start, end, free)
    given_back = merge(free.given_back)
    time = ExplorationTime(_length(kept), _length(given_back), has_candidates)
    return replace(plan, exploration=time)


def _length(intervals: Intervals) -> int:
    return sum(end - start for start, end in intervals)
