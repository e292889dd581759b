"""Deadlines as calendar entries: one all-day entry for each goal with a date; no file format is known here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.ledger import DEADLINES, Ledger
from curriculum.model.plan import Placement
from curriculum.model.quantities import Moment
from curriculum.model.settings import Goal
from curriculum.render.entries import Entry
from curriculum.render.sittings import Surroundings, due_text, spare_text
from curriculum.render.titles import clean
from curriculum.render.uids import deadline_uids
from curriculum.render.words import day
from curriculum.schedule.demand import due_minute


def deadline_entries(curriculum: Curriculum, ledger: Ledger, around: Surroundings) -> Iterator[Entry]:
    """Yield an all-day entry for each goal with a date, in the order of the goals."""
    dated = [(reached, reached.goal.by) for reached in curriculum.goals if reached.goal.by is not None]
    uids = deadline_uids((reached.goal for reached, _ in dated), ledger)
    for uid, (reached, by) in zip(uids, dated, strict=True):
        marked = by.date() if isinstance(by, datetime) else by
        yield Entry(
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
    """Return when the goal is due and how the plan stands to it."""
    due = due_minute(by, around.zone)
    placed = [around.placements[unit] for unit in reached.units if unit in around.placements]
    lines = [f"Due by {due_text(due, around.zone)}.", _finish(placed, due, around), f"Goal: {clean(str(reached.goal))}"]
    return "\n".join(lines)


def _finish(placed: list[Placement], due: int, around: Surroundings) -> str:
    if not placed:
        return "Already done."
    missing = sum(one.finish is None for one in placed)
    if missing:
        return f"Late: the plan finds no time to finish {missing} of {len(placed)} units."
    finish = max(one.finish for one in placed if one.finish is not None)
    if finish > due:
        return f"Late: the plan finishes it on {day(finish, around.zone)}."
    return f"The plan finishes it on {day(finish, around.zone)}{spare_text(_cushion(placed, due))}."


def _cushion(placed: list[Placement], due: int) -> int | None:
    """Return the smallest cushion before this very deadline; a unit may have inherited an earlier one."""
    return min((one.cushion for one in placed if one.cushion is not None and one.deadline == due), default=None)
