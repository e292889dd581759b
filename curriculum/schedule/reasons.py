"""Name what bound the start of a unit: prerequisite, release, deadline, balance, or the order of goals (P8)."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.plan import Placement, Reason, Session
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.planner import Allocation

Waits = tuple[tuple[Reason, int], ...]


def waits(
    demand: Demand, poured: Allocation, sessions: tuple[Session, ...], starts: dict[UnitId, int]
) -> tuple[Waits, ...]:
    """Return for each unit the minutes of study given to others while it could have been studied, by reason.

    Time of the other track counts as BALANCE, or DEADLINE where a deadline forced it; time of its own track as ORDER,
    or DEADLINE for what is due when the unit itself is not.
    """
    clocks = _Clocks(demand, sessions)
    return tuple(
        clocks.between(
            poured.available[unit],
            starts[name],
            demand.tracks[unit],
            urgent=demand.dues[unit] < NEVER,
        )
        if name in starts and poured.available[unit] < NEVER
        else ()
        for unit, name in enumerate(demand.units)
    )


class _Clocks:
    """Running totals of study minutes by track and kind, at the start of every piece."""

    def __init__(self, demand: Demand, sessions: tuple[Session, ...]) -> None:
        due = {name for name, due in zip(demand.units, demand.dues, strict=True) if due < NEVER}
        self.instants: list[int] = []
        rows: list[tuple[int, int, bool, bool]] = []
        for session in sessions:
            now, track = session.start, TRACKS.index(session.track)
            for piece in session.pieces:
                self.instants.append(now)
                rows.append(
                    (track, piece.minutes, session.because is Reason.DEADLINE, piece.unit in due)
                )
                now += piece.minutes
        self.all = [self._total(rows, track) for track in (0, 1)]
        self.forced = [self._total(rows, track, forced=True) for track in (0, 1)]
        self.due = [self._total(rows, track, due=True) for track in (0, 1)]

    @staticmethod
    def _total(
        rows: list[tuple[int, int, bool, bool]],
        track: int,
        *,
        forced: bool = False,
        due: bool = False,
    ) -> list[int]:
        counted = (
            minutes if which == track and (is_forced or not forced) and (is_due or not due) else 0
            for which, minutes, is_forced, is_due in rows
        )
        return list(accumulate(counted, initial=0))

    def between(self, available: int, start: int, track: int, *, urgent: bool) -> Waits:
        first, last = (bisect_right(self.instants, moment - 1) for moment in (available, start))
        if last <= first:
            return ()
        other = 1 - track
        own = self.all[track][last] - self.all[track][first]
        others = self.all[other][last] - self.all[other][first]
        forced = self.forced[other][last] - self.forced[other][first]
        pressing = 0 if urgent else self.due[track][last] - self.due[track][first]
        found = {
            Reason.ORDER: own - pressing,
            Reason.BALANCE: others - forced,
            Reason.DEADLINE: forced + pressing,
        }
        return tuple(
            sorted(
                ((reason, spent) for reason, spent in found.items() if spent),
                key=lambda row: -row[1],
            )
        )


def binding(placement: Placement) -> Reason:
    """Return the reason that bound the start of a unit: what took most of its wait, else what made it available."""
    if placement.waited:
        return placement.waited[0][0]
    if placement.release is not None and placement.available == placement.release:
        return Reason.RELEASE
    return Reason.PREREQUISITE if placement.enabler is not None else Reason.START
