"""Points gathered one by one and put in the order of x."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from typing import TypeAlias

Numbers: TypeAlias = "array[float]"
"""Doubles: eight bytes each, where a list would take four times as much."""


Point: TypeAlias = tuple[float, float]
"""An x and a value."""


def in_order(xs: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the points sorted by x; those of one x keep their order.

    >>> in_order(array("d", [2, 1, 1]), array("d", [5, 6, 7]))
    (array('d', [1.0, 1.0, 2.0]), array('d', [6.0, 7.0, 5.0]))
    """
    if all(one <= other for one, other in pairwise(xs)):
        return xs, values
    order = sorted(range(len(xs)), key=xs.__getitem__)
    return _chosen(xs, order), _chosen(values, order)


def last_of_each(xs: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the points sorted by x, of those of one x only the last.

    >>> last_of_each(array("d", [2, 1, 1]), array("d", [5, 6, 7]))
    (array('d', [1.0, 2.0]), array('d', [7.0, 5.0]))
    """
    if all(one < other for one, other in pairwise(xs)):
        return xs, values
    xs, values = in_order(xs, values)
    kept: list[int] = []
    for index, (x, following) in enumerate(pairwise(xs)):
        if x != following:
            kept.append(index)
    kept.append(len(xs) - 1)
    return _chosen(xs, kept), _chosen(values, kept)


def _chosen(numbers: Numbers, places: Sequence[int]) -> Numbers:
    return array("d", map(numbers.__getitem__, places))


class Tally:
    """The number of points of one tag and the last of them, kept while they pass."""

    __slots__ = ("last_value", "last_x", "points", "without_x")

    def __init__(self) -> None:
        self.points = 0
        self.without_x = 0
        self.last_x: float | None = None
        self.last_value: float | None = None

    def add(self, x: float, value: float) -> None:
        """Count a point; one whose x is not finite is not a point."""
        if not isfinite(x):
            self.without_x += 1
            return
        self.points += 1
        if self.last_x is None or x >= self.last_x:
            self.last_x, self.last_value = x, value

    def add_all(self, later: Tally) -> None:
        """Count the points of another tally, which come after those of this one."""
        if later.last_x is None or later.last_value is None:
            return
        self.add(later.last_x, later.last_value)
        self.points += later.points - 1
