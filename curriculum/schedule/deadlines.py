"""How much time may still go elsewhere before the deadlines of a demand are in danger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from curriculum.schedule.demand import NEVER
from curriculum.schedule.slack_tree import SlackTree


class DeadlineGate(Protocol):
    """Says what the deadlines can bear while time passes."""

    def allow(self, unit: int, minutes: int) -> bool:
        """Return whether all else that is due can wait while a unit gets the minutes."""

    def allow_idle(self, minutes: int) -> bool:
        """Return whether everything can wait for some minutes."""

    def idle(self, minutes: int) -> None:
        """Let work time pass in which nothing is studied."""

    def study(self, unit: int, minutes: int) -> None:
        """Let work time pass in which a unit is studied."""

    def finish(self, unit: int) -> None:
        """Note that a unit needs no more time."""


class Deadlines:
    """The deadlines of units in the order of their work time, and the slack left before each."""

    __slots__ = ("_count", "_first", "_left", "_rank", "_slack")

    def __init__(self, targets: Sequence[int], efforts: Sequence[int]) -> None:
        """Start with the work minute by which each unit must be finished, and its minutes.

        Args:
            targets: NEVER for a unit without a deadline.
            efforts: Minutes of each unit.
        """
        marks = sorted(set(targets) - {NEVER})
        rank_of = {target: rank for rank, target in enumerate([*marks, NEVER])}
        self._count = len(marks)
        self._first = 0
        self._rank = [rank_of[target] for target in targets]
        self._left = [0] * (len(marks) + 1)
        needed = [0] * (len(marks) + 1)
        for rank, effort in zip(self._rank, efforts, strict=True):
            self._left[rank] += 1
            needed[rank] += effort
        self._slack = SlackTree(_slacks(marks, needed))

    def allow(self, unit: int, minutes: int) -> bool:
        """Return whether all that is due before a unit can wait while it gets the minutes."""
        return self._slack.least(self._rank[unit]) >= minutes

    def allow_idle(self, minutes: int) -> bool:
        """Return whether everything can wait for some minutes."""
        return self._slack.least(self._count) >= minutes

    def idle(self, minutes: int) -> None:
        """Let work time pass in which nothing is studied."""
        self._slack.spend(self._count, minutes)

    def study(self, unit: int, minutes: int) -> None:
        """Let work time pass in which a unit is studied: only what is due before it waits."""
        rank = self._rank[unit]
        # Deadlines before the first one that still needs work are forgotten and cost nothing.
        if rank > self._first:
            self._slack.spend(rank, minutes)

    def finish(self, unit: int) -> None:
        """Note that a unit needs no more time, and forget deadlines before which none does."""
        self._left[self._rank[unit]] -= 1
        while self._first < self._count and not self._left[self._first]:
            self._slack.forget(self._first)
            self._first += 1


def _slacks(marks: Iterable[int], needed: Iterable[int]) -> list[int]:
    """Return for each deadline the minutes before it less those of all work due by then."""
    slacks = []
    total = 0
    for mark, minutes in zip(marks, needed, strict=False):
        total += minutes
        slacks.append(mark - total)
    return slacks
