"""A plan as JSON, stable across versions and settings."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.json_value import Json
from curriculum.model.plan import Overload, Piece, Placement, Plan, Session, Unplaced, instant


def plan_json(plan: Plan, uids: Sequence[str]) -> Json:
    """Return the plan; instants in UTC, efforts and cushions in minutes.

    Args:
        plan: The plan.
        uids: The UID of each session, in order.
    """
    sessions = []
    for session, uid in zip(plan.sessions, uids, strict=True):
        sessions.append(_session(session, uid))
    return {
        "start": utc(plan.start),
        "finish": utc(plan.finish),
        "sessions": sessions,
        "units": list(map(_unit, plan.units)),
        "unplaced": list(map(_unplaced, plan.unplaced)),
        "balance": _balance(plan),
        "overload": list(map(_overload, plan.overload)),
    }


def utc(minute: int | None) -> str | None:
    """Return an instant as `2027-01-04T18:00:00Z`; None stays None."""
    if minute is None:
        return None
    return f"{instant(minute):%Y-%m-%dT%H:%M:%SZ}"


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


def _unit(placement: Placement) -> Json:
    return {
        "unit": placement.unit,
        "track": placement.track,
        "effort": placement.effort,
        "finish": utc(placement.finish),
        "deadline": utc(placement.deadline),
        "cushion": placement.cushion,
    }


def _unplaced(unplaced: Unplaced) -> Json:
    return {
        "unit": unplaced.unit,
        "minutes": unplaced.minutes,
        "reason": unplaced.reason,
    }


def _balance(plan: Plan) -> Json:
    balance: Json = {}
    for track, part in plan.balance.items():
        balance[track] = {"minutes": part.minutes, "target": part.target}
    balance["largest_lag"] = plan.largest_lag
    return balance


def _overload(overload: Overload) -> Json:
    return {
        "before": utc(overload.before),
        "needed": overload.needed,
        "free": overload.free,
        "units": list(overload.units),
        "more_per_week": overload.more_per_week,
    }
