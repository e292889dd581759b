"""Summaries of several numbers: mean, median, interquartile mean, deviation, best of k."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from statistics import fmean, median

from curriculum.reproduction.statistics.t_distribution import NORMAL

_STEP = 0.01
_STEPS_TO_THE_TAIL = 900

MEDIAN_FACTOR = math.sqrt(math.pi / 2)
"""Standard error of a median over that of a mean, for normal values: 1.253."""


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation with n - 1; exactly 0 for equal values.

    Args:
        values: At least two.
    """
    if all(value == values[0] for value in values):
        return 0.0
    centre = fmean(values)
    # Scaled by the largest distance, because the square of a large one would overflow.
    largest = max(abs(value - centre) for value in values)
    squares = math.fsum(((value - centre) / largest) ** 2 for value in values)
    return largest * math.sqrt(squares / (len(values) - 1))


def quartile_mean(values: Sequence[float]) -> float:
    """Return the interquartile mean: the mean of the middle half.

    A value on the edge of the middle half weighs as much as the part of it that lies inside.

    >>> quartile_mean([1, 2, 3, 100])
    2.5
    """
    ordered = sorted(values)
    n = len(ordered)
    start = n / 4
    end = n - start
    total = 0.0
    for index, value in enumerate(ordered):
        inside = min(index + 1, end) - max(index, start)
        total += max(0.0, inside) * value
    return total / (n / 2)


def centre_of(values: Sequence[float], what: str) -> float:
    """Return the centre that a paper reports: `median`, `iqm`, or else the mean."""
    if what == "median":
        return float(median(values))
    if what == "iqm":
        return quartile_mean(values)
    return fmean(values)


def best_of(values: Sequence[float], k: int) -> float:
    """Return the expected best of k runs, larger being better.

    It is the mean of the largest value over all subsets of size k.

    Args:
        values: At least k.
        k: The size of the subsets.

    >>> best_of([1, 2, 3], 3), best_of([1, 2, 3], 1)
    (3.0, 2.0)
    """
    subsets = math.comb(len(values), k)
    terms = []
    for index, value in enumerate(sorted(values)):
        share = math.comb(index, k - 1) / subsets
        terms.append(value * share)
    return math.fsum(terms)


@cache
def variance_of_the_best(k: int) -> float:
    """Return the variance of the largest of k standard normal values.

    >>> round(variance_of_the_best(3), 4), round(variance_of_the_best(5), 4)
    (0.5595, 0.4475)
    """
    mean = 0.0
    square = 0.0
    for number in range(-_STEPS_TO_THE_TAIL, _STEPS_TO_THE_TAIL + 1):
        x = number * _STEP
        density = k * NORMAL.pdf(x) * NORMAL.cdf(x) ** (k - 1)
        mean += x * density
        square += x * x * density
    return square * _STEP - (mean * _STEP) ** 2


def jackknife_error(values: Sequence[float], k: int) -> float:
    """Return the standard error of `best_of` by leaving out one run at a time.

    Args:
        values: More than k.
        k: The size of the subsets.
    """
    n = len(values)
    estimates = []
    for index in range(n):
        others = [*values]
        del others[index]
        estimates.append(best_of(others, k))
    centre = fmean(estimates)
    squares = math.fsum((one - centre) ** 2 for one in estimates)
    return math.sqrt((n - 1) / n * squares)
