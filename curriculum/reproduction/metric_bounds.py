"""Keep an interval within its metric's bounds, and widen it near one (VERDICTS.md §10).

Welch's interval assumes values that can lie on both sides; near a bound they cannot.
"""

from __future__ import annotations

import math
from dataclasses import replace

from curriculum.model.verdicts import ConfidenceInterval, Sample
from curriculum.reproduction.case import Case
from curriculum.reproduction.plausibility import proportion_whole, trials_of
from curriculum.reproduction.statistics.proportions import newcombe, proportion
from curriculum.reproduction.statistics.t_distribution import student_quantile

_NEAR_IN_ERRORS = 2


def within_bounds(
    case: Case, mine: Sample, paper: Sample, interval: ConfidenceInterval
) -> tuple[ConfidenceInterval, list[str]]:
    """Return the interval within what the bounds allow, and what must be said of it.

    Near a bound it is widened to the score interval where trials are known, or called unreliable.
    """
    metric = case.result.metric
    bounds = [bound for bound in metric.limits if bound is not None]
    # The distance to a target is bounded by zero, which is no bound of the values themselves.
    if metric.target is not None or not bounds:
        return interval, []
    if not _is_near(bounds, mine, paper, interval.error):
        return _clipped(case, paper, interval), []
    score = _score_interval(case, mine, paper)
    if score is None:
        clipped = _clipped(case, paper, interval)
        return clipped, ["near the metric's bound: the interval is unreliable"]
    widened = interval.widened(*score)
    clipped = _clipped(case, paper, widened)
    return clipped, ["near the metric's bound: widened to Newcombe's score interval"]


def _is_near(bounds: list[float], mine: Sample, paper: Sample, error: float) -> bool:
    for side in (mine, paper):
        for bound in bounds:
            if abs(side.centre - bound) <= _NEAR_IN_ERRORS * error:
                return True
    return False


def _clipped(case: Case, paper: Sample, interval: ConfidenceInterval) -> ConfidenceInterval:
    """Return the interval without the differences that would put mine outside the bounds."""
    lower, upper = case.result.metric.limits
    bounds = [bound for bound in (lower, upper) if bound is not None]
    ends = [case.gap(bound, paper.centre) for bound in bounds]
    low = max(interval.low, min(ends))
    high = min(interval.high, max(ends))
    if len(bounds) == 2:
        return replace(interval, low=low, high=high)
    # Where less is better, it is the lower bound that limits how much better mine can be.
    limits_gain = (case.sign > 0) == (upper is not None)
    if limits_gain:
        return replace(interval, high=high)
    return replace(interval, low=low)


def _score_interval(case: Case, mine: Sample, paper: Sample) -> tuple[float, float] | None:
    """Return Newcombe's interval of D over the pooled trials; None where they are unknown."""
    trials = trials_of(case.result)
    whole = proportion_whole(case.result)
    if trials is None or whole is None:
        return None
    for side in (mine, paper):
        if not 0 <= side.centre <= whole:
            return None
    quantile = student_quantile(1 - case.level, math.inf)
    published_runs = paper.n or 1
    low, high = newcombe(
        proportion(mine.centre / whole, trials * mine.n, quantile),
        proportion(paper.centre / whole, trials * published_runs, quantile),
    )
    if case.sign > 0:
        return whole * low, whole * high
    return -whole * high, -whole * low
