"""Translate instants to minutes of work before them, and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from curriculum.model.intervals import Interval


class WorkTime:
    """Work time: a clock that runs only through the given intervals.

    Args:
        intervals: Minutes since the epoch, sorted and disjoint.

    Attributes:
        total: All minutes of work there are.
    """

    def __init__(self, intervals: Iterable[Interval]) -> None:
        pairs = [(start, end) for start, end in intervals if start < end]
        self._starts = [start for start, _ in pairs]
        self._ends = [end for _, end in pairs]
        self._before = list(accumulate((end - start for start, end in pairs), initial=0))
        self.total = self._before[-1]

    def until(self, instant: int) -> int:
        """Return W(t): the minutes of work before an instant.

        >>> WorkTime([(10, 20), (30, 40)]).until(35)
        15
        """
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0
        return self._before[index] + min(instant, self._ends[index]) - self._starts[index]

    def end_of(self, work: int) -> int:
        """Return the earliest instant by which so much work is done; for none, the first start.

        Raises:
            ValueError: There is less work than that, or no interval at all.

        >>> WorkTime([(10, 20), (30, 40)]).end_of(10)
        20
        """
        if not self._starts or not 0 <= work <= self.total:
            raise ValueError(f"{work} minutes of work, where there are {self.total}")
        index = max(0, bisect_left(self._before, work) - 1)
        return self._starts[index] + work - self._before[index]

    def start_of(self, work: int) -> int:
        """Return the instant at which the minute after some minutes of work begins.

        Where no such minute is left, work could at the earliest go on where the last interval ends;
        without any interval, at the epoch.

        Raises:
            ValueError: The work is negative.

        >>> WorkTime([(10, 20), (30, 40)]).start_of(10)
        30
        """
        if work < 0:
            raise ValueError(f"{work} minutes of work")
        if work >= self.total:
            return self._ends[-1] if self._ends else 0
        index = bisect_right(self._before, work) - 1
        return self._starts[index] + work - self._before[index]
