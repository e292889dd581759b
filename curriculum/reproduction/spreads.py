"""Turn a printed spread into the standard deviation that it stands for (VERDICTS.md §6)."""

from __future__ import annotations

import math

from curriculum.model.results import Spread
from curriculum.reproduction.statistics.ranges import expected_range, range_freedom
from curriculum.reproduction.statistics.t_distribution import NORMAL, student_quantile

_USUAL_LEVEL = 0.95
_MAD_PER_SD = NORMAL.inv_cdf(0.75)
_MAD_EFFICIENCY = 0.37
"""Efficiency of the median absolute deviation as an estimate of a normal standard deviation."""


def standard_deviation(spread: Spread, n: int) -> float:
    """Return the standard deviation with n - 1 that a spread over n runs stands for."""
    size = spread.half_width
    match spread.kind:
        case "sd":
            return size * _to_sample_deviation(spread, n)
        case "sem":
            return size * math.sqrt(n)
        case "2sd":
            return size / 2
        case "ci":
            quantile = student_quantile((1 + _level(spread)) / 2, n - 1)
            return size / quantile * math.sqrt(n)
        case "range":
            return 2 * size / expected_range(n)
        case "iqr":
            return 2 * size / (2 * _expected_quartile(n))
        case "mad":
            return size / _MAD_PER_SD
    raise AssertionError("no other kind has a number")


def _to_sample_deviation(spread: Spread, n: int) -> float:
    """Return the factor from a printed deviation to the one with n - 1."""
    if spread.ddof == 0:
        return math.sqrt(n / (n - 1))
    return 1.0


def _level(spread: Spread) -> float:
    """Return the level of a confidence interval as a fraction; papers print it in percent, too."""
    level = float(spread.level or _USUAL_LEVEL)
    if level > 1:
        return level / 100
    return level


def _expected_quartile(n: int) -> float:
    """Return the expected upper quartile of n standard normal values (Wan et al. 2014)."""
    return NORMAL.inv_cdf((0.75 * n - 0.125) / (n + 0.25))


def freedom(spread: Spread, n: int) -> float:
    """Return the degrees of freedom of the standard deviation that a spread stands for."""
    if spread.kind == "range":
        return range_freedom(n)
    if spread.kind == "mad":
        return max(1.0, _MAD_EFFICIENCY * (n - 1))
    return n - 1


def assumptions(spread: Spread) -> tuple[str, ...]:
    """Return what turning a spread into a standard deviation takes for granted."""
    if spread.kind == "sd" and spread.ddof not in (0, 1):
        return ("the paper does not say whether its SD divides by n or n - 1",)
    if spread.kind == "iqr":
        return ("read from quartiles",)
    if spread.kind == "mad":
        return ("read from the median absolute deviation",)
    return ()
