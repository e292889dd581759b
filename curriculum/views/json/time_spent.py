"""Time that was spent, as JSON."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.progress.time_spent import TimeSpent


def spent_json(time: TimeSpent) -> Json:
    """Return the minutes that were spent, and how many of them were logged, given and assumed."""
    return {
        "spent": time.total,
        "logged": time.logged,
        "given": time.given,
        "assumed": time.assumed,
    }
