"""The verdict on a whole paper as JSON; its keys are a contract."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.reproduction.averages import Average
from curriculum.reproduction.papers import PaperVerdict


def paper_json(work: str, verdict: PaperVerdict) -> Json:
    """Return the verdict on a paper as JSON, with the results by what became of them."""
    return {
        "paper": work,
        "verdict": verdict.outcome,
        "on_average": verdict.is_on_average,
        "provisional": verdict.is_provisional,
        "assumed": list(verdict.assumed),
        "settled": verdict.settled,
        "primary": verdict.primary,
        "attempted": verdict.is_attempted,
        "unattempted": list(verdict.unattempted),
        "open": list(verdict.open),
        "singly": list(verdict.singly),
        "short": list(verdict.short),
        "short_by_chance": list(verdict.short_by_chance),
        "average": _average_json(verdict.average),
        "outside": [{"result": name, "why": why} for name, why in verdict.outside],
    }


def _average_json(average: Average | None) -> Json | None:
    """Return an average in margins; `D` above 0 means that mine is better."""
    if average is None:
        return None
    return {
        "verdict": average.outcome,
        "tasks": [list(task) for task in average.tasks],
        "D": average.gap,
        "interval": [average.low, average.high],
        "no_worse_than": average.worst,
        "alpha": average.level,
    }
