"""How long the work of a demand can wait until a deadline breaks; which track gets the time is not decided here."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.schedule.demand import NEVER
from curriculum.schedule.slack_tree import SlackTree


class Deadlines:
    """The deadlines of units in the order of their work time, and the slack that is left for each."""

    __slots__ = ("_first", "_left", "_marks", "_rank", "_slack")

    def __init__(self, targets: Sequence[int], efforts: Sequence[int]) -> None:
        """Start with the work minute by which each unit must be finished, NEVER without one, and its minutes."""
        marks = sorted({target for target in targets if target < NEVER})
        position = {target: rank for rank, target in enumerate(marks)}
        position[NEVER] = len(marks)
        self._marks, self._first = len(marks), 0
        self._rank = [position[target] for target in targets]
        self._left = [0] * (len(marks) + 1)
        needed = [0] * (len(marks) + 1)
        for rank, effort in zip(self._rank, efforts, strict=True):
            self._left[rank] += 1
            needed[rank] += effort
        slacks, total = [], 0
        for mark, minutes in zip(marks, needed, strict=False):
            total += minutes
            slacks.append(mark - total)
        self._slack = SlackTree(slacks)

    def bear(self, unit: int, minutes: int) -> bool:
        """Say whether all that is due before a unit can wait while it has so many minutes."""
        return self._slack.least(self._rank[unit]) >= minutes

    def bear_rest(self, minutes: int) -> bool:
        """Say whether everything can wait so many minutes."""
        return self._slack.least(self._marks) >= minutes

    def rest(self, minutes: int) -> None:
        """Let minutes of work time pass in which nothing is studied."""
        self._slack.spend(self._marks, minutes)

    def study(self, unit: int, minutes: int) -> None:
        """Let minutes of work time pass in which a unit is studied: what is due before it waits."""
        rank = self._rank[unit]
        if rank > self._first:
            self._slack.spend(rank, minutes)

    def settle(self, unit: int) -> None:
        """Note that a unit needs no more work time, and forget the deadlines by which nothing does."""
        self._left[self._rank[unit]] -= 1
        while self._first < self._marks and not self._left[self._first]:
            self._slack.forget(self._first)
            self._first += 1
