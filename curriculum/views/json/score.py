"""Recorded scores as JSON, with the verdict after them."""

from __future__ import annotations

from curriculum.model.attempts import ScoreEntry
from curriculum.model.json_value import Json
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import Case
from curriculum.views.json.verdict import verdict_json


def recorded_json(entry: ScoreEntry, case: Case, verdict: Verdict) -> Json:
    """Return what was recorded and the verdict after it as JSON."""
    return {
        "recorded": [run.model_dump(mode="json", exclude_defaults=True) for run in entry.runs],
        "notes": list(entry.reading.notes if entry.reading else ()),
        **verdict_json(case, verdict),
    }
