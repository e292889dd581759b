"""What several numbers come to: mean, median, interquartile mean, best of k; what they measure is not known here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, median

MEDIAN_FACTOR = math.sqrt(math.pi / 2)
"""Standard error of a median over that of a mean, for normal values: 1.253."""


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation with n - 1; exactly 0 for equal values.

    Scaling by the largest value keeps it from overflowing.

    Args:
        values: At least two.
    """
    if all(value == values[0] for value in values):
        return 0.0
    centre = fmean(values)
    largest = max(abs(value - centre) for value in values)
    return largest * math.sqrt(
        math.fsum(((x - centre) / largest) ** 2 for x in values) / (len(values) - 1)
    )


def quartile_mean(values: Sequence[float]) -> float:
    """Return the interquartile mean: of the middle half, with the outer values weighing what of them falls into it.

    >>> quartile_mean([1, 2, 3, 100])
    2.5
    """
    ordered = sorted(values)
    cut = len(ordered) / 4
    total = 0.0
    for index, value in enumerate(ordered):
        inside = min(index + 1, len(ordered) - cut) - max(index, cut)
        total += max(0.0, inside) * value
    return total / (len(ordered) / 2)


def centre_of(values: Sequence[float], what: str) -> float:
    """Return the centre that a paper reports: `median`, `iqm`, or else the mean."""
    if what == "median":
        return float(median(values))
    return quartile_mean(values) if what == "iqm" else fmean(values)


def best_of(values: Sequence[float], k: int) -> float:
    """Return what the best of k runs is expected to be, from at least k runs; larger is better.

    The mean of the largest over all subsets of size k.

    >>> best_of([1, 2, 3], 3), best_of([1, 2, 3], 1)
    (3.0, 2.0)
    """
    ordered, subsets = sorted(values), math.comb(len(values), k)
    return math.fsum(
        value * (math.comb(index, k - 1) / subsets) for index, value in enumerate(ordered)
    )


def jackknife_error(values: Sequence[float], k: int) -> float:
    """Return the standard error of `best_of` by leaving out one run at a time; it needs more than k runs."""
    n = len(values)
    left_out = [best_of([*values[:index], *values[index + 1 :]], k) for index in range(n)]
    centre = fmean(left_out)
    return math.sqrt((n - 1) / n * math.fsum((one - centre) ** 2 for one in left_out))
