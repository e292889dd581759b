"""What a publication changes, as JSON."""

from __future__ import annotations

from curriculum.model.changes import Changes
from curriculum.model.json_value import Json
from curriculum.model.plan import Session
from curriculum.views.json.plan import utc


def changes_json(changes: Changes) -> Json:
    """Return what changes as JSON values; instants in UTC."""
    return {
        "first": utc(changes.first),
        "moved": [
            {"uid": uid, "before": _span(before), "after": _span(after)}
            for uid, before, after in changes.moved
        ],
        "new": [{"uid": uid, **_span(session)} for uid, session in changes.new],
        "gone": [{"uid": uid, **_span(session)} for uid, session in changes.gone],
        "goals": [
            {"goal": goal, "before": utc(before), "after": utc(after)}
            for goal, before, after in changes.goals
        ],
    }


def _span(session: Session) -> Json:
    return {
        "start": utc(session.start),
        "end": utc(session.end),
        "track": session.track,
        "units": list(dict.fromkeys(piece.unit for piece in session.pieces)),
    }
