"""Pour units through sittings: each goes to the track that is owed most, unless a deadline would break.

The rule is the gated share (theorems T1-T3): a sitting goes to the track with the larger lag as long as every deadline
keeps enough slack for it; otherwise to the earliest deadline. Sessions that are kept are poured as they were, and a
track keeps its turn while that leaves the balance within a session. Calendars, dates and pages are not known here.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from types import MappingProxyType

from curriculum.model.plan import Reason
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.kept import Kept
from curriculum.schedule.slack import Slack
from curriculum.schedule.slots import Slot

NOTHING = Fraction(0)
NONE_KEPT: Mapping[int, tuple[Kept, ...]] = MappingProxyType({})

Entry = tuple[int, int]
"""Target work minute (NEVER without one) and unit: the order within a track."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was poured into one sitting, or into the part of it that one track got.

    Attributes:
        start: Minute since the epoch.
        track: Index of the track.
        because: BALANCE, DEADLINE, ORDER when only this track had work, or KEPT.
        pieces: Unit and minutes, in order.
    """

    start: int
    track: int
    because: Reason
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Turns:
    """Whose turn it was in the plan before.

    Attributes:
        tracks: Minute at which a session began to the index of its track.
        most: A turn is kept as long as no track is owed more minutes than this.
    """

    tracks: Mapping[int, int] = field(default_factory=dict)
    most: int = 0


NO_TURNS = Turns()


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
    kept: Mapping[int, tuple[Kept, ...]] = NONE_KEPT,
    turns: Turns = NO_TURNS,
) -> Poured:
    """Return the units poured through the slots.

    Args:
        demand: What is to be studied besides what is kept, in need order.
        slots: Sittings in calendar order; work time counts their minutes, except those of kept sessions.
        targets: Work minute by which each unit must be finished, NEVER without one; together they must be feasible.
        shares: The share of each track; only the ratio matters.
        shortest: A rest of a sitting shorter than this stays free, unless a deadline needs it.
        owed: Minutes the first track is owed to begin with; the other is owed the opposite.
        kept: Start of a slot to the kept sessions in it; all they require can be finished in time.
        turns: Whose turn it was before.
    """
    pouring = _Pouring(demand, targets, shortest)
    pouring.share(shares, owed, turns)
    pouring.promise(kept)
    for start, end in slots:
        if not pouring.unfinished:
            break
        pouring.fill(start, end, kept.get(start) if kept else None)
    return pouring.outcome()


class _Pouring:
    """The state of one pouring; it lives for one call of `pour`."""

    def __init__(self, demand: Demand, targets: Sequence[int], shortest: int) -> None:
        self.demand, self.targets, self.shortest = demand, targets, shortest
        self.left = list(demand.efforts)  # without promised minutes
        self.unfinished = len(self.left)
        self.sittings: list[Sitting] = []
        self._promised: Counter[int] = Counter()
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

    def share(self, shares: tuple[Fraction, Fraction], owed: Fraction, turns: Turns) -> None:
        """Set the share of each track, what the first one is owed to begin with, and whose turn it was before."""
        scale = lcm(*(share.denominator for share in shares)) * (owed / sum(shares)).denominator
        self._shares = tuple(int(share * scale) for share in shares)
        self._owed = int(owed * sum(self._shares))  # kept times the sum of the shares, so that it is a whole number
        self._most_owed = 0
        self._turns, self._most_in_turn = turns.tracks, turns.most * sum(self._shares)
        self._first_choice = 0 if self._shares[0] >= self._shares[1] else 1

    def promise(self, kept: Mapping[int, tuple[Kept, ...]]) -> None:
        """Keep back the minutes of kept sessions."""
        for one in (one for inside in kept.values() for one in inside):
            for unit, minutes in one.pieces:
                self._promised[unit] += minutes

    def outcome(self) -> Poured:
        """Return what was poured so far."""
        return Poured(
            sittings=tuple(self.sittings),
            left=tuple(left + self._promised.get(unit, 0) for unit, left in enumerate(self.left)),
            available=tuple(self._available),
            enabler=tuple(self._enabler),
            largest_lag=-(-self._most_owed // sum(self._shares)),
            owed=Fraction(self._owed, sum(self._shares)),
        )

    def fill(self, now: int, end: int, kept: tuple[Kept, ...] | None) -> None:
        """Pour units through one slot, around the kept sessions in it."""
        track = -1
        for one in kept or ():
            self._flow(now, one.start, track, [])
            self._keep(one)
            now, track = one.end, one.track
        self._flow(now, end, track, [])

    def _keep(self, kept: Kept) -> None:
        """Pour a kept session; what its pieces leave of it goes on like any other time."""
        self._admit(kept.start)
        because, now = self._why_kept(kept), kept.start
        for unit, minutes in kept.pieces:
            end = now + minutes
            while now < end:
                self._admit(now)
                run = min(end, self._held[0][0] if self._held else end) - now
                self._redeem(unit, now, run)
                now += run
        self._flow(now, kept.end, kept.track, list(kept.pieces), because)

    def _why_kept(self, kept: Kept) -> Reason:
        """Return why a kept session was planned; KEPT when the balance would give the time to the other track now."""
        if kept.because in (Reason.ORDER, Reason.DEADLINE):
            return kept.because
        if not self._has_work(1 - kept.track):
            return Reason.ORDER
        fair = self._most_owed_track() == kept.track or self._is_fair(kept.track, kept.minutes)
        return Reason.BALANCE if fair else Reason.KEPT

    def _flow(
        self, now: int, end: int, track: int, pieces: list[tuple[int, int]], because: Reason = Reason.ORDER
    ) -> None:
        """Pour units from one minute to another, after `pieces` of a track that had the time before."""
        begin = now - sum(minutes for _, minutes in pieces) if pieces else now
        while now < end:
            self._admit(now)
            unit, reason = self._choose(track, now, end - now)
            if unit < 0 or (
                (self.demand.tracks[unit] != track or not pieces)
                and end - now < self.shortest
                and self._may_rest(end - now)
            ):
                pause = min(end, self._held[0][0] if unit < 0 and self._held else end) - now
                self._slack.spend(self._marks, pause)
                self._close(begin, track, because, pieces)
                now, track, pieces = now + pause, -1, []
                continue
            if self.demand.tracks[unit] != track or not pieces:
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

    def _choose(self, track: int, now: int, room: int) -> tuple[int, Reason]:
        """Return the unit to study next and why its track may have the time; -1 when there is no work."""
        first, second = self._head(0), self._head(1)
        if first is None or second is None:
            alone = first or second
            return (alone[1], Reason.ORDER) if alone else (-1, Reason.ORDER)
        urgent = min(first, second)
        preferred = (first, second)[track if track >= 0 else self._most_owed_track()]
        needed = room if track < 0 else min(room, self.left[preferred[1]])
        safe = preferred is urgent or self._slack.least(self._rank[preferred[1]]) >= needed
        chosen = preferred if safe else urgent
        if track < 0 and now in self._turns:
            turn = (first, second)[self._turns[now]]
            if turn is not chosen and self._may_keep_turn(turn, urgent, room):
                return turn[1], Reason.BALANCE
        return chosen[1], Reason.BALANCE if safe else Reason.DEADLINE

    def _may_keep_turn(self, turn: Entry, urgent: Entry, room: int) -> bool:
        """Say whether the head of a track may have the room because its track had it before."""
        safe = turn is urgent or self._slack.least(self._rank[turn[1]]) >= room
        return safe and self._is_fair(self.demand.tracks[turn[1]], room)

    def _is_fair(self, track: int, minutes: int) -> bool:
        """Say whether a track may have so many minutes without either being owed more than the turns allow."""
        return abs(self._owed + (minutes if track else -minutes) * self._shares[1 - track]) <= self._most_in_turn

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
        self._count(unit, run)
        rank = self._rank[unit]
        if rank > self._first_due:
            self._slack.spend(rank, run)
        self.left[unit] -= run
        if not self.left[unit]:
            self._settle(rank)
            if unit not in self._promised:
                self._finish(unit, now + run)

    def _redeem(self, unit: int, now: int, run: int) -> None:
        """Study promised minutes, which are outside of work time."""
        self._count(unit, run)
        self._promised[unit] -= run
        if not self._promised[unit]:
            del self._promised[unit]
            if not self.left[unit]:
                self._finish(unit, now + run)

    def _count(self, unit: int, run: int) -> None:
        """Count minutes of a unit for the balance; its work is open from now on."""
        track, work = self.demand.tracks[unit], self.demand.works[unit]
        if self._has_work(1 - track):
            self._owed += (run if track else -run) * self._shares[1 - track]
            self._most_owed = max(self._most_owed, abs(self._owed))
        if not self._open[work]:
            self._open_work(work, track)

    def _has_work(self, track: int) -> bool:
        """Say whether something of a track can be studied, be it promised."""
        if self._top(self._ready[track]) is not None:
            return True
        if not self._promised:
            return False
        return any(self.demand.tracks[unit] == track and self._available[unit] < NEVER for unit in self._promised)

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
        for other in self.demand.after[unit]:
            self._waiting[other] -= 1
            if not self._waiting[other]:
                self._enabler[other] = unit
                heapq.heappush(self._held, (max(self.demand.releases[other], now), other))

    def _settle(self, rank: int) -> None:
        """Forget the deadlines by which nothing more has to be placed, once a unit of some rank needs no more time."""
        self._due_left[rank] -= 1
        while self._first_due < self._marks and not self._due_left[self._first_due]:
            self._slack.forget(self._first_due)
            self._first_due += 1
