"""What the range of n values tells of their standard deviation."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from curriculum.reproduction.statistics.t_distribution import NORMAL

_STEP = 0.01
_STEPS_TO_THE_TAIL = 900

_RANGE_FREEDOM = ((2, 0.9), (3, 1.8), (5, 3.6), (10, 7.4))
"""Runs and the degrees of freedom of their range, from simulation (VERDICTS.md §6)."""

_FREEDOM_PER_RUN = 0.6
"""How fast they grow beyond the table."""


@cache
def expected_range(n: int) -> float:
    """Return the expected range of n standard normal values, the factor d2 of quality control.

    It is the integral of 1 - F^n - (1 - F)^n (Tippett 1925). The integrand vanishes with all its
    derivatives at both ends, so the trapezoid rule is exact to ten digits.

    >>> round(expected_range(3), 4), round(expected_range(10), 4)
    (1.6926, 3.0775)
    """
    total = 0.0
    for number in range(-_STEPS_TO_THE_TAIL, _STEPS_TO_THE_TAIL + 1):
        below = NORMAL.cdf(number * _STEP)
        total += 1 - below**n - (1 - below) ** n
    return total * _STEP


def range_freedom(n: int) -> float:
    """Return the effective degrees of freedom of a range of n values, at least two.

    >>> range_freedom(3), round(range_freedom(4), 1)
    (1.8, 2.7)
    """
    last, most = _RANGE_FREEDOM[-1]
    if n >= last:
        return most + _FREEDOM_PER_RUN * (n - last)
    for (lower, least), (upper, greatest) in pairwise(_RANGE_FREEDOM):
        if n <= upper:
            return least + (greatest - least) * (n - lower) / (upper - lower)
    raise AssertionError("the table reaches to its last row")
