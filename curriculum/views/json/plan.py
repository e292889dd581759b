"""A plan as JSON, stable across versions and settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curriculum.model.idle_time import IdleTrack
from curriculum.model.json_value import Json
from curriculum.model.plan import (
    Evenness,
    ExplorationTime,
    Overload,
    Piece,
    Placement,
    Plan,
    PlannedGoal,
    Session,
    Unplaced,
    instant,
)
from curriculum.model.settings import Goal


def plan_json(plan: Plan, uids: Sequence[str], idle: Iterable[IdleTrack]) -> Json:
    """Return the plan; instants in UTC, efforts and cushions in minutes.

    Args:
        plan: The plan.
        uids: The UID of each session, in order.
        idle: The times in which a track waits for the other.
    """
    sessions = []
    for session, uid in zip(plan.sessions, uids, strict=True):
        sessions.append(_session(session, uid))
    return {
        "start": utc(plan.start),
        "finish": utc(plan.finish),
        "sessions": sessions,
        "units": list(map(placement_json, plan.units)),
        "unplaced": list(map(unplaced_json, plan.unplaced)),
        "balance": balance_json(plan),
        "evenness": evenness_json(plan.evenness),
        "overload": list(map(overload_json, plan.overload)),
        "unproven": list(plan.unproven),
        "idle": list(map(_idle, idle)),
        "quotas": [
            {
                "week": one.monday.isoformat(),
                "track": one.track,
                "minutes": one.minutes,
                "at_least": one.least,
                "cause": one.cause.value,
            }
            for one in plan.shortfalls
        ],
        "preferred": plan.preferred,
        "taken_by_habits": plan.taken_by_habits,
        "skimming": plan.skimming,
        "exploration": _exploration(plan.exploration),
        "goals": goals_json(plan),
    }


def _exploration(time: ExplorationTime | None) -> Json | None:
    if time is None:
        return None
    return {
        "minutes": time.minutes,
        "given_back": time.given_back,
        "has_candidates": time.has_candidates,
    }


def _idle(idle: IdleTrack) -> Json:
    """Return a time in which a track has nothing ready, and what would fill it."""
    return {
        "track": idle.time.track,
        "start": utc(idle.time.start),
        "minutes": idle.time.minutes,
        "until": utc(idle.time.until),
        "waits_for": idle.time.waits_for,
        "fillers": [{"work": one.work, "minutes": one.minutes} for one in idle.fillers],
        "unread_papers": idle.unread,
        "ideas": idle.ideas,
    }


def goals_json(plan: Plan) -> list[Json]:
    """Return each goal with when it is due and finished; instants in UTC, cushions in minutes."""
    return list(map(goal_json, plan.goals))


def goal_json(planned: PlannedGoal) -> Json:
    """Return when a goal is due and finished; instants in UTC, cushions in minutes."""
    return {
        "goal": str(planned.goal),
        "value": value_json(planned.goal),
        "why": planned.goal.why,
        "units": planned.units,
        "unfinished": planned.unfinished,
        "due": utc(planned.due),
        "finish": utc(planned.finish),
        "cushion": planned.cushion,
        "late": planned.is_late,
        "done": planned.done_on and planned.done_on.isoformat(),
    }


def value_json(goal: Goal) -> float:
    """Return what a goal is worth as a number."""
    worth = goal.worth
    return int(worth) if worth.denominator == 1 else float(worth)


def utc(minute: int | None) -> str | None:
    """Return an instant as `2027-01-04T18:00:00Z`; None stays None."""
    if minute is None:
        return None
    # The offset of UTC is written as Z.
    return f"{instant(minute).isoformat()[:-6]}Z"


def _session(session: Session, uid: str) -> Json:
    return {
        "uid": uid,
        "start": utc(session.start),
        "end": utc(session.end),
        "track": session.track,
        "pieces": list(map(_piece, session.pieces)),
    }


def _piece(piece: Piece) -> Json:
    pages = None
    if piece.pages is not None:
        pages = [piece.pages.first, piece.pages.last]
    return {"unit": piece.unit, "minutes": piece.minutes, "pages": pages}


def placement_json(placement: Placement) -> Json:
    """Return when a unit is studied, and how that stands to its deadline."""
    return {
        "unit": placement.unit,
        "track": placement.track,
        "effort": placement.effort,
        "finish": utc(placement.finish),
        "deadline": utc(placement.deadline),
        "cushion": placement.cushion,
    }


def unplaced_json(unplaced: Unplaced) -> Json:
    """Return what found no place, and why."""
    return {
        "unit": unplaced.unit,
        "minutes": unplaced.minutes,
        "reason": unplaced.reason,
    }


def balance_json(plan: Plan) -> Json:
    """Return the planned minutes and the target of each track, and the largest lag."""
    balance: Json = {}
    for track, part in plan.balance.items():
        balance[track] = {"minutes": part.minutes, "target": part.target}
    balance["largest_lag"] = plan.largest_lag
    return balance


def evenness_json(evenness: Evenness) -> Json:
    """Return how even the weeks are, in minutes, and what their order does to the first goal."""
    return {
        "beyond": evenness.beyond,
        "least": evenness.least,
        "by_goals": evenness.by_goals,
        "lacking": evenness.lacking,
        "missing": evenness.missing,
        "first_goal": evenness.first and str(evenness.first),
        "days_later": evenness.days_later,
    }


def overload_json(overload: Overload) -> Json:
    """Return a certificate that more is due than there is time for; hours in minutes."""
    return {
        "after": utc(overload.after),
        "before": utc(overload.before),
        "needed": overload.needed,
        "free": overload.free,
        "units": list(overload.units),
        "more_per_week": overload.more_per_week,
        "weeks": overload.weeks,
        "conflict": overload.is_conflict,
        "kept": overload.kept,
        "capped": overload.capped,
        "habits": overload.habits,
        "by_track": overload.by_track,
        "gaps": overload.gaps,
    }
