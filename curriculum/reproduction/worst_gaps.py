"""How much worse than the paper my runs are at most, an answer that every test has.

It is the least margin at which they would be reproduced. Because one interval answers for every
margin at once, naming it costs no certainty (VERDICTS.md §8).
"""

from __future__ import annotations

from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict, WorstGap
from curriculum.reproduction.margins import lacks_a_floor
from curriculum.reproduction.plausibility import proportion_whole


def worst_gap_of(result: Result, verdict: Verdict) -> WorstGap | None:
    """Return how much worse mine is at most; None where nothing was tested, or without chance."""
    interval = verdict.interval
    if interval is None or interval.error == 0 or _is_range_alone(result):
        return None
    size = max(0.0, -interval.low)
    whole = _whole(result)
    if whole is None or size > whole:
        return WorstGap(size, None)
    return WorstGap(size, size / whole)


def _is_range_alone(result: Result) -> bool:
    """Return whether the paper gives a range over unknown runs, which no interval takes in."""
    return result.spread.kind == "range" and result.runs.count is None


def _whole(result: Result) -> float | None:
    """Return the number that a gap may be a share of; None where a share would mean nothing."""
    if proportion_whole(result) is not None or result.metric.target is not None:
        return None
    low, _ = result.metric.limits
    counts_from_zero = result.metric.reference.floor in (None, 0) and (low or 0) >= 0
    number = result.value.number
    if number <= 0 or not counts_from_zero or lacks_a_floor(result):
        return None
    return number
