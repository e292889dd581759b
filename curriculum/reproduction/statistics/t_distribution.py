"""Student's t: its distribution function and its quantiles, in pure Python.

SciPy would answer the same but takes a second to import, which every command that shows a verdict
would pay. The tests hold both functions to SciPy's values.
"""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

NORMAL = NormalDist()

_SMALLEST_DIVISOR = 1e-300
_FRACTION_TOLERANCE = 1e-15
_FRACTION_TERMS = 400
_BRACKET_TOLERANCE = 1e-13
_STEP_TOLERANCE = 1e-14


def student_cdf(t: float, freedom: float) -> float:
    """Return the chance that Student's t is at most `t`.

    Args:
        t: Any value, also infinite.
        freedom: Degrees of freedom, above 0; infinite ones give the normal distribution.

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
    total = freedom + square
    both_tails = incomplete_beta(freedom / 2, 0.5, freedom / total, square / total)
    tail = both_tails / 2
    if t > 0:
        return 1 - tail
    return tail


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
    return _solve(chance, freedom, low, high)


def _solve(chance: float, freedom: float, low: float, high: float) -> float:
    """Return the quantile between two bounds: Newton's method, halving when a step leaves them."""
    guess = (low + high) / 2
    while high - low > _BRACKET_TOLERANCE * high:
        missing = chance - student_cdf(guess, freedom)
        if missing > 0:
            low = guess
        else:
            high = guess
        better = guess + missing / _density(guess, freedom)
        if abs(better - guess) <= _STEP_TOLERANCE * guess:
            break
        guess = better if low < better < high else (low + high) / 2
        # Adjacent floats have no midpoint between them: without this the loop would not end.
        if guess in (low, high):
            break
    return guess


def _density(t: float, freedom: float) -> float:
    """Return the height of Student's t."""
    numerator = math.lgamma((freedom + 1) / 2)
    denominator = math.lgamma(freedom / 2)
    front = numerator - denominator - math.log(freedom * math.pi) / 2
    return math.exp(front - (freedom + 1) / 2 * math.log1p(t * t / freedom))


def incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b).

    Args:
        a: First shape.
        b: Second shape.
        x: Between 0 and 1.
        rest: 1 - x, passed on its own because the subtraction would lose its digits near 1.
    """
    if x <= 0 or rest <= 0:
        return float(rest <= 0)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(scale + a * math.log(x) + b * math.log(rest))
    # The fraction converges fast only on this side of the mean (Numerical Recipes, 3rd ed., §6.4).
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, rest) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function by Lentz's method."""
    c = 1.0
    d = 1 / _nonzero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _FRACTION_TERMS):
        here = a + 2 * m
        even = m * (b - m) * x / ((here - 1) * here)
        odd = -(a + m) * (a + b + m) * x / (here * (here + 1))
        for term in (even, odd):
            d = 1 / _nonzero(1 + term * d)
            c = _nonzero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _FRACTION_TOLERANCE:
            break
    return value


def _nonzero(value: float) -> float:
    """Return a divisor, moved away from zero."""
    if abs(value) > _SMALLEST_DIVISOR:
        return value
    return _SMALLEST_DIVISOR
