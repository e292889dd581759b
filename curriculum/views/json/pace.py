"""The person's own pace as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from curriculum.model.json_value import Json
from curriculum.model.pace import PaceNote


def pace_json(notes: Iterable[PaceNote]) -> list[Json]:
    """Return the notes; speeds in pages an hour, ratios as actual against estimated minutes."""
    return [
        {
            "kind": note.kind,
            "work": note.work,
            "samples": note.samples,
            "ratio": round(note.ratio, 3),
            "factor": float(note.factor),
            "planned_speed": _float(note.planned),
            "observed_speed": _float(note.observed),
            "speed_from_now_on": _float(note.from_now_on),
        }
        for note in notes
    ]


def _float(value: float | Fraction | None) -> float | None:
    if value is None:
        return None
    return round(float(value), 2)
