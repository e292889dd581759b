"""Recorded scores as JSON, with the verdict after them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from curriculum.model.attempts import ScoreEntry
from curriculum.model.json_value import Json
from curriculum.model.runs import RunRead
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import Case
from curriculum.views.json.verdict import verdict_json


def recorded_json(
    entry: ScoreEntry, case: Case, verdict: Verdict, runs_read: Sequence[RunRead] = ()
) -> Json:
    """Return what was recorded and the verdict after it as JSON."""
    return {
        "recorded": _runs(entry),
        **_reading(entry, runs_read),
        **verdict_json(case, verdict),
    }


def prepared_json(
    name: str, entry: ScoreEntry, runs_read: Sequence[RunRead], budget: Sequence[str]
) -> Json:
    """Return what would be recorded of a result as JSON; the notes include those on the budget."""
    reading = _reading(entry, runs_read)
    return {
        "recorded": [],
        "would_record": _runs(entry),
        **reading,
        "notes": [*reading["notes"], *budget],
        "result": name,
    }


def _runs(entry: ScoreEntry) -> list[Json]:
    return [run.model_dump(mode="json", exclude_defaults=True) for run in entry.runs]


def _reading(entry: ScoreEntry, runs_read: Sequence[RunRead]) -> Json:
    return {
        "read": [_read(run) for run in runs_read],
        "notes": list(entry.reading.notes if entry.reading else ()),
    }


def _read(run: RunRead) -> Json:
    return {
        "file": run.place,
        "seed": run.seed,
        "tag": run.tag,
        "x": run.x_name,
        "from": run.first_x,
        "to": run.last_x,
        "points": run.points,
        "reducer": run.rule,
        "value": run.value if math.isfinite(run.value) else None,
    }
