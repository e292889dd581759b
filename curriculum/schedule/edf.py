"""Earliest deadline first: the schedule that no other can beat on lateness; tracks and balance are not known here."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curriculum.schedule.demand import NEVER, Demand


@dataclass(frozen=True, slots=True)
class Segment:
    """Minutes of work time given to one unit without a break: `start` to `end`, end exclusive."""

    unit: int
    start: int
    end: int


def run_earliest_first(demand: Demand, work_until: Callable[[int], int]) -> tuple[Segment, ...]:
    """Return preemptive EDF over the units that have a due date, in work time from 0.

    With due dates inherited backward and ties by need order it keeps every prerequisite and has the smallest possible
    maximum lateness (Theorem 1); units without a due date come after all others and cannot disturb it.

    Args:
        demand: What is to be studied.
        work_until: Work minutes before an instant, W(t).
    """
    machine = _Machine(
        demand, [work_until(release) if release else 0 for release in demand.releases]
    )
    runs = []
    while run := machine.next_run():
        runs.append(run)
    return tuple(runs)


class _Machine:
    """One person who always works on what is due first; it lives for one call of `run_earliest_first`."""

    def __init__(self, demand: Demand, releases: Sequence[int]) -> None:
        self._demand, self._releases = demand, releases
        self._left = list(demand.efforts)
        self._waiting = [len(others) for others in demand.before]
        self._ready: list[tuple[int, int]] = []
        self._held: list[tuple[int, int]] = []
        self._now = 0
        for unit, waits in enumerate(self._waiting):
            if not waits:
                self._hold(unit)

    def next_run(self) -> Segment | None:
        """Return the next stretch of work; None when all that is due is done."""
        if not self._ready and self._held:
            self._now = max(self._now, self._held[0][0])
        while self._held and self._held[0][0] <= self._now:
            unit = heapq.heappop(self._held)[1]
            heapq.heappush(self._ready, (self._demand.dues[unit], unit))
        if not self._ready:
            return None
        unit = self._ready[0][1]
        run = Segment(
            unit,
            self._now,
            min(self._now + self._left[unit], self._held[0][0] if self._held else NEVER),
        )
        self._left[unit] -= run.end - run.start
        self._now = run.end
        if not self._left[unit]:
            self._finish()
        return run

    def _hold(self, unit: int) -> None:
        if self._demand.dues[unit] < NEVER:
            heapq.heappush(self._held, (self._releases[unit], unit))

    def _finish(self) -> None:
        for other in self._demand.after[heapq.heappop(self._ready)[1]]:
            self._waiting[other] -= 1
            if not self._waiting[other]:
                self._hold(other)


def completions(runs: tuple[Segment, ...]) -> dict[int, int]:
    """Return for each unit the work minute at which it is finished."""
    return {run.unit: run.end for run in runs}
