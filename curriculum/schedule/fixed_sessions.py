"""Fix sessions in place that are pinned or begin too soon to be moved.

The minutes of a fixed session are reserved: they count neither as free time nor as work to be
placed. What a reserved unit requires is needed by then, and what requires the unit waits until
then. With that the rest is a planning problem of the same kind, and the theorems hold for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from curriculum.availability.worktime import WorkTime
from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import FreeDay, Reason, Session
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.edf import Segment, run_earliest_first
from curriculum.schedule.slots import Slot

WorkUntil = Callable[[int], int]
"""Work minutes before an instant, W(t)."""


@dataclass(frozen=True, slots=True)
class FixedSession:
    """A session that stays where it is.

    Attributes:
        start: Minute since the epoch.
        end: Minute since the epoch; where the pieces end earlier, the rest of the session is
            filled like other time.
        track: Index of the track.
        because: Why its track had the time when it was planned.
        pieces: Unit and minutes, in order, from the start on; at least one.
    """

    start: int
    end: int
    track: int
    because: Reason
    pieces: tuple[tuple[int, int], ...]

    @property
    def minutes(self) -> int:
        """The minutes that are reserved."""
        return sum(minutes for _, minutes in self.pieces)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What fixed sessions leave to be planned.

    Attributes:
        rest: The demand without the reserved minutes: an effort may be 0, what is needed for a
            fixed session is due by then, and what requires a reserved unit is released by the end
            of the unit's last fixed session.
        slots: In calendar order; a fixed session lies inside one.
        fixed: Start of a slot to the fixed sessions in it, in calendar order.
        needed: Unit to the minute by which a fixed session requires it to be finished.
    """

    rest: Demand
    slots: tuple[Slot, ...]
    fixed: Mapping[int, tuple[FixedSession, ...]] = field(default_factory=dict)
    needed: Mapping[int, int] = field(default_factory=dict)

    def sessions(self) -> Iterator[FixedSession]:
        """Yield the fixed sessions in calendar order."""
        for start in sorted(self.fixed):
            yield from self.fixed[start]

    def reserved_pieces(self) -> Iterator[tuple[int, int]]:
        """Yield unit and minutes of the pieces of all fixed sessions."""
        for session in self.sessions():
            yield from session.pieces

    def clock(self) -> WorkTime:
        """Return the clock that runs through the slots except for reserved minutes."""
        return WorkTime(self.unreserved(self.slots))

    def unreserved(self, slots: Iterable[Slot]) -> Iterator[Slot]:
        """Yield the time in some of the slots that fixed sessions leave."""
        for start, end in slots:
            now = start
            for one in self.fixed.get(start, ()):
                yield now, one.start
                now = one.start + one.minutes
            yield now, end


def still_valid(
    sessions: Sequence[Session],
    days: Sequence[FreeDay],
    start: int,
) -> tuple[Session, ...]:
    """Return the sessions that are not over at `start` and lie in free time, in calendar order.

    Of two that overlap, the one named first wins.
    """
    if not sessions:
        return ()
    stretches = sorted(stretch for day in days for stretch in day.intervals)
    found: list[Session] = []
    for session in sessions:
        is_ahead = session.end > start
        if is_ahead and _is_free(session, stretches) and _is_clear(session, found):
            found.append(session)
    return tuple(sorted(found, key=lambda session: session.start))


def _is_free(session: Session, stretches: Sequence[Slot]) -> bool:
    for begin, end in _touching(stretches, session):
        if begin <= session.start and session.end <= end:
            return True
    return False


def _is_clear(session: Session, others: Iterable[Session]) -> bool:
    return all(session.end <= other.start or other.end <= session.start for other in others)


def _touching(slots: Sequence[Slot], session: Session | FixedSession) -> Sequence[Slot]:
    """Return the slots that overlap a session, of sorted and disjoint ones."""
    first = bisect_right(
        slots,
        session.start,
        key=lambda slot: slot[1],
    )
    last = bisect_left(
        slots,
        session.end,
        key=lambda slot: slot[0],
    )
    return slots[first:last]


def reserve(
    demand: Demand,
    grid: tuple[Slot, ...],
    sessions: Sequence[Session],
    *,
    waits_allowed: bool = True,
) -> Remaining:
    """Return what sessions that stay in place leave to be planned.

    A piece stays when its unit needs the minutes and may be studied then, and when what it
    requires can be finished before, whatever that does to deadlines. The pieces of a session close
    up over those that do not stay.

    Args:
        demand: What is to be studied.
        grid: Slots in calendar order. A session that is not inside one becomes a slot of its own,
            and takes the place of those it overlaps.
        sessions: In calendar order, none overlapping another.
        waits_allowed: Whether a piece stays that requires what is still to be placed.
    """
    reserver = _Reserver(demand, grid, waits_allowed=waits_allowed)
    promises = _Promises()
    for session in sessions:
        promises = reserver.with_session(promises, session)
    return reserver.remaining(promises, demand.dues)


@dataclass(frozen=True, slots=True)
class _Promises:
    """The fixed sessions so far, and what follows from them for each unit.

    Attributes:
        fixed: In calendar order.
        minutes: Unit to the minutes reserved for it.
        needed: Unit to the minute by which a fixed session requires it.
        released: Unit to the end of the last fixed session of what it requires.
    """

    fixed: tuple[FixedSession, ...] = ()
    minutes: Mapping[int, int] = field(default_factory=dict)
    needed: Mapping[int, int] = field(default_factory=dict)
    released: Mapping[int, int] = field(default_factory=dict)


class _Reserver:
    """Adds sessions to promises, one after the other; it lives for one call of `reserve`."""

    def __init__(self, demand: Demand, grid: tuple[Slot, ...], *, waits_allowed: bool) -> None:
        self._waits_allowed = waits_allowed
        self._demand = demand
        self._grid = grid
        self._rows: dict[UnitId, int] = {}

    def with_session(self, promises: _Promises, session: Session) -> _Promises:
        """Return the promises with as many pieces of a session as can stay."""
        if not self._rows:
            self._rows = {unit: row for row, unit in enumerate(self._demand.units)}
        empty = _without_pieces(session)
        found = replace(promises, fixed=(*promises.fixed, empty))
        # Piece by piece: one that cannot stay must not take the others of its session with it.
        now = session.start
        for piece in session.pieces:
            unit = self._rows.get(piece.unit)
            if unit is None or self._demand.tracks[unit] != empty.track:
                continue
            still_needed = self._demand.efforts[unit] - found.minutes.get(unit, 0)
            minutes = min(piece.minutes, still_needed)
            if not self._fits(found, unit, minutes, now):
                continue
            more = self._with_piece(found, unit, minutes, now)
            if self._can_be_kept(more):
                found = more
                now += minutes
        if not found.fixed[-1].pieces:
            return promises
        return found

    def _fits(
        self,
        promises: _Promises,
        unit: int,
        minutes: int,
        now: int,
    ) -> bool:
        """Return whether a unit may be studied now, and ends before it is needed itself."""
        if minutes <= 0 or self._demand.releases[unit] > now:
            return False
        if promises.released.get(unit, 0) > now:
            return False
        return now + minutes <= promises.needed.get(unit, NEVER)

    def _with_piece(
        self,
        promises: _Promises,
        unit: int,
        minutes: int,
        now: int,
    ) -> _Promises:
        """Return the promises with one more piece, from minute `now` on, in the last session."""
        last = promises.fixed[-1]
        longer = replace(last, pieces=(*last.pieces, (unit, minutes)))
        reserved = promises.minutes.get(unit, 0) + minutes
        needed = dict(promises.needed)
        for other, latest in _required(unit, self._demand, now).items():
            needed[other] = min(latest, needed.get(other, latest))
        released = _released_by(unit, self._demand, now + minutes)
        return _Promises(
            fixed=(*promises.fixed[:-1], longer),
            minutes={**promises.minutes, unit: reserved},
            needed=needed,
            released=_latest(promises.released, released),
        )

    def _can_be_kept(self, promises: _Promises) -> bool:
        """Return whether all that fixed sessions require can be finished in time, if alone."""
        efforts = self._demand.efforts
        # The usual case, and it spares a whole run of EDF for each piece.
        if all(promises.minutes.get(unit, 0) == efforts[unit] for unit in promises.needed):
            return True
        if not self._waits_allowed:
            return False
        without_dues = (NEVER,) * len(self._demand.units)
        remaining = self.remaining(promises, without_dues)
        clock = remaining.clock()
        return _keeps(
            run_earliest_first(remaining.rest, clock),
            remaining.needed,
            clock.until,
        )

    def remaining(self, promises: _Promises, dues: tuple[int, ...]) -> Remaining:
        """Return what promises leave to be planned when units are due by some minutes."""
        if not promises.fixed:
            return Remaining(self._demand, self._grid)
        efforts = list(self._demand.efforts)
        for unit, minutes in promises.minutes.items():
            efforts[unit] -= minutes
        releases = list(self._demand.releases)
        for unit, minute in promises.released.items():
            releases[unit] = max(releases[unit], minute)
        rest = replace(
            self._demand,
            efforts=tuple(efforts),
            releases=tuple(releases),
            dues=_soonest(dues, promises.needed),
        )
        slots, fixed = _housed(self._grid, promises.fixed)
        return Remaining(
            rest,
            slots,
            fixed,
            promises.needed,
        )


def _without_pieces(session: Session) -> FixedSession:
    return FixedSession(
        start=session.start,
        end=session.end,
        track=TRACKS.index(session.track),
        because=session.because,
        pieces=(),
    )


def _required(unit: int, demand: Demand, now: int) -> dict[int, int]:
    """Return by when each unit that must come before another is to be finished for it to start."""
    found: dict[int, int] = {}
    waiting = [(unit, now)]
    while waiting:
        after, start = waiting.pop()
        for other in demand.before[after]:
            latest = start
            if demand.gaps is not None:
                latest = demand.gaps.needed_by(other, after, start)
            if latest < found.get(other, NEVER):
                found[other] = latest
                waiting.append((other, latest))
    return found


def _released_by(unit: int, demand: Demand, finish: int) -> dict[int, int]:
    """Return from when on the units that require a unit may start, once that is finished."""
    if demand.gaps is None:
        return dict.fromkeys(demand.after[unit], finish)
    return {other: demand.gaps.opening(unit, other, finish) for other in demand.after[unit]}


def _latest(earlier: Mapping[int, int], later: Mapping[int, int]) -> dict[int, int]:
    """Return the later minute of each unit."""
    found = dict(earlier)
    for unit, minute in later.items():
        found[unit] = max(minute, found.get(unit, minute))
    return found


def _keeps(
    segments: Iterable[Segment],
    needed: Mapping[int, int],
    until: WorkUntil,
) -> bool:
    for segment in segments:
        if segment.unit in needed and segment.end > until(needed[segment.unit]):
            return False
    return True


def _soonest(dues: Iterable[int], needed: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(min(due, needed.get(unit, NEVER)) for unit, due in enumerate(dues))


def _housed(
    grid: tuple[Slot, ...], sessions: tuple[FixedSession, ...]
) -> tuple[tuple[Slot, ...], dict[int, tuple[FixedSession, ...]]]:
    """Return slots so that every fixed session lies inside one, and the sessions by its start."""
    around = [_touching(grid, one) for one in sessions]
    crossed: set[Slot] = set()
    for one, slots in zip(sessions, around, strict=True):
        if not _is_inside(one, slots):
            crossed.update(slots)
    homes: dict[Slot, list[FixedSession]] = {}
    for one, slots in zip(sessions, around, strict=True):
        home = (one.start, one.end)
        if slots and slots[0] not in crossed:
            home = slots[0]
        homes.setdefault(home, []).append(one)
    every_slot = sorted(set(grid) - crossed | set(homes))
    return tuple(every_slot), {slot[0]: tuple(inside) for slot, inside in homes.items()}


def _is_inside(one: FixedSession, slots: Sequence[Slot]) -> bool:
    if len(slots) != 1:
        return False
    start, end = slots[0]
    return start <= one.start and one.end <= end


def least_late(
    segments: tuple[Segment, ...],
    remaining: Remaining,
    dues: tuple[int, ...],
    clock: WorkTime,
) -> tuple[Segment, ...]:
    """Return the schedule of least maximum lateness among those that let fixed sessions stay.

    Let L be that lateness. EDF with dues put off by L keeps what is needed, since that can be done
    (Theorem 1); so where it misses something with dues put off by less, L is larger. Where it
    keeps all with dues put off by a span of at most L, nothing is later than L: EDF makes the
    larger of the lateness of what is needed and the lateness of the rest less the span as small as
    possible, which is at most L less the span. So it is enough to find a span that keeps all that
    is needed while a minute less does not.

    Args:
        segments: EDF over the rest, which may miss what fixed sessions need when some due date is
            missed as well.
        remaining: What the fixed sessions leave to be planned.
        dues: Minutes by which units are due, without what fixed sessions need.
        clock: Work time.
    """
    if _keeps(segments, remaining.needed, clock.until):
        return segments
    # Put off by the larger span, every due date lies behind all needs: what is needed comes first,
    # and that it can be done then was checked piece by piece.
    misses = 0
    keeps = max(remaining.needed.values()) - min(dues) + 1
    while keeps - misses > 1:
        middle = (misses + keeps) // 2
        put_off = _run_put_off(
            remaining,
            dues,
            clock,
            middle,
        )
        if _keeps(put_off, remaining.needed, clock.until):
            keeps = middle
        else:
            misses = middle
    return _run_put_off(
        remaining,
        dues,
        clock,
        keeps,
    )


def _run_put_off(
    remaining: Remaining,
    dues: tuple[int, ...],
    clock: WorkTime,
    span: int,
) -> tuple[Segment, ...]:
    put_off = (min(due + span, NEVER) for due in dues)
    rest = replace(remaining.rest, dues=_soonest(put_off, remaining.needed))
    return run_earliest_first(rest, clock)
