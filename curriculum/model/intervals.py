"""Unite and cut half-open intervals of whole numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Interval: TypeAlias = tuple[int, int]
"""The numbers from the first, included, to the second, excluded."""

Intervals: TypeAlias = tuple[Interval, ...]


def merge(intervals: Iterable[Interval]) -> Intervals:
    """Return the union as sorted, disjoint intervals that do not touch.

    Empty and backward ones hold nothing.

    >>> merge([(5, 9), (1, 3), (3, 4), (7, 7)])
    ((1, 4), (5, 9))
    """
    merged: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if merged and start <= merged[-1][1]:
            last_start, last_end = merged[-1]
            merged[-1] = last_start, max(end, last_end)
        else:
            merged.append((start, end))
    return tuple(merged)


def subtract(interval: Interval, cuts: Sequence[Interval]) -> list[Interval]:
    """Return what is left of an interval after the cuts, which are sorted and disjoint.

    >>> subtract((0, 10), [(-3, 1), (4, 6)])
    [(1, 4), (6, 10)]
    """
    start, end = interval
    # The last cut that begins by the start may still reach into the interval.
    first = max(0, bisect_right(cuts, start, key=_start) - 1)
    left: list[Interval] = []
    for index in range(first, len(cuts)):
        cut_start, cut_end = cuts[index]
        if cut_start >= end:
            break
        if cut_start > start:
            left.append((start, cut_start))
        start = max(start, cut_end)
    if start < end:
        left.append((start, end))
    return left


def _start(interval: Interval) -> int:
    return interval[0]
