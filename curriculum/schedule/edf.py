"""Earliest deadline first: the schedule that no other can beat on lateness (Theorem 1)."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Protocol

from curriculum.availability.worktime import WorkTime
from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.gaps import Openings


@dataclass(frozen=True, slots=True)
class Segment:
    """Minutes of work time given to one unit without a break: `start` to `end`, end exclusive."""

    unit: int
    start: int
    end: int


def run_earliest_first(demand: Demand, clock: WorkTime) -> tuple[Segment, ...]:
    """Return preemptive EDF over the units that have a due date, in work time from 0.

    With due dates inherited backward and ties by need order it keeps every prerequisite and has
    the smallest possible maximum lateness (Theorem 1). Units without a due date come after all
    others and cannot disturb it.

    Args:
        demand: What is to be studied.
        clock: Work time.
    """
    return tuple(EarliestFirst(demand, clock).segments())


class StudyState(Protocol):
    """What is left of each unit while it is studied."""

    left: list[int]
    openings: Openings | None

    def is_finished(self, unit: int) -> bool:
        """Return whether nothing of a unit is left."""


class EarliestFirst:
    """One person who always works on what is due first; it lives for one run."""

    def __init__(self, demand: Demand, clock: WorkTime) -> None:
        """Start with everything undone."""
        self._demand = demand
        self._clock = clock
        self._releases = [release and clock.until(release) for release in demand.releases]
        self._left = list(demand.efforts)
        self._waiting = [len(others) for others in demand.before]
        self._ready: list[tuple[int, int]] = []
        self._held: list[tuple[int, int]] = []
        self._now = 0
        for unit, waits in enumerate(self._waiting):
            if not waits:
                self._hold(unit)

    def begin_with(self, state: StudyState, now: int) -> None:
        """Go on from what is left at a work minute, in place of the beginning."""
        self._now = now
        self._left = list(state.left)
        self._held = []
        self._waiting = [0] * len(self._left)
        if state.openings is not None:
            for unit, until in enumerate(state.openings.gap_until):
                self._releases[unit] = max(self._releases[unit], self._clock.until(until))
        for unit, others in enumerate(self._demand.before):
            waits = sum(not state.is_finished(other) for other in others)
            self._waiting[unit] = waits
            if not waits and not state.is_finished(unit):
                self._hold(unit)

    def pass_time(self, unit: int | None, minutes: int) -> None:
        """Let work time pass in which one unit is studied, or none; one that is ready."""
        self._now += minutes
        if unit is None:
            return
        # It is finished with the other units, in no time, if nothing of it is left.
        self._left[unit] = max(0, self._left[unit] - minutes)

    def segments(self) -> Iterator[Segment]:
        """Yield what is studied, in order, until all that is due is done."""
        while segment := self._next_segment():
            yield segment

    def _next_segment(self) -> Segment | None:
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
        self._open_after_gaps(finished)
        for other in self._demand.after[finished]:
            self._waiting[other] -= 1
            if not self._waiting[other]:
                self._hold(other)

    def _open_after_gaps(self, finished: int) -> None:
        """Hold the next units of a work back for its gap."""
        gaps = self._demand.gaps
        # Beyond the time that was looked at, no day is known.
        if gaps is None or self._now > self._clock.total or not self._clock.total:
            return
        finish = self._clock.end_of(self._now)
        for other in self._demand.after[finished]:
            if gaps.between(finished, other):
                opening = self._clock.until(gaps.opening(finished, other, finish))
                self._releases[other] = max(self._releases[other], opening)


def completions(segments: tuple[Segment, ...]) -> dict[int, int]:
    """Return for each unit the work minute at which it is finished."""
    return {segment.unit: segment.end for segment in segments}
