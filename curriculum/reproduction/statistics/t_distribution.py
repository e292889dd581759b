"""Student's t and its relatives by their own formulas, so that a verdict costs no import; verdicts are not known here.

The distribution function is the regularised incomplete beta function by Lentz's continued fraction (Press et al.,
Numerical Recipes, 3rd ed., §6.4); quantiles are found by Newton's steps, and by halving where one would leave
the bracket.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from statistics import NormalDist

_TINY = 1e-300
_CLOSE = 1e-15
_TERMS = 400
NORMAL = NormalDist()


def student_cdf(t: float, freedom: float) -> float:
    """Return the chance that Student's t is at most `t`; infinite degrees of freedom are the normal distribution.

    >>> round(student_cdf(2.131847, 4), 6)
    0.95
    """
    if math.isinf(t):
        return float(t > 0)
    if math.isinf(freedom):
        return NORMAL.cdf(t)
    square = t * t
    if math.isinf(square):
        return float(t > 0)
    tail = (
        _incomplete_beta(
            freedom / 2, 0.5, freedom / (freedom + square), square / (freedom + square)
        )
        / 2
    )
    return 1 - tail if t > 0 else tail


@cache
def student_quantile(chance: float, freedom: float) -> float:
    """Return the t that Student's t stays below with a chance.

    Args:
        chance: Above 0 and below 1.
        freedom: Degrees of freedom, above 0; may be infinite.

    >>> round(student_quantile(0.95, 1), 4), round(student_quantile(0.95, 4), 4)
    (6.3138, 2.1318)
    """
    if chance < 0.5:
        return -student_quantile(1 - chance, freedom)
    if math.isinf(freedom):
        return NORMAL.inv_cdf(chance)
    low, high = 0.0, 1.0
    while student_cdf(high, freedom) < chance:
        low, high = high, 2 * high
    guess = (low + high) / 2
    while high - low > 1e-13 * high:
        short = chance - student_cdf(guess, freedom)
        low, high = (guess, high) if short > 0 else (low, guess)
        better = guess + short / _density(guess, freedom)
        if abs(better - guess) <= 1e-14 * guess:
            break
        guess = better if low < better < high else (low + high) / 2
        if guess in (low, high):
            break
    return guess


def _density(t: float, freedom: float) -> float:
    """Return the height of Student's t."""
    front = (
        math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    )
    return math.exp(front - (freedom + 1) / 2 * math.log1p(t * t / freedom))


def _incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """Return I_x(a, b); `rest` is 1 - x, given apart so that it keeps its digits."""
    if x <= 0 or rest <= 0:
        return float(rest <= 0)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, rest) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function (modified Lentz)."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _TERMS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _away(value: float) -> float:
    """Keep a divisor away from zero."""
    return value if abs(value) > _TINY else _TINY


@cache
def expected_range(n: int) -> float:
    """Return the expected range of n standard normal values: the factor xi(n), also called d2.

    It is the integral of 1 - F^n - (1 - F)^n (Tippett 1925), by the trapezoid rule, which is exact here to ten digits.

    >>> round(expected_range(3), 4), round(expected_range(10), 4)
    (1.6926, 3.0775)
    """
    step, total = 0.01, 0.0
    for number in range(-900, 901):
        below = NORMAL.cdf(number * step)
        total += 1 - below**n - (1 - below) ** n
    return total * step


_RANGE_FREEDOM = ((2, 0.9), (3, 1.8), (5, 3.6), (10, 7.4))


def range_freedom(n: int) -> float:
    """Return the effective degrees of freedom of a range of n values, interpolated between simulated ones.

    >>> range_freedom(3), round(range_freedom(4), 1)
    (1.8, 2.7)
    """
    last, most = _RANGE_FREEDOM[-1]
    if n >= last:
        return most + 0.6 * (n - last)
    for (lower, least), (upper, greatest) in pairwise(_RANGE_FREEDOM):
        if n <= upper:
            return least + (greatest - least) * (n - lower) / (upper - lower)
    raise AssertionError("the table reaches to its last row")


def wilson(successes: float, trials: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion (Wilson 1927).

    >>> low, high = wilson(10, 10, 1.96)
    >>> round(low, 3), high
    (0.722, 1.0)
    """
    share, square = successes / trials, quantile * quantile
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = (
        quantile
        / (1 + square / trials)
        * math.sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    )
    return max(0.0, middle - half), min(1.0, middle + half)
