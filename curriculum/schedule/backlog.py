"""What is left of a demand, and what of it can be studied now, by track; who gets the time is not decided here."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence

from curriculum.schedule.demand import NEVER, Demand

BacklogEntry = tuple[int, int]
"""Target work minute (NEVER without one) and unit: the order within a track."""


class Backlog:
    """The units of a demand: waiting for others, held back until their release, ready, or finished.

    Attributes:
        left: Minutes of each unit without those that are promised to kept sessions.
        unfinished: How many units are not finished.
        available: Minute at which each unit could first be studied; NEVER if that did not come.
        enabler: The prerequisite that finished last; -1 when there is none.
    """

    def __init__(
        self, demand: Demand, targets: Sequence[int], promised: Iterable[tuple[int, int]]
    ) -> None:
        """Start with everything undone.

        Args:
            demand: What is to be studied besides what is promised, in need order.
            targets: Work minute by which each unit is to be finished.
            promised: Units and minutes of kept sessions.
        """
        self.left = list(demand.efforts)
        self.unfinished = len(self.left)
        self.available = [NEVER] * len(self.left)
        self.enabler = [-1] * len(self.left)
        self._demand, self._targets = demand, targets
        self._promised = Counter[int]()
        for unit, minutes in promised:
            self._promised[unit] += minutes
        self._waiting = [len(others) for others in demand.before]
        self._held = [
            (demand.releases[unit], unit) for unit, waits in enumerate(self._waiting) if not waits
        ]
        heapq.heapify(self._held)
        self._ready: tuple[list[BacklogEntry], list[BacklogEntry]] = ([], [])
        self._ready_open: tuple[list[BacklogEntry], list[BacklogEntry]] = ([], [])
        self._prepare_works()

    def _prepare_works(self) -> None:
        works = self._demand.works
        count = max(works, default=-1) + 1
        self._open = [work in self._demand.opened for work in range(count)]
        self._work_left = [0] * count
        self._work_ready: list[list[int]] = [[] for _ in range(count)]
        track_of = [0] * count
        for work, track in zip(works, self._demand.tracks, strict=True):
            self._work_left[work] += 1
            track_of[work] = track
        self._open_count = [0, 0]
        for work in range(count):
            self._open_count[track_of[work]] += self._open[work]

    @property
    def outstanding(self) -> tuple[int, ...]:
        """Minutes of each unit that found no place, promised ones among them."""
        return tuple(left + self._promised.get(unit, 0) for unit, left in enumerate(self.left))

    @property
    def next_release(self) -> int:
        """The minute at which something more can be studied; NEVER when nothing is held back."""
        return self._held[0][0] if self._held else NEVER

    def admit(self, now: int) -> None:
        """Make ready what is released by now."""
        while self._held and self._held[0][0] <= now:
            since, unit = heapq.heappop(self._held)
            self.available[unit] = since or now
            entry = (self._targets[unit], unit)
            track, work = self._demand.tracks[unit], self._demand.works[unit]
            heapq.heappush(self._ready[track], entry)
            if self._open[work]:
                heapq.heappush(self._ready_open[track], entry)
            else:
                self._work_ready[work].append(unit)

    def head(self, track: int) -> BacklogEntry | None:
        """Return the next unit of a track: by deadline, then of an open work, then in need order."""
        nearest, nearest_open = self._top(self._ready[track]), self._top(self._ready_open[track])
        if nearest is None or nearest_open is None or nearest[0] < nearest_open[0]:
            return nearest
        return nearest if self._may_open(track) else nearest_open

    def _may_open(self, track: int) -> bool:
        """Say whether a second textbook may be opened: the papers wait for something it holds."""
        return track == 0 and self._open_count[0] < 2 and self._top(self._ready[1]) is None

    def _top(self, heap: list[BacklogEntry]) -> BacklogEntry | None:
        while heap and not self.left[heap[0][1]]:
            heapq.heappop(heap)
        return heap[0] if heap else None

    def has_work(self, track: int) -> bool:
        """Say whether something of a track can be studied, be it promised."""
        if self._top(self._ready[track]) is not None:
            return True
        if not self._promised:
            return False
        return any(
            self._demand.tracks[unit] == track and self.available[unit] < NEVER
            for unit in self._promised
        )

    def begin(self, unit: int) -> None:
        """Open the work of a unit."""
        work = self._demand.works[unit]
        if self._open[work]:
            return
        track = self._demand.tracks[unit]
        self._open[work] = True
        self._open_count[track] += 1
        for other in self._work_ready[work]:
            heapq.heappush(self._ready_open[track], (self._targets[other], other))

    def place(self, unit: int, minutes: int, now: int) -> bool:
        """Take minutes, which end now, from what is left of a unit; return whether it needs no more time."""
        self.left[unit] -= minutes
        if self.left[unit]:
            return False
        if unit not in self._promised:
            self._finish(unit, now)
        return True

    def redeem(self, unit: int, minutes: int, now: int) -> None:
        """Take minutes, which end now, from what is promised of a unit."""
        self._promised[unit] -= minutes
        if not self._promised[unit]:
            del self._promised[unit]
            if not self.left[unit]:
                self._finish(unit, now)

    def _finish(self, unit: int, now: int) -> None:
        self.unfinished -= 1
        work = self._demand.works[unit]
        self._work_left[work] -= 1
        if not self._work_left[work]:
            self._open_count[self._demand.tracks[unit]] -= 1
        for other in self._demand.after[unit]:
            self._waiting[other] -= 1
            if not self._waiting[other]:
                self.enabler[other] = unit
                heapq.heappush(self._held, (max(self._demand.releases[other], now), other))
