"""Score intervals of shares of trials, and of the difference between two of them."""

from __future__ import annotations

import math

from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of trials with its score interval."""

    share: float
    low: float
    high: float


def proportion(share: float, trials: int, quantile: float) -> Proportion:
    """Return a share of trials with Wilson's interval at a normal quantile."""
    low, high = wilson(share * trials, trials, quantile)
    return Proportion(share, low, high)


def wilson(successes: float, trials: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion (Wilson 1927).

    >>> low, high = wilson(10, 10, 1.96)
    >>> round(low, 3), high
    (0.722, 1.0)
    """
    share = successes / trials
    square = quantile * quantile
    shrink = 1 + square / trials
    middle = (share + square / (2 * trials)) / shrink
    variance = share * (1 - share) / trials + square / (4 * trials**2)
    half = quantile / shrink * math.sqrt(variance)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(first: Proportion, second: Proportion) -> tuple[float, float]:
    """Return the interval of the first share minus the second (Newcombe 1998, method 10)."""
    difference = first.share - second.share
    below = math.hypot(first.share - first.low, second.high - second.share)
    above = math.hypot(first.high - first.share, second.share - second.low)
    return difference - below, difference + above
