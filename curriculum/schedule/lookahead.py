"""How far ahead the planner looks, and the slots that it finds there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from curriculum.model.plan import FreeDay, Session
from curriculum.model.quantities import minutes
from curriculum.model.settings import UNCAPPED
from curriculum.schedule.caps import UnusedTime, capped
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.plan_request import PlanRequest
from curriculum.schedule.slots import Slot, cut_slots, monday_of

FARTHEST_DAYS = 100 * 366
"""Free time is looked for no farther ahead than this."""

NO_TIME = f"no free time is left in the next {FARTHEST_DAYS // 366} years"
TOO_SHORT = "every stretch of free time is shorter than the shortest session"
RESERVED = "the time kept for catching up takes all free time of every week"

_DAY = 24 * 60

Free = Callable[[date, date], Sequence[FreeDay]]
"""The free days from one local date to another, both included."""


def slots_until(
    request: PlanRequest,
    free: Free,
    span: int,
) -> tuple[Slot, ...]:
    """Return the slots of the first `span` days of a plan, as if no session were kept."""
    return slots_in(request, days_ahead(request, free, span), ())


def days_ahead(
    request: PlanRequest,
    free: Free,
    span: int,
) -> Sequence[FreeDay]:
    """Return the free days ahead, and the day before, whose windows may reach into the first.

    With time left for catching up, or a cap, every week is whole: what is taken from a day depends
    on it.
    """
    first = request.first - timedelta(days=1)
    last = request.first + timedelta(days=span)
    if request.catch_up.weekly or request.caps is not None:
        first = monday_of(first)
        last += timedelta(days=6 - last.weekday())
    return free(first, last)


def slots_in(
    request: PlanRequest, days: Sequence[FreeDay], kept: tuple[Session, ...]
) -> tuple[Slot, ...]:
    """Return the slots of free days from the start of a plan on, around sessions that are kept."""
    settings = request.settings
    caps = request.caps
    if request.hours is not None:
        days = request.hours.parts(days, minutes(settings.session.break_))
    most_a_day = None if caps is None else caps.day
    slots = cut_slots(
        days,
        settings.session,
        settings.load,
        request.catch_up,
        most_a_day,
        request.preferred,
    )
    if caps is not None:
        slots = capped(slots, kept, caps)
    return tuple(slot for slot in slots if slot[0] >= request.start)


def unused_in(request: PlanRequest, days: Sequence[FreeDay], grid: tuple[Slot, ...]) -> UnusedTime:
    """Return the time that caps leave free."""
    without = request.settings.model_copy(update={"cap": UNCAPPED})
    return UnusedTime(slots_in(replace(request, settings=without), days, ()), grid)


def why_no_slot(request: PlanRequest, free: Free) -> str:
    """Return why there is no slot at all."""
    days = free(request.first, request.first + timedelta(days=366))
    if cut_slots(days, request.settings.session, request.settings.load):
        return RESERVED
    if any(day.intervals for day in days):
        return TOO_SHORT
    return NO_TIME


def first_span(demand: Demand, request: PlanRequest) -> int:
    """Return a number of days that is likely to be enough.

    It reaches past every date, and then as far as a bit more than the work needs at the weekly
    hours, and four weeks for what is away or busy.
    """
    dates = [request.start]
    dates += (due for due in demand.dues if due < NEVER)
    dates += (release for release in demand.releases if release)
    dates += (session.end for session in request.kept)
    days = (max(dates) - request.start) // _DAY + 1
    weeks = demand.total / _weekly_minutes(request)
    return min(FARTHEST_DAYS, max(0, days) + int(weeks * 7 * 1.25) + 28)


_MINUTES_A_WEEK = 600
"""A guess where a calendar says the hours: it is read only as far as the planner looks."""


def _weekly_minutes(request: PlanRequest) -> float:
    """Return how many minutes a week can be planned, and a little where there are none."""
    weekly = 0
    for windows in request.settings.week:
        weekly += sum(window.end - window.start for window in windows)
    if request.settings.study_calendar is not None:
        weekly = _MINUTES_A_WEEK
    planned = float(request.settings.load) * max(weekly, 1) - request.catch_up.weekly
    caps = request.caps
    if caps is not None:
        planned = min(planned, caps.week - request.catch_up.weekly, 7 * caps.day)
    return max(planned, 0.5)
