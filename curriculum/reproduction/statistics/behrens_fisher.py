"""The distribution of a sum of two scaled Student t variables, as Behrens and Fisher have it.

Two means with unequal, unknown variances: each true mean lies around its sample mean like a scaled
t with its own degrees of freedom, and chances about the difference need the sum of both.
"""

from __future__ import annotations

import math

from curriculum.model.late_dataclasses import dataclass
from curriculum.reproduction.statistics.t_distribution import student_cdf

_NODES = 96
_NEARLY_NORMAL = 1_000


@dataclass(frozen=True, slots=True)
class ScaledT:
    """A Student t variable times a standard error."""

    error: float
    freedom: float


def sum_cdf(point: float, first: ScaledT, second: ScaledT) -> float:
    """Return the chance that the sum of two scaled t variables is at most a point.

    One t is written as sqrt(freedom) tan(angle), which makes its density a power of the cosine:
    midpoints over the angle reach four digits. It is the one with the smaller error, so that the
    other is smooth from node to node; unless it is so close to normal that it falls between them.

    >>> half = ScaledT(math.sqrt(1 / 3), 2)
    >>> round(2 * sum_cdf(1, half, half) - 1, 2)
    0.59
    """
    outer, inner = sorted((first, second), key=lambda side: side.error)
    if outer.error == 0:
        return student_cdf(point / inner.error, inner.freedom)
    if outer.freedom > _NEARLY_NORMAL:
        outer, inner = inner, outer
    if outer.freedom > _NEARLY_NORMAL:
        return student_cdf(point / math.hypot(outer.error, inner.error), math.inf)
    scale = outer.error * math.sqrt(outer.freedom)
    total = 0.0
    weights = 0.0
    for number in range(_NODES):
        angle = math.pi * ((number + 0.5) / _NODES - 0.5)
        weight = math.cos(angle) ** (outer.freedom - 1)
        rest = (point - scale * math.tan(angle)) / inner.error
        total += weight * student_cdf(rest, inner.freedom)
        weights += weight
    return total / weights
