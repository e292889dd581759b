"""Earliest deadline first: the schedule that no other can beat on lateness (Theorem 1)."""

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

    With due dates inherited backward and ties by need order it keeps every prerequisite and has
    the smallest possible maximum lateness (Theorem 1). Units without a due date come after all
    others and cannot disturb it.

    Args:
        demand: What is to be studied.
        work_until: Work minutes before an instant, W(t).
    """
    releases = [0] * len(demand.units)
    for unit, release in enumerate(demand.releases):
        if release:
            releases[unit] = work_until(release)
    machine = _Machine(demand, releases)
    segments = []
    while segment := machine.next_segment():
        segments.append(segment)
    return tuple(segments)


class _Machine:
    """One person who always works on what is due first; it lives for one run."""

    def __init__(self, demand: Demand, releases: Sequence[int]) -> None:
        self._demand = demand
        self._releases = releases
        self._left = list(demand.efforts)
        self._waiting = [len(others) for others in demand.before]
        self._ready: list[tuple[int, int]] = []
        self._held: list[tuple[int, int]] = []
        self._now = 0
        for unit, waits in enumerate(self._waiting):
            if not waits:
                self._hold(unit)

    def next_segment(self) -> Segment | None:
        """Return the next stretch of work; None when all that is due is done."""
        self._admit()
        if not self._ready:
            return None
        _, unit = self._ready[0]
        start = self._now
        end = start + self._left[unit]
        if self._held:
            # What is released next may be due earlier, so the choice is made again then.
            end = min(end, self._held[0][0])
        self._left[unit] -= end - start
        self._now = end
        # An effort may be 0 when all of it is reserved; what requires the unit still waits for it.
        if not self._left[unit]:
            self._finish()
        return Segment(unit, start, end)

    def _admit(self) -> None:
        """Make ready what is released by now; if nothing is, let time pass to the next release."""
        held = self._held
        if held and not self._ready:
            self._now = max(self._now, held[0][0])
        while held and held[0][0] <= self._now:
            _, unit = heapq.heappop(held)
            due = self._demand.dues[unit]
            heapq.heappush(self._ready, (due, unit))

    def _hold(self, unit: int) -> None:
        if self._demand.dues[unit] < NEVER:
            release = self._releases[unit]
            heapq.heappush(self._held, (release, unit))

    def _finish(self) -> None:
        _, finished = heapq.heappop(self._ready)
        for other in self._demand.after[finished]:
            self._waiting[other] -= 1
            if not self._waiting[other]:
                self._hold(other)


def completions(segments: tuple[Segment, ...]) -> dict[int, int]:
    """Return for each unit the work minute at which it is finished."""
    return {segment.unit: segment.end for segment in segments}
