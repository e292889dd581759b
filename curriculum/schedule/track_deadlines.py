"""How much time may go elsewhere before the deadlines, where hours belong to tracks (§4a).

What textbooks must do by one date and papers by another fits, if it is no more than the minutes
that are open to the textbooks until the first date or to the papers until the second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from curriculum.availability.track_hours import EITHER, NEITHER
from curriculum.availability.worktime import WorkTime
from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.demand import NEVER
from curriculum.schedule.slack_tree import AMPLE


@dataclass(frozen=True, slots=True)
class TrackWork:
    """What must be done by dates.

    Attributes:
        dates: Minute by which each unit must be finished; NEVER without one.
        efforts: Minutes of each unit.
        tracks: The track of each unit.
    """

    dates: Sequence[int]
    efforts: Sequence[int]
    tracks: Sequence[int]


class TrackDeadlines:
    """The slack before each pair of dates, one of each track.

    Time is counted in minutes of slots, by the tracks to which they are open.
    """

    def __init__(self, work: TrackWork, clocks: Sequence[WorkTime]) -> None:
        """Start before all time.

        Args:
            work: What must be done by which dates.
            clocks: The minutes for each track alone, and those that are open to both.
        """
        marks = sorted(set(work.dates) - {NEVER})
        self._rank = [bisect_left(marks, date) for date in work.dates]
        self._tracks = work.tracks
        self._count = len(marks)
        self._room = [[clock.until(mark) for mark in marks] for clock in clocks]
        self._needed = [[0] * (len(marks) + 1) for _ in range(2)]
        for unit, effort in enumerate(work.efforts):
            self._needed[work.tracks[unit]][self._rank[unit]] += effort
        self._passed = [0, 0, 0]
        self._kind = EITHER

    def enter(self, kind: int) -> None:
        """Note to which tracks the time is open from now on."""
        self._kind = kind

    def least(self) -> int:
        """Return the least slack of all pairs of dates, below 0 where not all of it fits."""
        return self._least((self._count, self._count), (0, 0))

    def most(self, unit: int) -> int:
        """Return the most minutes that a unit may have now, AMPLE without a limit."""
        if self._kind == NEITHER:
            return AMPLE
        limits = [self._count, self._count]
        limits[self._tracks[unit]] = self._rank[unit]
        return self._least_now(limits)

    def allow(self, unit: int, minutes: int) -> bool:
        """Return whether all else that is due can wait while a unit gets the minutes."""
        return self.most(unit) >= minutes

    def allow_idle(self, minutes: int) -> bool:
        """Return whether everything can wait for some minutes."""
        if self._kind == NEITHER:
            return True
        return self._least_now((self._count, self._count)) >= minutes

    def _least_now(self, limits: Sequence[int]) -> int:
        """Return the least slack of the pairs that the time of now counts for."""
        empty = [0, 0]
        if self._kind != EITHER:
            # Time for one track counts only where some work of that track is due.
            empty[self._kind] = AMPLE
        return self._least(limits, empty)

    def _least(self, limits: Sequence[int], empty: Sequence[int]) -> int:
        """Return the least slack of all pairs with a date of each track before its limit.

        Args:
            limits: For each track, the rank of the first date that is left out.
            empty: The slack in the hours of each track alone if nothing of it is due.
        """
        least = AMPLE
        due = [0, 0]
        # The least slack, in the hours of a track alone, of what is due by dates so far.
        alone = list(empty)
        for rank in range(max(limits)):
            slacks = self._slacks(rank, limits, due)
            alone = list(map(min, alone, slacks))
            shared = self._left(EITHER, rank)
            for slack, beside in zip(slacks, reversed(alone), strict=True):
                if slack < AMPLE:
                    least = min(least, slack + shared + beside)
        return least

    def _slacks(self, rank: int, limits: Sequence[int], due: list[int]) -> list[int]:
        """Return for each track the slack in its own hours before a date; AMPLE without work.

        Args:
            rank: The rank of the date.
            limits: For each track, the rank of the first date that is left out.
            due: Minutes of each track that are due before; brought up to date.
        """
        slacks = [AMPLE, AMPLE]
        for track in (0, 1):
            if rank < limits[track]:
                due[track] += self._needed[track][rank]
                if due[track]:
                    slacks[track] = self._left(track, rank) - due[track]
        return slacks

    def _left(self, kind: int, rank: int) -> int:
        return self._room[kind][rank] - self._passed[kind]

    def idle(self, minutes: int) -> None:
        """Let time pass in which nothing is studied."""
        if self._kind != NEITHER:
            self._passed[self._kind] += minutes

    def study(self, unit: int, minutes: int) -> None:
        """Let time pass in which a unit is studied."""
        self.idle(minutes)
        self._needed[self._tracks[unit]][self._rank[unit]] -= minutes

    def finish(self, unit: int) -> None:
        """Note that a unit needs no more time; its minutes are counted as they are studied."""
