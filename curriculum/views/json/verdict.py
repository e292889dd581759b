"""Verdicts as JSON; its fields are a contract."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.attempts import Attempt
from curriculum.model.json_value import Json
from curriculum.model.results import Result
from curriculum.model.verdicts import Sample, Verdict
from curriculum.reproduction.diagnostics import Extras
from curriculum.reproduction.papers import PaperVerdict
from curriculum.reproduction.suites import Suite
from curriculum.views.text.provenance import reducer_of, where_published


def verdict_json(verdict: Verdict, result: Result, attempt: Attempt) -> Json:
    """Return a verdict as JSON; numbers are in the metric's unit, `D` above 0 means that mine is better."""
    interval = verdict.interval
    return {
        "result": verdict.result,
        "verdict": verdict.outcome,
        "provisional": verdict.provisional,
        "settled": verdict.is_settled,
        "cause": verdict.cause,
        "lean": interval.lean if interval and verdict.outcome == "inconclusive" else None,
        "mine": _sample_json(verdict.mine),
        "paper": _sample_json(verdict.paper),
        "reducer": {"mine": reducer_of(result, attempt), "paper": result.protocol.reducer.how},
        "D": interval.difference if interval else None,
        "interval": [interval.low, interval.high] if interval else None,
        "margin": verdict.margin.size,
        "margin_from": verdict.margin.origin,
        "short": interval.short if interval else None,
        "within": interval.within if interval else None,
        "beyond": interval.beyond if interval else None,
        "consistent": interval.consistent if interval else None,
        "alpha": verdict.level,
        "seeds_needed": verdict.seeds.needed if verdict.seeds else None,
        "undecidable": verdict.seeds is not None and verdict.seeds.needed is None,
        "extra": verdict.extra,
        "deviations": [one.model_dump(mode="json") for one in attempt.deviations],
        "remarks": list(verdict.remarks),
        "source": where_published(result),
    }


def _sample_json(sample: Sample | None) -> Json | None:
    if sample is None:
        return None
    return {"centre": sample.centre, "sd": sample.sd, "n": sample.n or None, "what": sample.what}


def paper_json(
    work: str, paper: PaperVerdict, verdicts: Sequence[Json], suites: Sequence[Suite]
) -> Json:
    """Return all that is to be said of a paper as JSON."""
    return {
        **settled_json(work, paper),
        "unattempted": list(paper.unattempted),
        "results": list(verdicts),
        "suites": [
            {
                "suite": one.name,
                "tasks": list(one.tasks),
                "iqm": one.mine,
                "interval": [one.low, one.high],
                "paper": one.paper,
            }
            for one in suites
        ],
    }


def settled_json(work: str, paper: PaperVerdict) -> Json:
    """Return how far a paper's results have come as JSON."""
    return {
        "paper": work,
        "verdict": paper.outcome,
        "provisional": paper.is_provisional,
        "settled": paper.settled,
        "primary": paper.primary,
    }


def extras_json(extras: Extras | None) -> Json | None:
    """Return them as JSON."""
    if extras is None:
        return None
    return {
        "probability_better": extras.better,
        "interval": [extras.better_low, extras.better_high],
        "median_difference": extras.medians,
        "permutation_p": extras.permutation,
    }
