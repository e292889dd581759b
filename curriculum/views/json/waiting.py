"""What waits for the person, as JSON."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.practice.waiting import OpenFollowUps, Waiting


def waiting_json(waiting: Waiting) -> Json:
    """Return what waits for the person under the key `waiting`."""
    found = waiting.follow_ups
    return {
        "waiting": {
            "followups": None if found is None else _follow_ups_json(found),
            "ideas": list(waiting.ideas),
            "predictions": list(waiting.predictions),
            "unread_papers": waiting.papers,
            "review_due": None if waiting.review is None else waiting.review.isoformat(),
        }
    }


def _follow_ups_json(found: OpenFollowUps) -> Json:
    return {"open": found.count, "since": found.since.isoformat(), "oldest": found.oldest}
