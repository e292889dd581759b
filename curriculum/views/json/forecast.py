"""A forecast as JSON."""

from __future__ import annotations

from curriculum.model.forecast import Forecast, Outlook, Range
from curriculum.model.json_value import Json
from curriculum.views.json.plan import utc


def forecast_json(forecast: Forecast) -> Json:
    """Return the forecast; instants in UTC, chances from 0 to 1, null for what is unknown."""
    goals = []
    for goal, outlook in forecast.goals:
        goals.append({"goal": str(goal), **_outlook(outlook)})
    return {
        "goals": goals,
        "whole": _outlook(forecast.whole),
        "samples": forecast.samples,
        "draws": forecast.draws,
        "seed": forecast.seed,
    }


def _outlook(outlook: Outlook) -> Json:
    return {
        "units": outlook.units,
        "planned": utc(outlook.planned),
        "half": _range(outlook.half),
        "most": _range(outlook.most),
        "deadline": utc(outlook.deadline),
        "chance": outlook.chance,
    }


def _range(span: Range | None) -> list[str | None] | None:
    if span is None:
        return None
    return [utc(span.early), utc(span.late)]
