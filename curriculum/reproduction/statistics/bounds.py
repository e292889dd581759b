"""Keep an interval within what its metric's bounds allow, and widen it near one, where Welch's is too narrow."""

from __future__ import annotations

import math
from dataclasses import replace

from curriculum.model.verdicts import ConfidenceInterval, Sample
from curriculum.reproduction.case import Case
from curriculum.reproduction.published import proportion_whole, trials_of
from curriculum.reproduction.statistics.t_distribution import student_quantile, wilson


def within_bounds(
    case: Case, mine: Sample, paper: Sample, interval: ConfidenceInterval
) -> tuple[ConfidenceInterval, list[str]]:
    """Clip the interval to what the bounds allow; near one, widen it to the score interval or say it is unreliable."""
    low, high = case.result.metric.bounds
    bounds = [float(bound) for bound in (low, high) if bound is not None]
    if case.result.metric.target is not None or not bounds:
        return interval, []
    near = any(
        abs(side.centre - bound) <= 2 * interval.error for side in (mine, paper) for bound in bounds
    )
    remarks = []
    if near:
        score = _score_interval(case, mine, paper)
        if score is None:
            remarks.append("near the metric's bound: the interval is unreliable")
        else:
            interval = replace(
                interval, low=min(interval.low, score[0]), high=max(interval.high, score[1])
            )
            remarks.append("near the metric's bound: widened to Newcombe's score interval")
    ends = [case.gap(bound, paper.centre) for bound in bounds]
    if low is not None and high is not None:
        interval = replace(
            interval, low=max(interval.low, min(ends)), high=min(interval.high, max(ends))
        )
    elif (case.sign > 0) == (high is not None):
        interval = replace(interval, high=min(interval.high, ends[0]))
    else:
        interval = replace(interval, low=max(interval.low, ends[0]))
    return interval, remarks


def _score_interval(case: Case, mine: Sample, paper: Sample) -> tuple[float, float] | None:
    """Return Newcombe's interval of D (1998, method 10), from shares of pooled trials; None where they are unknown."""
    trials, whole = trials_of(case.result), proportion_whole(case.result)
    if (
        trials is None
        or whole is None
        or any(not 0 <= side.centre <= whole for side in (mine, paper))
    ):
        return None
    quantile = student_quantile(1 - case.level, math.inf)
    ends = []
    for side, runs in ((mine, mine.n), (paper, paper.n or 1)):
        count, share = trials * runs, side.centre / whole
        ends.append((share, *wilson(share * count, count, quantile)))
    (p, p_low, p_high), (q, q_low, q_high) = ends
    low, high = p - q - math.hypot(p - p_low, q_high - q), p - q + math.hypot(p_high - p, q - q_low)
    return (whole * low, whole * high) if case.sign > 0 else (-whole * high, -whole * low)
