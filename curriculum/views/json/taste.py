"""How good predictions were, and what is admired, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from curriculum.model.json_value import Json
from curriculum.practice.admiration import ADMIRED, AdmiredList, kinds_of
from curriculum.practice.predictions import PredictionCounts
from curriculum.reproduction.calibration import (
    Bias,
    Calibration,
    CalibrationBin,
    GroupScore,
    Murphy,
    RangeScore,
)
from curriculum.views.json.predictions import predictions_json


def taste_json(
    found: Calibration, counts: PredictionCounts, admired: AdmiredList, today: date
) -> Json:
    """Return how good the predictions were; the numbers are there even where they are too few."""
    return {
        "decided": found.decided,
        "too_few": found.bias is Bias.TOO_FEW,
        "verdict": found.bias,
        "brier": {
            "first": _number(found.first),
            "last": _number(found.last),
            "base_rate": None if found.murphy is None else float(found.murphy.uncertainty),
        },
        "murphy": None if found.murphy is None else _murphy_json(found.murphy),
        "bins": [_bin_json(one) for one in found.bins],
        "ranges": None if found.ranges is None else _ranges_json(found.ranges),
        "by_field": _groups_json(found.by_field),
        "by_year": _groups_json(found.by_year),
        "open": counts.open,
        "void": counts.void,
        "seen": counts.seen,
        "due": predictions_json(counts.due, today),
        "admired": {"works": len(admired.entries), "kinds": dict(kinds_of(admired))},
    }


def _murphy_json(parts: Murphy) -> Json:
    return {
        "reliability": float(parts.reliability),
        "resolution": float(parts.resolution),
        "uncertainty": float(parts.uncertainty),
        "values": parts.values,
    }


def _bin_json(one: CalibrationBin) -> Json:
    return {
        "from": float(one.start),
        "to": float(one.end),
        "n": one.n,
        "said": _number(one.said),
        "came": one.came / one.n if one.n else None,
        "interval": [one.low, one.high],
    }


def _ranges_json(ranges: RangeScore) -> Json:
    return {
        "n": ranges.n,
        "said": float(ranges.said),
        "inside": ranges.inside / ranges.n,
        "scored": ranges.scored,
        "interval_score": _number(ranges.interval_score),
    }


def _groups_json(groups: Iterable[GroupScore]) -> list[Json]:
    return [
        {
            "name": one.name,
            "n": one.n,
            "said": float(one.said),
            "came": float(one.came),
            "brier": float(one.brier),
        }
        for one in groups
    ]


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def admired_json(listed: AdmiredList) -> list[Json]:
    """Return what is admired as JSON, each with the line of the file on which it begins."""
    found: list[Json] = []
    for entry in listed.entries:
        said: Json = entry.value.model_dump(mode="json")
        found.append(said | {"file": ADMIRED, "line": entry.line})
    return found
