"""What is left of a demand, and which unit of each track comes next."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence

from curriculum.progress.supply import Supply
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.gaps import Openings

BacklogEntry = tuple[int, int]
"""Target work minute (NEVER without one) and unit: the order within a track."""

TEXTBOOKS, PAPERS = 0, 1
MOST_OPEN_TEXTBOOKS = 2
"""A second textbook may be opened for what the papers wait for, and no third one."""


class Backlog:
    """The units of a demand: waiting for others, held back by a release, ready, or finished.

    Attributes:
        left: Minutes of each unit without those reserved in fixed sessions.
        unfinished: How many units are not finished.
        available: Minute at which each unit could first be studied; NEVER if that did not come.
        enabler: The prerequisite that finished last; -1 when there is none.
        supply: What each track can study without waiting for the other.
        now: The minute up to which what is released was made ready.
        openings: From when on gaps let units start; None when there are no gaps.
    """

    def __init__(
        self,
        demand: Demand,
        targets: Sequence[int],
        reserved: Iterable[tuple[int, int]],
    ) -> None:
        """Start with everything undone.

        Args:
            demand: What is to be studied besides what is reserved, in need order.
            targets: Work minute by which each unit is to be finished.
            reserved: Units and minutes of fixed sessions.
        """
        count = len(demand.units)
        self.left = list(demand.efforts)
        self.unfinished = count
        self.now = 0
        self.available = [NEVER] * count
        self.enabler = [-1] * count
        self._demand = demand
        self._targets = targets
        self._reserved = Counter[int]()
        for unit, minutes in reserved:
            self._reserved[unit] += minutes
        self.supply = Supply(demand.before, demand.after, demand.tracks, self.outstanding)
        self._ready: tuple[list[BacklogEntry], list[BacklogEntry]] = ([], [])
        self._ready_open: tuple[list[BacklogEntry], list[BacklogEntry]] = ([], [])
        self._waiting = [len(others) for others in demand.before]
        self.openings = None
        if demand.gaps is not None:
            self.openings = Openings(demand.gaps, demand.after)
        self._held: list[tuple[int, int]] = []
        for unit, waits in enumerate(self._waiting):
            if not waits:
                release = demand.releases[unit]
                self._held.append((release, unit))
        heapq.heapify(self._held)
        self._prepare_works()

    def _prepare_works(self) -> None:
        demand = self._demand
        count = max(demand.works, default=-1) + 1
        self._open = [False] * count
        self._open_count = [0, 0]
        self._work_left = [0] * count
        self._work_ready: list[list[int]] = [[] for _ in range(count)]
        for work, track in zip(demand.works, demand.tracks, strict=True):
            self._work_left[work] += 1
            if work in demand.opened and not self._open[work]:
                self._open[work] = True
                self._open_count[track] += 1

    @property
    def outstanding(self) -> tuple[int, ...]:
        """Minutes of each unit that found no place, reserved ones among them."""
        minutes = list(self.left)
        for unit, reserved in self._reserved.items():
            minutes[unit] += reserved
        return tuple(minutes)

    def track_of(self, unit: int) -> int:
        """Return the index of the track of a unit."""
        return self._demand.tracks[unit]

    def outstanding_of(self, unit: int) -> int:
        """Return the minutes of a unit that found no place yet, reserved ones among them."""
        return self.left[unit] + self._reserved[unit]

    @property
    def gap_until(self) -> tuple[int, ...]:
        """Minute until which gaps held each unit back, 0 where none did; empty without gaps."""
        if self.openings is None:
            return ()
        return tuple(self.openings.gap_until)

    @property
    def next_release(self) -> int:
        """The minute at which something more can be studied; NEVER when nothing is held back."""
        if not self._held:
            return NEVER
        return self._held[0][0]

    def admit(self, now: int) -> None:
        """Make ready what is released by now."""
        self.now = now
        held = self._held
        while held and held[0][0] <= now:
            # Units without a release and prerequisites are held since 0: available from the start.
            since, unit = heapq.heappop(held)
            self.available[unit] = since or now
            self._make_ready(unit)

    def _make_ready(self, unit: int) -> None:
        target = self._targets[unit]
        entry = (target, unit)
        track = self._demand.tracks[unit]
        work = self._demand.works[unit]
        heapq.heappush(self._ready[track], entry)
        if self._open[work]:
            heapq.heappush(self._ready_open[track], entry)
        else:
            self._work_ready[work].append(unit)

    def head(self, track: int) -> BacklogEntry | None:
        """Return the next unit of a track: by deadline, then open works, then in need order."""
        nearest = self._top(self._ready[track])
        nearest_open = self._top(self._ready_open[track])
        if nearest is None or nearest_open is None or nearest[0] < nearest_open[0]:
            return nearest
        if self.may_open(track):
            return nearest
        return nearest_open

    def may_open(self, track: int) -> bool:
        """Return whether one more textbook may be opened: the papers wait for something in it."""
        if track != TEXTBOOKS or self._open_count[TEXTBOOKS] >= MOST_OPEN_TEXTBOOKS:
            return False
        return self._top(self._ready[PAPERS]) is None

    def is_finished(self, unit: int) -> bool:
        """Return whether nothing of a unit is left, reserved or not."""
        return not self.left[unit] and unit not in self._reserved

    def is_ready(self, unit: int) -> bool:
        """Return whether a unit can be studied, apart from what is reserved of it."""
        return self.available[unit] < NEVER and self.left[unit] > 0

    def may_begin(self, unit: int) -> bool:
        """Return whether not too many works are open for a unit that the other track waits for."""
        if self._open[self._demand.works[unit]]:
            return True
        track = self._demand.tracks[unit]
        if track == TEXTBOOKS and self._open_count[TEXTBOOKS] < MOST_OPEN_TEXTBOOKS:
            return True
        return self._top(self._ready_open[track]) is None

    def _top(self, heap: list[BacklogEntry]) -> BacklogEntry | None:
        # A unit is in up to two heaps, so a finished one is dropped only when it comes up.
        left = self.left
        while heap and not left[heap[0][1]]:
            heapq.heappop(heap)
        if not heap:
            return None
        return heap[0]

    def has_work(self, track: int) -> bool:
        """Return whether something of a track can be studied, reserved or not."""
        if self._top(self._ready[track]) is not None:
            return True
        for unit in self._reserved:
            is_available = self.available[unit] < NEVER
            if is_available and self._demand.tracks[unit] == track:
                return True
        return False

    def open_work(self, unit: int) -> None:
        """Open the work of a unit, if it is not open."""
        work = self._demand.works[unit]
        if self._open[work]:
            return
        track = self._demand.tracks[unit]
        self._open[work] = True
        self._open_count[track] += 1
        ready_open = self._ready_open[track]
        for other in self._work_ready[work]:
            target = self._targets[other]
            heapq.heappush(ready_open, (target, other))

    def place(
        self,
        unit: int,
        minutes: int,
        now: int,
    ) -> bool:
        """Take minutes, which end now, from what is left of a unit.

        Returns:
            Whether the unit needs no more time than what is reserved for it.
        """
        self.left[unit] -= minutes
        if self.left[unit]:
            return False
        if unit not in self._reserved:
            self._finish(unit, now)
        return True

    def place_reserved(
        self,
        unit: int,
        minutes: int,
        now: int,
    ) -> None:
        """Take minutes, which end now, from what is reserved of a unit."""
        self._reserved[unit] -= minutes
        if self._reserved[unit]:
            return
        del self._reserved[unit]
        if not self.left[unit]:
            self._finish(unit, now)

    def _finish(self, unit: int, now: int) -> None:
        self.unfinished -= 1
        self.supply.finish(unit)
        demand = self._demand
        work = demand.works[unit]
        self._work_left[work] -= 1
        if not self._work_left[work]:
            track = demand.tracks[unit]
            self._open_count[track] -= 1
        if self.openings is not None:
            self.openings.finish(unit, now)
        for other in demand.after[unit]:
            self._waiting[other] -= 1
            if self._waiting[other]:
                continue
            self.enabler[other] = unit
            release = max(demand.releases[other], now)
            if self.openings is not None:
                release = self._after_gap(other, release)
            heapq.heappush(self._held, (release, other))

    def _after_gap(self, unit: int, release: int) -> int:
        """Return the minute from which a unit may start, no earlier than a release."""
        assert self.openings is not None, "it is asked for where there are gaps"
        until = self.openings.gap_until[unit]
        if until <= release:
            return release
        after = self.openings.gap_after[unit]
        if after >= 0:
            self.enabler[unit] = after
        return until
