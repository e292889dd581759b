"""How much worse than the paper my runs are at most, an answer that every test has.

It is the least margin at which they would be reproduced. Because one interval answers for every
margin at once, naming it costs no certainty (VERDICTS.md §8).
"""

from __future__ import annotations

from curriculum.model.verdicts import Verdict, WorstGap
from curriculum.reproduction.case import Case
from curriculum.reproduction.plausibility import proportion_whole


def worst_gap_of(case: Case, verdict: Verdict) -> WorstGap | None:
    """Return how much worse mine is at most; None where nothing was tested."""
    interval = verdict.interval
    if interval is None:
        return None
    size = max(0.0, _half_range(case) - interval.low)
    whole = _whole(case)
    if whole is None or size > whole:
        return WorstGap(size, None)
    return WorstGap(size, size / whole)


def _half_range(case: Case) -> float:
    """Return how far from its middle the paper's mean may lie in a range of unknown runs."""
    return max(reading.half_range or 0.0 for reading in case.readings)


def _whole(case: Case) -> float | None:
    """Return the number that a gap may be a share of; None where a share would mean nothing."""
    result = case.result
    if proportion_whole(result) is not None or result.metric.target is not None:
        return None
    low, _ = result.metric.limits
    counts_from_zero = result.metric.reference.floor in (None, 0) and (low or 0) >= 0
    number = result.value.number
    if number <= 0 or not counts_from_zero or case.lacks_a_floor:
        return None
    return number
