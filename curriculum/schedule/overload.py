"""Certificates of overload: which units need more minutes than are free, and what would help.

Units that may not start before one minute and are due by another need their minutes to be free
between the two. Where they are not, no schedule can be in time; and wherever something must be
late, there are such units (THEORY.md §3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Overload
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.extra_hours import ExtraHours
from curriculum.schedule.fixed_sessions import FixedSession, Remaining
from curriculum.schedule.missing_minutes import Job, Shortage, shortages
from curriculum.schedule.windows import Windows, windows_of

MOST_CERTIFICATES = 10
"""A person mends the largest overloads first; the rest shows in the plan after that."""


@dataclass(frozen=True, slots=True)
class _TimedPiece:
    """The minutes of a fixed session that are reserved for a unit."""

    unit: int
    start: int
    end: int

    def minutes_between(self, after: int, before: int) -> int:
        """Return how many of its minutes lie between two others."""
        return max(0, min(self.end, before) - max(self.start, after))


@dataclass(frozen=True, slots=True)
class _Workload:
    """What must be studied between which minutes, and when there is time for it.

    Attributes:
        demand: What is to be studied.
        windows: Between which minutes.
        pieces: Those parts of it that stay in place.
        until: Work minutes before an instant, without the minutes of fixed sessions.
        start: The minute at which the plan starts.
    """

    demand: Demand
    windows: Windows
    pieces: tuple[_TimedPiece, ...]
    until: Callable[[int], int]
    start: int

    def jobs(self) -> Iterator[Job]:
        """Yield what each unit that is due needs."""
        closes = self.windows.closes
        for unit, effort in enumerate(self.demand.efforts):
            if closes[unit] < NEVER:
                yield Job(self.windows.opens[unit], closes[unit], effort)

    def free(self, after: int, before: int) -> int:
        """Return the minutes between two others that no later work takes.

        Fixed sessions take them where they hold work that is not due by then.
        """
        minutes = self.until(before) - self.until(after)
        if after == self.start:
            # A session in progress is still to be studied whole.
            after = 0
        closes = self.windows.closes
        for piece in self.pieces:
            if closes[piece.unit] <= before:
                minutes += piece.minutes_between(after, before)
        return minutes

    def missing(self, after: int, before: int) -> int:
        """Return the minutes that the units between two minutes need and that are not free."""
        between = (
            job.minutes for job in self.jobs() if job.opens >= after and job.closes <= before
        )
        return sum(between) - self.free(after, before)

    def explains(self, certificate: Overload) -> bool:
        """Return whether the units of a certificate are as late without the fixed sessions."""
        names = set(certificate.units)
        rows = [row for row, name in enumerate(self.demand.units) if name in names]
        if not certificate.more_per_week:
            return all(map(self._is_late, rows))
        opens = min(self.windows.opens[row] for row in rows)
        closes = max(self.windows.closes[row] for row in rows)
        return self._most_missing(opens, closes) >= certificate.missing

    def _is_late(self, unit: int) -> bool:
        if self.windows.is_conflict(unit):
            return True
        return self._most_missing(self.windows.opens[unit], self.windows.closes[unit]) > 0

    def _most_missing(self, opens: int, closes: int) -> int:
        """Return the most minutes that are missing from a minute not after another to a third."""
        openings = {opening for opening in self.windows.opens if opening <= opens}
        return max(self.missing(after, closes) for after in openings)


def overloads(
    demand: Demand,
    remaining: Remaining,
    extra: ExtraHours,
    start: int,
) -> tuple[Overload, ...]:
    """Return the certificates that no other implies, the largest first.

    What fixed sessions take from the units that are late anyway counts as needed and as free, so
    that an overload says the same before and after some of its sessions are fixed.

    Args:
        demand: What is to be studied.
        remaining: The fixed sessions, and what they leave of it.
        extra: What hours added to every week give.
        start: The minute at which the plan starts.
    """
    until = remaining.clock().until
    pieces = tuple(_timed_pieces(remaining.sessions()))
    whole = _Workload(demand, windows_of(demand, start), pieces, until, start)
    found = list(_certificates(whole, extra))
    if pieces:
        rest = _Workload(remaining.rest, windows_of(remaining.rest, start), (), until, start)
        by_sessions = (*_certificates(rest, extra), *_late_themselves(demand, pieces))
        for one in by_sessions:
            if not whole.explains(one):
                found.append(replace(one, kept=True))
    found.sort(key=lambda one: (-one.missing, one.before, one.after, one.units))
    return tuple(found[:MOST_CERTIFICATES])


def _timed_pieces(sessions: Iterable[FixedSession]) -> Iterator[_TimedPiece]:
    for session in sessions:
        now = session.start
        for unit, minutes in session.pieces:
            yield _TimedPiece(unit, now, now + minutes)
            now += minutes


def _certificates(workload: _Workload, extra: ExtraHours) -> Iterator[Overload]:
    yield from conflicts(workload.demand, workload.windows)
    for shortage in shortages(workload.jobs(), workload.free):
        yield _certificate(workload, shortage, extra)


def conflicts(demand: Demand, windows: Windows) -> Iterator[Overload]:
    """Yield a certificate for units that are due before they can start."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for unit, effort in enumerate(demand.efforts):
        if effort and windows.is_conflict(unit):
            groups[windows.opens[unit], windows.dues[unit]].append(unit)
    for (opens, due), units in groups.items():
        yield Overload(
            after=opens,
            before=due,
            needed=sum(demand.efforts[unit] for unit in units),
            free=0,
            units=tuple(demand.units[unit] for unit in units),
            more_per_week=0,
        )


def _certificate(workload: _Workload, shortage: Shortage, extra: ExtraHours) -> Overload:
    demand = workload.demand
    opens = workload.windows.opens
    closes = workload.windows.closes
    units = []
    for unit, effort in enumerate(demand.efforts):
        if effort and opens[unit] >= shortage.after and closes[unit] <= shortage.before:
            units.append(unit)
    needed = sum(demand.efforts[unit] for unit in units)
    weeks = extra.whole_weeks(shortage.after, shortage.before)
    each_week = -(-shortage.missing // max(1, weeks))
    others = (piece for piece in workload.pieces if closes[piece.unit] > shortage.before)
    return Overload(
        after=shortage.after,
        before=shortage.before,
        needed=needed,
        free=needed - shortage.missing,
        units=tuple(demand.units[unit] for unit in units),
        more_per_week=extra.stretch_for(each_week),
        weeks=weeks,
        capped=extra.is_capped,
        kept=any(piece.minutes_between(shortage.after, shortage.before) for piece in others),
    )


def late_in_sessions(demand: Demand, remaining: Remaining) -> Iterator[Overload]:
    """Yield a certificate for each unit with a fixed session that ends after the unit is due."""
    for one in _late_themselves(demand, _timed_pieces(remaining.sessions())):
        yield replace(one, kept=True)


def _late_themselves(demand: Demand, pieces: Iterable[_TimedPiece]) -> Iterable[Overload]:
    """Return a certificate for each unit with a fixed session that ends after the unit is due."""
    found: dict[int, Overload] = {}
    for piece in pieces:
        due = demand.dues[piece.unit]
        if piece.end <= due:
            continue
        after = min(piece.start, due)
        earlier = found.get(piece.unit)
        minutes = piece.end - piece.start
        if earlier is not None:
            after = earlier.after
            minutes += earlier.needed
        found[piece.unit] = Overload(
            after=after,
            before=due,
            needed=minutes,
            free=due - after,
            units=(demand.units[piece.unit],),
            more_per_week=0,
        )
    return found.values()
