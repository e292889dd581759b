"""Name what bound the start of a unit: prerequisite, release, deadline, balance or order (P8)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.plan import Placement, Reason, Session
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.planner import Allocation

Waits = tuple[tuple[Reason, int], ...]


def waits(
    demand: Demand,
    allocation: Allocation,
    sessions: tuple[Session, ...],
    starts: dict[UnitId, int],
) -> tuple[Waits, ...]:
    """Return for each unit the minutes given to others while it could have been studied, by reason.

    Time of the other track counts as BALANCE, or DEADLINE where a deadline forced it; time of its
    own track as ORDER, or DEADLINE for what is due when the unit itself is not.
    """
    clocks = (_TrackClock(), _TrackClock())
    instants = _run_clocks(clocks, demand, sessions)
    found: list[Waits] = []
    for unit, name in enumerate(demand.units):
        available = allocation.available[unit]
        if name not in starts or available == NEVER:
            found.append(())
            continue
        first = bisect_left(instants, available)
        last = bisect_left(instants, starts[name])
        track = demand.tracks[unit]
        own = clocks[track].between(first, last)
        other = clocks[1 - track].between(first, last)
        is_due = demand.dues[unit] < NEVER
        found.append(
            _by_reason(
                own,
                other,
                is_due=is_due,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Minutes:
    """Minutes of study of one track: all of them, those a deadline forced, those of due units."""

    all: int
    forced: int
    due: int


class _TrackClock:
    """Running totals of the minutes of one track before each piece of a plan."""

    def __init__(self) -> None:
        self._all = [0]
        self._forced = [0]
        self._due = [0]

    def add(
        self,
        minutes: int,
        *,
        forced: bool,
        due: bool,
    ) -> None:
        self._all.append(self._all[-1] + minutes)
        self._forced.append(self._forced[-1] + minutes * forced)
        self._due.append(self._due[-1] + minutes * due)

    def between(self, first: int, last: int) -> _Minutes:
        """Return the minutes of the pieces from one position to another, end exclusive."""
        if last <= first:
            return _Minutes(0, 0, 0)
        return _Minutes(
            self._all[last] - self._all[first],
            self._forced[last] - self._forced[first],
            self._due[last] - self._due[first],
        )


def _run_clocks(
    clocks: tuple[_TrackClock, _TrackClock],
    demand: Demand,
    sessions: tuple[Session, ...],
) -> list[int]:
    """Run both clocks through all pieces, and return the minute at which each piece begins."""
    due_units = set()
    for unit, due in zip(demand.units, demand.dues, strict=True):
        if due < NEVER:
            due_units.add(unit)
    instants = []
    for session in sessions:
        now = session.start
        track = TRACKS.index(session.track)
        forced = session.because is Reason.DEADLINE
        for piece in session.pieces:
            instants.append(now)
            clocks[track].add(
                piece.minutes,
                forced=forced,
                due=piece.unit in due_units,
            )
            # Both clocks tick at every piece, so that one position fits both.
            clocks[1 - track].add(0, forced=False, due=False)
            now += piece.minutes
    return instants


def _by_reason(
    own: _Minutes,
    other: _Minutes,
    *,
    is_due: bool,
) -> Waits:
    """Return minutes by reason, the most first."""
    pressing = 0 if is_due else own.due
    found = [
        (Reason.ORDER, own.all - pressing),
        (Reason.BALANCE, other.all - other.forced),
        (Reason.DEADLINE, other.forced + pressing),
    ]
    spent = [row for row in found if row[1]]
    return tuple(sorted(spent, key=lambda row: -row[1]))


def binding(placement: Placement) -> Reason:
    """Return what bound the start of a unit: the longest of its waits, else what it waited for."""
    if placement.waited:
        return placement.waited[0][0]
    if placement.release is not None and placement.available == placement.release:
        return Reason.RELEASE
    if placement.enabler is not None:
        return Reason.PREREQUISITE
    return Reason.START
