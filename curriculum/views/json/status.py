"""How far every work has come, as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.json_value import Json
from curriculum.progress.work_status import WorkStatus
from curriculum.views.json.time_spent import spent_json


def standing_json(standings: Sequence[WorkStatus]) -> list[Json]:
    """Return the works as JSON; minutes whole."""
    return [
        {
            "work": row.work,
            "track": row.track,
            "units": row.units,
            "done": row.done,
            "skipped": row.skipped,
            **spent_json(row.spent),
            "left": row.left,
            "next": row.next,
        }
        for row in standings
    ]
