"""Predictions as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from curriculum.model.json_value import Json
from curriculum.model.predictions import Prediction, PredictionOutcome, StatedChance
from curriculum.practice.predictions import PREDICTIONS, ListedPrediction, prediction_state


def predictions_json(every: Iterable[ListedPrediction], today: date) -> list[Json]:
    """Return predictions as JSON, each with the line of the file on which it begins."""
    return [
        prediction_json(one.value, today) | {"file": PREDICTIONS, "line": one.line} for one in every
    ]


def prediction_json(one: Prediction, today: date) -> Json:
    """Return a prediction as JSON; numbers of a range are text, so that they keep their digits."""
    return {
        "id": one.id,
        "state": prediction_state(one, today),
        "made": one.made.isoformat(),
        "says": one.says,
        "result": one.result,
        "range": None if one.range_ is None else [str(one.range_.low), str(one.range_.high)],
        "paper": one.paper,
        "seen": one.seen,
        "attempt": one.attempt,
        "how": one.how,
        "by": None if one.by is None else one.by.isoformat(),
        "about": one.about,
        "field": one.field_,
        "p": [_chance_json(said) for said in one.p],
        "outcome": None if one.outcome is None else outcome_json(one.outcome),
    }


def _chance_json(said: StatedChance) -> Json:
    return {"on": said.on.isoformat(), "is": float(said.is_), "why": said.why}


def judged_json(judged: Iterable[Prediction]) -> Json:
    """Return the predictions that a score decided, under the key `predictions`."""
    found = [
        {
            "id": one.id,
            "p": float(one.p[-1].is_),
            "outcome": None if one.outcome is None else outcome_json(one.outcome),
        }
        for one in judged
    ]
    return {"predictions": found}


def outcome_json(outcome: PredictionOutcome) -> Json:
    """Return how a prediction ended as JSON."""
    return {
        "is": outcome.is_,
        "on": outcome.on.isoformat(),
        "came": None if outcome.came is None else str(outcome.came),
        "evidence": outcome.evidence,
    }
