"""A plan as the JSON that stays the same across versions and settings; nothing is recomputed here."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.json_value import Json
from curriculum.model.plan import Overload, Placement, Plan, Session, instant


def plan_json(plan: Plan, uids: Sequence[str]) -> Json:
    """Return the plan; instants in UTC, efforts and cushions in minutes.

    Args:
        plan: The plan.
        uids: The UID of each session, in order.
    """
    return {
        "start": utc(plan.start),
        "finish": utc(plan.finish),
        "sessions": [
            _session(session, uid) for session, uid in zip(plan.sessions, uids, strict=True)
        ],
        "units": [_unit(placement) for placement in plan.units],
        "unplaced": [
            {"unit": unplaced.unit, "minutes": unplaced.minutes, "reason": unplaced.reason}
            for unplaced in plan.unplaced
        ],
        "balance": {
            **{
                track: {"minutes": part.minutes, "target": part.target}
                for track, part in plan.balance.items()
            },
            "largest_lag": plan.largest_lag,
        },
        "overload": [_overload(overload) for overload in plan.overload],
    }


def utc(minute: int | None) -> str | None:
    """Return an instant as `2027-01-04T18:00:00Z`; None stays None."""
    return None if minute is None else f"{instant(minute):%Y-%m-%dT%H:%M:%SZ}"


def _session(session: Session, uid: str) -> Json:
    return {
        "uid": uid,
        "start": utc(session.start),
        "end": utc(session.end),
        "track": session.track,
        "pieces": [
            {
                "unit": piece.unit,
                "minutes": piece.minutes,
                "pages": None if piece.pages is None else [piece.pages.first, piece.pages.last],
            }
            for piece in session.pieces
        ],
    }


def _unit(placement: Placement) -> Json:
    return {
        "unit": placement.unit,
        "track": placement.track,
        "effort": placement.effort,
        "finish": utc(placement.finish),
        "deadline": utc(placement.deadline),
        "cushion": placement.cushion,
    }


def _overload(overload: Overload) -> Json:
    return {
        "before": utc(overload.before),
        "needed": overload.needed,
        "free": overload.free,
        "units": list(overload.units),
        "more_per_week": overload.more_per_week,
    }
