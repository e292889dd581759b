"""Pour units through sittings: each goes to the track that is owed most, unless a deadline would break.

The rule is the gated share (theorems T1-T3): a sitting goes to the track with the larger lag as long as every deadline
keeps enough slack for it; otherwise to the earliest deadline. Sessions that are kept are poured as they were, and a
track keeps its turn while that leaves the balance within a session. Calendars, dates and pages are not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from curriculum.model.plan import Reason
from curriculum.schedule.backlog import Backlog, BacklogEntry
from curriculum.schedule.deadlines import Deadlines
from curriculum.schedule.demand import Demand
from curriculum.schedule.fixed_sessions import FixedSession
from curriculum.schedule.lag import Lag
from curriculum.schedule.slots import Slot

NOTHING = Fraction(0)
NONE_KEPT: Mapping[int, tuple[FixedSession, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Block:
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
class Allocation:
    """The outcome of a pouring.

    Attributes:
        sittings: In calendar order.
        left: Minutes of each unit that found no place.
        available: Minute at which each unit could first be studied; NEVER if that did not come.
        enabler: The prerequisite that finished last; -1 when there is none.
        largest_lag: The most minutes a track was ever owed.
        owed: Minutes the first track is owed in the end.
    """

    sittings: tuple[Block, ...]
    left: tuple[int, ...]
    available: tuple[int, ...]
    enabler: tuple[int, ...]
    largest_lag: int
    owed: Fraction


def allocate(
    demand: Demand,
    slots: Sequence[Slot],
    targets: Sequence[int],
    shares: tuple[Fraction, Fraction],
    shortest: int,
    owed: Fraction = NOTHING,
    kept: Mapping[int, tuple[FixedSession, ...]] = NONE_KEPT,
    turns: Turns = NO_TURNS,
) -> Allocation:
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
    backlog = Backlog(
        demand,
        targets,
        (piece for inside in kept.values() for one in inside for piece in one.pieces),
    )
    pouring = _Pouring(
        demand, backlog, Deadlines(targets, demand.efforts), Lag(shares, owed), turns, shortest
    )
    for start, end in slots:
        if not backlog.unfinished:
            break
        pouring.fill(start, end, kept.get(start, ()))
    return Allocation(
        sittings=tuple(pouring.sittings),
        left=backlog.outstanding,
        available=tuple(backlog.available),
        enabler=tuple(backlog.enabler),
        largest_lag=pouring.lag.largest,
        owed=pouring.lag.owed,
    )


class _Pouring:
    """The state of one pouring; it lives for one call of `pour`."""

    def __init__(
        self,
        demand: Demand,
        backlog: Backlog,
        deadlines: Deadlines,
        lag: Lag,
        turns: Turns,
        shortest: int,
    ) -> None:
        self.demand, self.backlog, self.deadlines, self.lag = demand, backlog, deadlines, lag
        self.turns, self.shortest = turns, shortest
        self.sittings: list[Block] = []

    def fill(self, now: int, end: int, kept: tuple[FixedSession, ...]) -> None:
        """Pour units through one slot, around the kept sessions in it."""
        track = -1
        for one in kept:
            self._flow(now, one.start, track, [])
            self._keep(one)
            now, track = one.end, one.track
        self._flow(now, end, track, [])

    def _keep(self, kept: FixedSession) -> None:
        """Pour a kept session; what its pieces leave of it goes on like any other time."""
        self.backlog.admit(kept.start)
        because, now = self._why_kept(kept), kept.start
        for unit, minutes in kept.pieces:
            end = now + minutes
            while now < end:
                self.backlog.admit(now)
                run = min(end, self.backlog.next_release) - now
                self._count(unit, run)
                self.backlog.redeem(unit, run, now + run)
                now += run
        self._flow(now, kept.end, kept.track, list(kept.pieces), because)

    def _why_kept(self, kept: FixedSession) -> Reason:
        """Return why a kept session was planned; KEPT when the balance would give the time to the other track now."""
        if kept.because in (Reason.ORDER, Reason.DEADLINE):
            return kept.because
        if not self.backlog.has_work(1 - kept.track):
            return Reason.ORDER
        fair = self.lag.most_owed() == kept.track or self._is_fair(kept.track, kept.minutes)
        return Reason.BALANCE if fair else Reason.KEPT

    def _flow(
        self,
        now: int,
        end: int,
        track: int,
        pieces: list[tuple[int, int]],
        because: Reason = Reason.ORDER,
    ) -> None:
        """Pour units from one minute to another, after `pieces` of a track that had the time before."""
        backlog, tracks = self.backlog, self.demand.tracks
        begin = now - sum(minutes for _, minutes in pieces) if pieces else now
        while now < end:
            backlog.admit(now)
            unit, reason = self._choose(track, now, end - now)
            goes_on = unit >= 0 and tracks[unit] == track and bool(pieces)
            if unit < 0 or not (goes_on or self._is_worth_it(end - now)):
                pause = (min(end, backlog.next_release) if unit < 0 else end) - now
                self.deadlines.rest(pause)
                self._close(begin, track, because, pieces)
                now, track, pieces = now + pause, -1, []
                continue
            if not goes_on:
                self._close(begin, track, because, pieces)
                track, because, begin, pieces = tracks[unit], reason, now, []
            run = min(end - now, backlog.left[unit], backlog.next_release - now)
            self._study(unit, now, run)
            before = pieces.pop()[1] if pieces and pieces[-1][0] == unit else 0
            pieces.append((unit, before + run))
            now += run
        self._close(begin, track, because, pieces)

    def _close(
        self, begin: int, track: int, because: Reason, pieces: list[tuple[int, int]]
    ) -> None:
        if pieces:
            self.sittings.append(Block(begin, track, because, tuple(pieces)))

    def _is_worth_it(self, minutes: int) -> bool:
        """Say whether something new may begin in a rest of a sitting: in a short one only if a deadline needs it."""
        return minutes >= self.shortest or not self.deadlines.bear_rest(minutes)

    def _choose(self, track: int, now: int, room: int) -> tuple[int, Reason]:
        """Return the unit to study next and why its track may have the time; -1 when there is no work."""
        first, second = self.backlog.head(0), self.backlog.head(1)
        if first is None or second is None:
            alone = first or second
            return (alone[1], Reason.ORDER) if alone else (-1, Reason.ORDER)
        urgent = min(first, second)
        preferred = (first, second)[track if track >= 0 else self.lag.most_owed()]
        needed = room if track < 0 else min(room, self.backlog.left[preferred[1]])
        safe = preferred is urgent or self.deadlines.bear(preferred[1], needed)
        chosen = preferred if safe else urgent
        if track < 0 and now in self.turns.tracks:
            turn = (first, second)[self.turns.tracks[now]]
            if turn is not chosen and self._may_keep_turn(turn, urgent, room):
                return turn[1], Reason.BALANCE
        return chosen[1], Reason.BALANCE if safe else Reason.DEADLINE

    def _may_keep_turn(self, turn: BacklogEntry, urgent: BacklogEntry, room: int) -> bool:
        """Say whether the head of a track may have the room because its track had it before."""
        safe = turn is urgent or self.deadlines.bear(turn[1], room)
        return safe and self._is_fair(self.demand.tracks[turn[1]], room)

    def _is_fair(self, track: int, minutes: int) -> bool:
        """Say whether a track may have so many minutes without either being owed more than the turns allow."""
        return self.lag.stays_within(self.turns.most, track, minutes)

    def _study(self, unit: int, now: int, run: int) -> None:
        self._count(unit, run)
        self.deadlines.study(unit, run)
        if self.backlog.place(unit, run, now + run):
            self.deadlines.settle(unit)

    def _count(self, unit: int, run: int) -> None:
        """Count minutes of a unit for the balance, if the other track could have had them; its work is open now."""
        track = self.demand.tracks[unit]
        if self.backlog.has_work(1 - track):
            self.lag.count(track, run)
        self.backlog.begin(unit)
