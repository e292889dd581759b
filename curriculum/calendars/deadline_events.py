"""Deadlines as calendar entries: one all-day entry for each goal with a date; no file format is known here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from curriculum.calendars.finishes import finish_of
from curriculum.calendars.labels import clean
from curriculum.calendars.session_events import Surroundings, due_text
from curriculum.calendars.uids import deadline_uids
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.formatting import last_day, local
from curriculum.model.ledger import DEADLINES, Ledger
from curriculum.model.plan import due_minute
from curriculum.model.quantities import Moment
from curriculum.model.settings import Goal


def deadline_entries(
    curriculum: Curriculum, ledger: Ledger, around: Surroundings
) -> Iterator[CalendarEntry]:
    """Yield an all-day entry for each goal with a date, in the order of the goals."""
    dated = [
        (reached, reached.goal.by) for reached in curriculum.goals if reached.goal.by is not None
    ]
    uids = deadline_uids((reached.goal for reached, _ in dated), ledger)
    for uid, (reached, by) in zip(uids, dated, strict=True):
        marked = by.date() if isinstance(by, datetime) else by
        yield CalendarEntry(
            uid=uid,
            file=DEADLINES,
            start=marked,
            end=marked + timedelta(days=1),
            summary=f"Due: {goal_text(reached.goal, around)}",
            description=_outcome(reached, by, around),
            categories=("deadlines", *_works(reached)),
            url=next((around.urls[work] for work in _works(reached) if work in around.urls), None),
        )


def goal_text(goal: Goal, around: Surroundings) -> str:
    """Return a goal by the title of its work where it has one, and otherwise as it was written."""
    work, _, rest = (goal.work or "").partition("/")
    units = ", ".join(goal.units) if goal.units else rest
    title = around.titles.works.get(work, "")
    return clean(f"{title} {units}") if title else clean(str(goal))


def _works(reached: ReachedGoal) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.partition("/")[0] for unit in reached.units))


def _outcome(reached: ReachedGoal, by: Moment, around: Surroundings) -> str:
    """Return when the goal is due and how the plan, or what was done, stands to it."""
    due = due_minute(by, around.zone)
    lines = [
        f"Due by {due_text(due, around.zone)}.",
        _finish(reached, due, around),
        f"Goal: {clean(str(reached.goal))}",
    ]
    return "\n".join(lines)


def _finish(reached: ReachedGoal, due: int, around: Surroundings) -> str:
    """Return when the goal is finished, in the same words before and after."""
    placed = [around.placements[unit] for unit in reached.units if unit in around.placements]
    missing = sum(one.finish is None for one in placed)
    if missing:
        return f"Late: the plan finds no time to finish {missing} of its units."
    finish = finish_of(reached, around.placements, around.finished)
    if finish is None:
        return "Already done."
    return f"Finish: {last_day(finish, around.zone)}, {_distance(finish, due, around)}."


def _distance(finish: int, due: int, around: Surroundings) -> str:
    """Return how far the finish is from the due day, in days as a wall calendar counts them."""
    days = (local(due - 1, around.zone).date() - local(finish - 1, around.zone).date()).days
    if not days:
        return "too late that day" if finish > due else "the very day"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'before' if days > 0 else 'late'}"
