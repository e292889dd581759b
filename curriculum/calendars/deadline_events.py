"""Deadlines as calendar entries: one all-day entry for each goal with a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from curriculum.calendars.event_context import EventContext
from curriculum.calendars.finishes import finish_of
from curriculum.calendars.labels import clean
from curriculum.calendars.session_events import due_text
from curriculum.calendars.uids import deadline_uids
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.formatting import counted, last_day, local
from curriculum.model.identifiers import work_of
from curriculum.model.ledger import DEADLINES, Ledger
from curriculum.model.settings import Goal


def deadline_entries(
    curriculum: Curriculum,
    ledger: Ledger,
    context: EventContext,
) -> Iterator[CalendarEntry]:
    """Yield an all-day entry for each goal with a date, in the order of the goals."""
    dated = [reached for reached in curriculum.goals if reached.due is not None]
    uids = deadline_uids((reached.goal for reached in dated), ledger)
    for uid, reached in zip(uids, dated, strict=True):
        day = _day(reached)
        works = tuple(dict.fromkeys(work_of(unit) for unit in reached.units))
        yield CalendarEntry(
            uid=uid,
            file=DEADLINES,
            start=day,
            end=day + timedelta(days=1),
            summary=f"Due: {goal_text(reached.goal, context)}",
            description=_outcome(reached, context),
            categories=("deadlines", *works),
            url=context.labels.first_url(works),
        )


def _day(reached: ReachedGoal) -> date:
    """Return the day on which a goal is due, as it was written."""
    by = reached.goal.by
    assert by is not None, "only goals with a date are due"
    if isinstance(by, datetime):
        return by.date()
    return by


def goal_text(goal: Goal, context: EventContext) -> str:
    """Return a goal by the title of its work where it has one, and otherwise as it was written."""
    work, _, units = (goal.work or "").partition("/")
    if goal.units:
        units = ", ".join(goal.units)
    title = context.labels.works.get(work, "")
    if not title:
        return clean(str(goal))
    return clean(f"{title} {units}")


def _outcome(reached: ReachedGoal, context: EventContext) -> str:
    """Return when the goal is due, and when it is finished by the plan or in fact."""
    due = reached.due
    assert due is not None, "only goals with a date are due"
    lines = [
        f"Due by {due_text(due, context.zone)}.",
        _finish(reached, due, context),
        f"Goal: {clean(str(reached.goal))}",
    ]
    if reached.goal.why is not None:
        lines.append(f"Why: {clean(reached.goal.why)}")
    return "\n".join(lines)


def _finish(
    reached: ReachedGoal,
    due: int,
    context: EventContext,
) -> str:
    """Return when the goal is finished, in the same words before and after."""
    missing = 0
    for unit in reached.units:
        if unit in context.placements and context.placements[unit].finish is None:
            missing += 1
    if missing:
        return f"Late: the plan finds no time to finish {missing} of its units."
    finish = finish_of(reached, context.placements, context.finished)
    if finish is None:
        return "Already done."
    return f"Finish: {last_day(finish, context.zone)}, {_distance(finish, due, context)}."


def _distance(finish: int, due: int, context: EventContext) -> str:
    """Return how far the finish is from the due day, in days as a wall calendar counts them."""
    last = local(due - 1, context.zone).date()
    finished = local(finish - 1, context.zone).date()
    days = (last - finished).days
    if days > 0:
        return f"{counted(days, 'day')} before"
    if days < 0:
        return f"{counted(-days, 'day')} late"
    return "too late that day" if finish > due else "the very day"
