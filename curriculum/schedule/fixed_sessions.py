"""Hold sessions in place that are pinned or too near to be moved; which track fills the other time is not known here.

The minutes of a kept session are promised: they count neither as free time nor as work to be placed. What a promised
unit requires is needed by then, and what requires the unit waits until then; with that, the rest is a planning problem
of the same kind, and the theorems hold for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from curriculum.availability.worktime import WorkTime
from curriculum.model.identifiers import TRACKS, UnitId
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
        end: Minute since the epoch; where the pieces end earlier, the rest of the session is filled like other time.
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
        """The minutes that are promised."""
        return sum(minutes for _, minutes in self.pieces)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What the kept sessions leave to be planned.

    Attributes:
        rest: The demand without the promised minutes: an effort may be 0, what is needed for a kept session is due by
            then, and what requires a promised unit is released by the end of its last kept session.
        slots: Sittings in calendar order; a kept session lies inside one.
        kept: Start of a slot to the kept sessions in it, in calendar order.
        needed: Unit to the minute by which it must be finished for a kept session that requires it.
    """

    rest: Demand
    slots: tuple[Slot, ...]
    kept: Mapping[int, tuple[FixedSession, ...]] = field(default_factory=dict)
    needed: Mapping[int, int] = field(default_factory=dict)

    def sessions(self) -> Iterator[FixedSession]:
        """Yield the kept sessions in calendar order."""
        for start in sorted(self.kept):
            yield from self.kept[start]

    def clock(self) -> WorkTime:
        """Return the clock that runs through the sittings except for promised minutes."""
        return WorkTime(
            stretch for slot in self.slots for stretch in _loose(slot, self.kept.get(slot[0], ()))
        )


def _loose(slot: Slot, kept: tuple[FixedSession, ...]) -> Iterator[Slot]:
    now, end = slot
    for one in kept:
        yield now, one.start
        now = one.start + one.minutes
    yield now, end


def still_valid(
    sessions: Sequence[Session], days: Sequence[FreeDay], start: int
) -> tuple[Session, ...]:
    """Return the sessions that are not over at `start` and lie in free time, in calendar order.

    Of two that overlap, the one named first stands.
    """
    stretches = sorted(stretch for day in days for stretch in day.intervals) if sessions else []
    found: list[Session] = []
    for session in sessions:
        free = any(
            begin <= session.start and session.end <= end
            for begin, end in _touching(stretches, session)
        )
        clear = all(session.end <= other.start or other.end <= session.start for other in found)
        if session.end > start and free and clear:
            found.append(session)
    return tuple(sorted(found, key=lambda session: session.start))


def _touching(slots: Sequence[Slot], session: Session | FixedSession) -> Sequence[Slot]:
    """Return the slots that overlap a session, of sorted and disjoint ones."""
    first = bisect_right(slots, session.start, key=lambda slot: slot[1])
    return slots[first : bisect_left(slots, session.end, key=lambda slot: slot[0])]


def reserve(demand: Demand, grid: tuple[Slot, ...], sessions: Sequence[Session]) -> Remaining:
    """Return what sessions that stay in place leave to be planned.

    A piece stays when its unit needs the minutes and may be studied then, and what it requires can be finished before,
    whatever that does to deadlines; pieces of a session close up over those that do not stay.

    Args:
        demand: What is to be studied.
        grid: Sittings in calendar order. A session that is not inside one becomes one of its own, and takes the place
            of those it overlaps.
        sessions: In calendar order, none overlapping another.
    """
    index = {unit: row for row, unit in enumerate(demand.units)} if sessions else {}
    promises = _Promises()
    for session in sessions:
        promises = _with_session(promises, session, demand, grid, index)
    return _held(promises, demand, grid, demand.dues)


@dataclass(frozen=True, slots=True)
class _Promises:
    """The kept sessions so far, and what follows from them for each unit."""

    kept: tuple[FixedSession, ...] = ()
    minutes: Mapping[int, int] = field(default_factory=dict)
    needed: Mapping[int, int] = field(default_factory=dict)
    released: Mapping[int, int] = field(default_factory=dict)


def _with_session(
    promises: _Promises,
    session: Session,
    demand: Demand,
    grid: tuple[Slot, ...],
    index: Mapping[UnitId, int],
) -> _Promises:
    """Return the promises with as many pieces of a session as can stay."""
    empty, now = (
        FixedSession(session.start, session.end, TRACKS.index(session.track), session.because, ()),
        session.start,
    )
    found = replace(promises, kept=(*promises.kept, empty))
    for piece in session.pieces:
        unit = index.get(piece.unit, -1)
        if unit < 0 or demand.tracks[unit] != empty.track:
            continue
        minutes = min(piece.minutes, demand.efforts[unit] - found.minutes.get(unit, 0))
        in_time = demand.releases[unit] <= now and now + minutes <= found.needed.get(unit, NEVER)
        if minutes > 0 and in_time:
            more = _with_piece(found, unit, minutes, now, demand)
            if _can_be_kept(more, demand, grid):
                found, now = more, now + minutes
    return found if found.kept[-1].pieces else promises


def _with_piece(
    promises: _Promises, unit: int, minutes: int, now: int, demand: Demand
) -> _Promises:
    """Return the promises with one more piece in the last session, which holds the unit from minute `now` on."""
    last = promises.kept[-1]
    needed = {other: min(now, promises.needed.get(other, now)) for other in _required(unit, demand)}
    released = dict.fromkeys(demand.after[unit], now + minutes)
    return _Promises(
        kept=(*promises.kept[:-1], replace(last, pieces=(*last.pieces, (unit, minutes)))),
        minutes={**promises.minutes, unit: promises.minutes.get(unit, 0) + minutes},
        needed={**promises.needed, **needed},
        released={**promises.released, **released},
    )


def _required(unit: int, demand: Demand) -> set[int]:
    """Return all that must be finished before a unit."""
    found: set[int] = set()
    waiting = list(demand.before[unit])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += demand.before[other]
    return found


def _can_be_kept(promises: _Promises, demand: Demand, grid: tuple[Slot, ...]) -> bool:
    """Say whether all that kept sessions require can be finished in time, with nothing else to do."""
    if all(promises.minutes.get(unit, 0) == demand.efforts[unit] for unit in promises.needed):
        return True
    held = _held(promises, demand, grid, (NEVER,) * len(demand.units))
    until = held.clock().until
    return _keeps(run_earliest_first(held.rest, until), held.needed, until)


def _keeps(runs: Iterable[Segment], needed: Mapping[int, int], until: WorkUntil) -> bool:
    return all(run.end <= until(needed[run.unit]) for run in runs if run.unit in needed)


def _held(
    promises: _Promises, demand: Demand, grid: tuple[Slot, ...], dues: tuple[int, ...]
) -> Remaining:
    if not promises.kept:
        return Remaining(demand, grid)
    efforts, releases = list(demand.efforts), list(demand.releases)
    for unit, minutes in promises.minutes.items():
        efforts[unit] -= minutes
    for unit, minute in promises.released.items():
        releases[unit] = max(releases[unit], minute)
    rest = replace(
        demand,
        efforts=tuple(efforts),
        releases=tuple(releases),
        dues=tuple(_soonest(dues, promises.needed)),
    )
    return Remaining(rest, *_housed(grid, promises.kept), promises.needed)


def _soonest(dues: Sequence[int], needed: Mapping[int, int]) -> Iterator[int]:
    for unit, due in enumerate(dues):
        yield min(due, needed.get(unit, NEVER))


def _housed(
    grid: tuple[Slot, ...], kept: tuple[FixedSession, ...]
) -> tuple[tuple[Slot, ...], dict[int, tuple[FixedSession, ...]]]:
    """Return the sittings once every kept session lies inside one, and the kept sessions by their sitting's start."""
    around = [_touching(grid, one) for one in kept]
    crossed = {
        slot
        for one, slots in zip(kept, around, strict=True)
        if not _is_inside(one, slots)
        for slot in slots
    }
    homes: dict[Slot, list[FixedSession]] = {}
    for one, slots in zip(kept, around, strict=True):
        own = not slots or slots[0] in crossed
        homes.setdefault((one.start, one.end) if own else slots[0], []).append(one)
    slots = sorted({*grid} - crossed | {*homes})
    return tuple(slots), {slot[0]: tuple(inside) for slot, inside in homes.items()}


def _is_inside(one: FixedSession, slots: Sequence[Slot]) -> bool:
    return len(slots) == 1 and slots[0][0] <= one.start and one.end <= slots[0][1]


def fixed_first(
    runs: tuple[Segment, ...], held: Remaining, dues: tuple[int, ...], until: WorkUntil
) -> tuple[Segment, ...]:
    """Return the schedule with the smallest maximum lateness among those that let every kept session stay.

    Let L be that lateness. EDF with dues put off by L keeps what is needed, since that can be done (Theorem 1); so
    where it misses something with dues put off by less, L is larger. Where it keeps all with dues put off by a span of
    at most L, nothing is later than L: EDF makes the larger of the lateness of what is needed and the lateness of the
    rest less the span as small as possible, which is at most L less the span. So it is enough to find a span that
    keeps all that is needed while a minute less does not.

    Args:
        runs: EDF over the rest, which may miss what kept sessions need when some due date is missed as well.
        held: What the kept sessions leave to be planned.
        dues: Minutes by which units are due, without what kept sessions need.
        until: Work minutes before an instant.
    """
    if _keeps(runs, held.needed, until):
        return runs
    missed, span = 0, max(held.needed.values()) - min(dues) + 1
    while span - missed > 1:
        middle = (missed + span) // 2
        kept = _keeps(_run_put_off(held, dues, until, middle), held.needed, until)
        missed, span = (missed, middle) if kept else (middle, span)
    return _run_put_off(held, dues, until, span)


def _run_put_off(
    held: Remaining, dues: tuple[int, ...], until: WorkUntil, span: int
) -> tuple[Segment, ...]:
    put_off = [due + span if due < NEVER else NEVER for due in dues]
    return run_earliest_first(replace(held.rest, dues=tuple(_soonest(put_off, held.needed))), until)
