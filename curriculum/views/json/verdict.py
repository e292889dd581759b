"""Verdicts as JSON; its keys are a contract."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.model.verdicts import (
    ConfidenceInterval,
    ReadingVerdict,
    Sample,
    Verdict,
    WorstGap,
)
from curriculum.reproduction.case import Case
from curriculum.reproduction.diagnostics import Diagnostics
from curriculum.reproduction.paper_comparison import PaperComparison, ResultComparison
from curriculum.reproduction.protocol_check import ProtocolCheck
from curriculum.reproduction.suites import Suite
from curriculum.views.json.paper_verdict import paper_json
from curriculum.views.text.provenance import reducer_of, where_published
from curriculum.views.text.record_change import change_line


def comparison_json(paper: PaperComparison) -> Json:
    """Return the comparison of a paper as JSON."""
    return {
        **paper_json(paper.work, paper.verdict),
        "results": [_result_json(result) for result in paper.results],
        "suites": [_suite_json(suite) for suite in paper.suites],
    }


def _result_json(result: ResultComparison) -> Json:
    changed = []
    if result.change is not None:
        changed.append(change_line(result.change, result.case, result.verdict))
    return {
        **verdict_json(result.case, result.verdict),
        "extras": _diagnostics_json(result.diagnostics),
        "changed": changed,
    }


def verdict_json(case: Case, verdict: Verdict) -> Json:
    """Return a verdict as JSON, in the metric's unit; VERDICTS.md §18 says what each key means."""
    result, attempt = case.result, case.attempt
    test = _test_json(verdict.interval)
    seeds = verdict.seeds
    return {
        "result": verdict.result,
        "verdict": verdict.outcome,
        "provisional": verdict.provisional,
        "settled": verdict.is_settled,
        "cause": verdict.cause,
        "lean": verdict.lean,
        "mine": _sample_json(verdict.mine),
        "paper": _sample_json(verdict.paper),
        "reducer": {"mine": reducer_of(result, attempt), "paper": result.rule},
        "D": verdict.difference,
        "interval": test["interval"],
        "margin": verdict.margin.size,
        "margin_from": verdict.margin.origin,
        "short": test["short"],
        "within": test["within"],
        "beyond": test["beyond"],
        "consistent": test["consistent"],
        "no_worse_than": _worst_gap_json(verdict.worst_gap),
        "no_bound": verdict.no_bound,
        "readings": [_reading_json(reading) for reading in verdict.readings],
        "gate": _gate_json(case.protocol),
        "taken_as_published": [
            {"field": taken.field, "text": taken.text} for taken in case.protocol.taken
        ],
        "alpha": verdict.level,
        "attempt": attempt.number,
        "seeds_needed": None if seeds is None else seeds.needed,
        "seeds_for_power": None if seeds is None else seeds.for_power,
        "undecidable": seeds is not None and seeds.needed is None,
        "extra": verdict.extra,
        "deviations": [one.model_dump(mode="json") for one in attempt.deviations],
        "remarks": list(verdict.remarks),
        "source": where_published(result),
    }


def _test_json(interval: ConfidenceInterval | None) -> Json:
    """Return what a test says; every key is null where none was run."""
    if interval is None:
        return dict.fromkeys(("interval", "short", "within", "beyond", "consistent"))
    return {
        "interval": [interval.low, interval.high],
        "short": interval.short,
        "within": interval.within,
        "beyond": interval.beyond,
        "consistent": interval.consistent,
    }


def _worst_gap_json(gap: WorstGap | None) -> Json | None:
    if gap is None:
        return None
    return {"size": gap.size, "share": gap.share, "than": gap.than}


def _reading_json(reading: ReadingVerdict) -> Json:
    """Return the verdict under one meaning of an unclear spread."""
    interval = _test_json(reading.interval)["interval"]
    return {"if": reading.reading, "verdict": reading.outcome, "interval": interval}


def _gate_json(protocol: ProtocolCheck) -> Json:
    """Return what came of comparing how both numbers were taken."""
    return {
        "closed": protocol.closed,
        "smaller_budget": protocol.smaller_budget,
        "larger_budget": protocol.has_larger_budget,
        "reducer_unknown": protocol.is_reducer_unknown,
    }


def _sample_json(sample: Sample | None) -> Json | None:
    if sample is None:
        return None
    return {"centre": sample.centre, "sd": sample.sd, "n": sample.n or None, "what": sample.what}


def _suite_json(suite: Suite) -> Json:
    return {
        "suite": suite.name,
        "tasks": list(suite.tasks),
        "iqm": suite.mine,
        "interval": [suite.low, suite.high],
        "paper": suite.paper,
    }


def _diagnostics_json(found: Diagnostics | None) -> Json | None:
    if found is None:
        return None
    return {
        "probability_better": found.better,
        "interval": [found.better_low, found.better_high],
        "median_difference": found.medians,
        "permutation_p": found.permutation,
    }
