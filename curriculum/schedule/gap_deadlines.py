"""How much time may go elsewhere before deadlines are in danger, where units wait for gaps.

A gap after a unit that is put off puts off all that comes after it. What that does to deadlines
is found by trying: the rest is run earliest deadline first.
"""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.availability.worktime import WorkTime
from curriculum.schedule.backlog import Backlog
from curriculum.schedule.deadlines import Deadlines
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.edf import EarliestFirst
from curriculum.schedule.fixed_sessions import Remaining


def deadlines_with_any_gaps(
    remaining: Remaining, targets: Sequence[int], backlog: Backlog
) -> Deadlines:
    """Return the deadlines of an allocation that begins.

    Args:
        remaining: What is to be planned.
        targets: Work minute by which each unit must be finished, NEVER without one.
        backlog: What is left of it.
    """
    rest = remaining.rest
    if _before_gaps(rest):
        return DeadlinesWithGaps(remaining, targets, backlog)
    return Deadlines(targets, rest.efforts)


def _before_gaps(demand: Demand) -> set[int]:
    """Return the units after which one that is due waits for its gap."""
    gaps = demand.gaps
    found: set[int] = set()
    if gaps is None:
        return found
    for unit, others in enumerate(demand.before):
        if demand.dues[unit] < NEVER:
            found.update(other for other in others if gaps.between(other, unit))
    return found


class DeadlinesWithGaps(Deadlines):
    """Deadlines that also ask what is left after some minutes elsewhere is still in time."""

    __slots__ = ("_backlog", "_before_gaps", "_clock", "_now", "_rest", "_targets")

    def __init__(self, remaining: Remaining, targets: Sequence[int], backlog: Backlog) -> None:
        """Start with nothing studied; the arguments are those of `deadlines_with_any_gaps`."""
        rest = remaining.rest
        super().__init__(targets, rest.efforts)
        self._rest = rest
        self._targets = targets
        self._backlog = backlog
        self._clock: WorkTime = remaining.clock()
        self._before_gaps = _before_gaps(rest)
        self._now = 0

    def allow(self, unit: int, minutes: int) -> bool:
        """Return whether all that is due before a unit can wait while it gets the minutes."""
        return super().allow(unit, minutes) and self._can_wait(unit, minutes)

    def allow_idle(self, minutes: int) -> bool:
        """Return whether everything can wait for some minutes."""
        return super().allow_idle(minutes) and self._can_wait(None, minutes)

    def idle(self, minutes: int) -> None:
        """Let work time pass in which nothing is studied."""
        super().idle(minutes)
        self._now += minutes

    def study(self, unit: int, minutes: int) -> None:
        """Let work time pass in which a unit is studied: only what is due before it waits."""
        super().study(unit, minutes)
        self._now += minutes

    def finish(self, unit: int) -> None:
        """Note that a unit needs no more time."""
        super().finish(unit)
        self._before_gaps.discard(unit)

    def _can_wait(self, unit: int | None, minutes: int) -> bool:
        """Return whether the rest is in time, earliest first, after some minutes of one unit."""
        if not self._before_gaps:
            return True
        run = EarliestFirst(self._rest, self._clock)
        run.begin_with(self._backlog, self._now)
        run.pass_time(unit, minutes)
        return all(segment.end <= self._targets[segment.unit] for segment in run.segments())
