"""Pour units through sittings: each goes to the track that is owed most, unless a deadline would break.

The rule is the gated share (theorems T1-T3): a sitting goes to the track with the larger lag as long as every deadline
keeps enough slack for it; otherwise to the earliest deadline. Calendars, dates and pages are not known here.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from curriculum.model.plan import Reason
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.slack import Slack
from curriculum.schedule.slots import Slot

NOTHING = Fraction(0)

Entry = tuple[int, int]
"""Target work minute (NEVER without one) and unit: the order within a track."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was poured into one sitting, or into the part of it that one track got.

    Attributes:
        start: Minute since the epoch.
        track: Index of the track.
        because: BALANCE, DEADLINE, or ORDER when only this track had work.
        pieces: Unit and minutes, in order.
    """

    start: int
    track: int
    because: Reason
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Poured:
    """The outcome of a pouring.

    Attributes:
        sittings: In calendar order.
        left: Minutes of each unit that found no place.
        available: Minute at which each unit could first be studied; NEVER if that did not come.
        enabler: The prerequisite that finished last; -1 when there is none.
        largest_lag: The most minutes a track was ever owed.
        owed: Minutes the first track is owed in the end.
    """

    sittings: tuple[Sitting, ...]
    left: tuple[int, ...]
    available: tuple[int, ...]
    enabler: tuple[int, ...]
    largest_lag: int
    owed: Fraction


def pour(
    demand: Demand,
    slots: Sequence[Slot],
    targets: Sequence[int],
    shares: tuple[Fraction, Fraction],
    shortest: int,
    owed: Fraction = NOTHING,
) -> Poured:
    """Return the units poured through the slots.

    Args:
        demand: What is to be studied, in need order.
        slots: Sittings in calendar order; work time counts their minutes.
        targets: Work minute by which each unit must be finished, NEVER without one; together they must be feasible.
        shares: The share of each track; only the ratio matters.
        shortest: A rest of a sitting shorter than this stays free, unless a deadline needs it.
        owed: Minutes the first track is owed to begin with; the other is owed the opposite.
    """
    pouring = _Pouring(demand, targets, shortest)
    pouring.share(shares, owed)
    for start, end in slots:
        if not pouring.unfinished:
            break
        pouring.fill(start, end)
    return pouring.outcome()


class _Pouring:
    """The state of one pouring; it lives for one call of `pour`."""

    def __init__(self, demand: Demand, targets: Sequence[int], shortest: int) -> None:
        self.demand, self.targets, self.shortest = demand, targets, shortest
        self.left = list(demand.efforts)
        self.unfinished = len(self.left)
        self.sittings: list[Sitting] = []
        self._waiting = [len(others) for others in demand.before]
        self._available = [NEVER] * len(self.left)
        self._enabler = [-1] * len(self.left)
        self._ready: tuple[list[Entry], list[Entry]] = ([], [])
        self._ready_open: tuple[list[Entry], list[Entry]] = ([], [])
        self._prepare_works()
        self._prepare_deadlines()
        self._held = [(demand.releases[unit], unit) for unit, waits in enumerate(self._waiting) if not waits]
        heapq.heapify(self._held)

    def _prepare_works(self) -> None:
        works = self.demand.works
        count = max(works, default=-1) + 1
        self._open = [work in self.demand.opened for work in range(count)]
        self._work_left = [0] * count
        self._work_ready: list[list[int]] = [[] for _ in range(count)]
        track_of = [0] * count
        for work, track in zip(works, self.demand.tracks, strict=True):
            self._work_left[work] += 1
            track_of[work] = track
        self._open_count = [0, 0]
        for work in range(count):
            self._open_count[track_of[work]] += self._open[work]

    def _prepare_deadlines(self) -> None:
        marks = sorted({target for target in self.targets if target < NEVER})
        position = {target: rank for rank, target in enumerate(marks)}
        position[NEVER] = len(marks)
        self._rank = [position[target] for target in self.targets]
        self._due_left = [0] * (len(marks) + 1)
        needed = [0] * (len(marks) + 1)
        for rank, effort in zip(self._rank, self.left, strict=True):
            self._due_left[rank] += 1
            needed[rank] += effort
        slacks, total = [], 0
        for mark, minutes in zip(marks, needed, strict=False):
            total += minutes
            slacks.append(mark - total)
        self._slack = Slack(slacks)
        self._first_due = 0
        self._marks = len(marks)

    def share(self, shares: tuple[Fraction, Fraction], owed: Fraction) -> None:
        """Set the share of each track, and what the first one is owed to begin with."""
        scale = lcm(*(share.denominator for share in shares)) * (owed / sum(shares)).denominator
        self._shares = tuple(int(share * scale) for share in shares)
        self._owed = int(owed * sum(self._shares))  # kept times the sum of the shares, so that it is a whole number
        self._most_owed = 0
        self._first_choice = 0 if self._shares[0] >= self._shares[1] else 1

    def outcome(self) -> Poured:
        """Return what was poured so far."""
        return Poured(
            sittings=tuple(self.sittings),
            left=tuple(self.left),
            available=tuple(self._available),
            enabler=tuple(self._enabler),
            largest_lag=-(-self._most_owed // sum(self._shares)),
            owed=Fraction(self._owed, sum(self._shares)),
        )

    def fill(self, now: int, end: int) -> None:
        """Pour units through one slot."""
        track, because, begin = -1, Reason.ORDER, now
        pieces: list[tuple[int, int]] = []
        while now < end:
            self._admit(now)
            unit, reason = self._choose(track, end - now)
            if unit < 0 or (
                self.demand.tracks[unit] != track and end - now < self.shortest and self._may_rest(end - now)
            ):
                pause = min(end, self._held[0][0] if unit < 0 and self._held else end) - now
                self._slack.spend(self._marks, pause)
                self._close(begin, track, because, pieces)
                now, track, pieces = now + pause, -1, []
                continue
            if self.demand.tracks[unit] != track:
                self._close(begin, track, because, pieces)
                track, because, begin, pieces = self.demand.tracks[unit], reason, now, []
            run = min(end - now, self.left[unit], self._held[0][0] - now if self._held else NEVER)
            self._study(unit, now, run)
            before = pieces.pop()[1] if pieces and pieces[-1][0] == unit else 0
            pieces.append((unit, before + run))
            now += run
        self._close(begin, track, because, pieces)

    def _close(self, begin: int, track: int, because: Reason, pieces: list[tuple[int, int]]) -> None:
        if pieces:
            self.sittings.append(Sitting(begin, track, because, tuple(pieces)))

    def _may_rest(self, minutes: int) -> bool:
        return self._slack.least(self._marks) >= minutes

    def _admit(self, now: int) -> None:
        """Make ready what is released by now."""
        while self._held and self._held[0][0] <= now:
            since, unit = heapq.heappop(self._held)
            self._available[unit] = since or now
            entry = (self.targets[unit], unit)
            track, work = self.demand.tracks[unit], self.demand.works[unit]
            heapq.heappush(self._ready[track], entry)
            if self._open[work]:
                heapq.heappush(self._ready_open[track], entry)
            else:
                self._work_ready[work].append(unit)

    def _choose(self, track: int, room: int) -> tuple[int, Reason]:
        """Return the unit to study next and why its track may have the time; -1 when there is no work."""
        first, second = self._head(0), self._head(1)
        if first is None or second is None:
            alone = first or second
            return (alone[1], Reason.ORDER) if alone else (-1, Reason.ORDER)
        urgent = min(first, second)
        preferred = (first, second)[track if track >= 0 else self._most_owed_track()]
        needed = room if track < 0 else min(room, self.left[preferred[1]])
        if preferred is urgent or self._slack.least(self._rank[preferred[1]]) >= needed:
            return preferred[1], Reason.BALANCE
        return urgent[1], Reason.DEADLINE

    def _most_owed_track(self) -> int:
        if self._owed == 0:
            return self._first_choice
        return 0 if self._owed > 0 else 1

    def _head(self, track: int) -> Entry | None:
        """Return the next unit of a track: by deadline, then of an open work, then in need order."""
        nearest, nearest_open = self._top(self._ready[track]), self._top(self._ready_open[track])
        if nearest is None or nearest_open is None or nearest[0] < nearest_open[0]:
            return nearest
        return nearest if self._may_open(track) else nearest_open

    def _may_open(self, track: int) -> bool:
        """Say whether a second textbook may be opened: the papers wait for something it holds."""
        return track == 0 and self._open_count[0] < 2 and self._top(self._ready[1]) is None

    def _top(self, heap: list[Entry]) -> Entry | None:
        while heap and not self.left[heap[0][1]]:
            heapq.heappop(heap)
        return heap[0] if heap else None

    def _study(self, unit: int, now: int, run: int) -> None:
        track, work = self.demand.tracks[unit], self.demand.works[unit]
        if self._top(self._ready[1 - track]) is not None:
            self._owed += (run if track else -run) * self._shares[1 - track]
            self._most_owed = max(self._most_owed, abs(self._owed))
        if not self._open[work]:
            self._open_work(work, track)
        if self._rank[unit] > self._first_due:
            self._slack.spend(self._rank[unit], run)
        self.left[unit] -= run
        if not self.left[unit]:
            self._finish(unit, now + run)

    def _open_work(self, work: int, track: int) -> None:
        self._open[work] = True
        self._open_count[track] += 1
        for unit in self._work_ready[work]:
            heapq.heappush(self._ready_open[track], (self.targets[unit], unit))

    def _finish(self, unit: int, now: int) -> None:
        self.unfinished -= 1
        work = self.demand.works[unit]
        self._work_left[work] -= 1
        if not self._work_left[work]:
            self._open_count[self.demand.tracks[unit]] -= 1
        self._due_left[self._rank[unit]] -= 1
        while self._first_due < self._marks and not self._due_left[self._first_due]:
            self._slack.forget(self._first_due)
            self._first_due += 1
        for other in self.demand.after[unit]:
            self._waiting[other] -= 1
            if not self._waiting[other]:
                self._enabler[other] = unit
                heapq.heappush(self._held, (max(self.demand.releases[other], now), other))
