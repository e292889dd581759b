"""By which minute each unit must be finished where hours belong to tracks (THEORY.md §4a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curriculum.availability.track_hours import EITHER, TrackHours
from curriculum.availability.worktime import WorkTime
from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.fixed_sessions import Remaining
from curriculum.schedule.track_deadlines import TrackDeadlines, TrackWork

Spans = Mapping[tuple[int, int], int]
"""Due minute and track to the minutes by which that date is put off."""


def track_clocks(remaining: Remaining, hours: TrackHours) -> tuple[WorkTime, ...]:
    """Return the minutes of slots for each track alone, and those that are open to both.

    The minutes of fixed sessions are left out.
    """
    kinds = hours.open_to(remaining.slots)
    return tuple(
        WorkTime(remaining.unreserved(slot for slot in remaining.slots if kinds[slot[0]] == kind))
        for kind in range(EITHER + 1)
    )


@dataclass(frozen=True, slots=True)
class _Dates:
    """Due minutes that can be put off, but not beyond what fixed sessions need.

    Attributes:
        dues: Minute by which each unit is due; NEVER without one.
        needed: Unit to the minute by which a fixed session requires it.
        demand: What is to be studied.
        clocks: See `track_clocks`.
    """

    dues: Sequence[int]
    needed: Mapping[int, int]
    demand: Demand
    clocks: Sequence[WorkTime]

    def put_off(self, spans: Spans, most: int) -> list[int]:
        """Return the dates, put off by the span of each, or by the most where it has none."""
        found = []
        for unit, due in enumerate(self.dues):
            date = NEVER
            if due < NEVER and self.demand.efforts[unit]:
                date = due + spans.get((due, self.demand.tracks[unit]), most)
            found.append(min(date, self.needed.get(unit, NEVER)))
        return found

    def fit(self, spans: Spans, most: int) -> bool:
        """Return whether all that is due fits before dates that are put off."""
        dates = self.put_off(spans, most)
        work = TrackWork(dates, self.demand.efforts, self.demand.tracks)
        return TrackDeadlines(work, self.clocks).least() >= 0


def track_targets(
    demand: Demand,
    dues: Sequence[int],
    needed: Mapping[int, int],
    clocks: Sequence[WorkTime],
) -> list[int]:
    """Return the minute by which each unit must be finished, so that all of them fit.

    The largest span by which a date is put off is the smallest possible one; of the dates, the
    earlier ones are put off as little as possible.

    Args:
        demand: What is to be studied.
        dues: Minute by which each unit is due; NEVER without one.
        needed: Unit to the minute by which a fixed session requires it.
        clocks: See `track_clocks`.
    """
    dates = _Dates(dues, needed, demand, clocks)
    if dates.fit({}, 0):
        return dates.put_off({}, 0)
    due = sorted({pair for pair in zip(dues, demand.tracks, strict=True) if pair[0] < NEVER})
    last = max(clock.end_of(clock.total) if clock.total else 0 for clock in clocks)
    most = _least_span(dates, {}, max(1, last - due[0][0]))
    spans: dict[tuple[int, int], int] = {}
    for date in due:
        low, high = -1, most
        while high - low > 1:
            middle = (low + high) // 2
            if dates.fit({**spans, date: middle}, most):
                high = middle
            else:
                low = middle
        spans[date] = high
    return dates.put_off(spans, most)


def _least_span(dates: _Dates, spans: Spans, most: int) -> int:
    """Return the smallest span by which all dates are put off so that everything fits."""
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if dates.fit(spans, middle):
            high = middle
        else:
            low = middle
    return high


def tightened(demand: Demand, dues: Sequence[int], clocks: Sequence[WorkTime]) -> tuple[int, ...]:
    """Return due minutes that leave time for what the other track requires.

    A unit must be finished so early that one of the other track that requires it has its minutes
    before its own date, in the hours that are open to it.
    """
    found = list(dues)
    for unit in reversed(range(len(found))):
        if found[unit] == NEVER:
            continue
        for other in demand.before[unit]:
            due = found[unit]
            if demand.tracks[other] != demand.tracks[unit]:
                due = _latest_start(unit, due, demand, clocks)
            found[other] = min(found[other], due)
    return tuple(found)


def _latest_start(unit: int, due: int, demand: Demand, clocks: Sequence[WorkTime]) -> int:
    """Return the last minute from which on a unit has its minutes before it is due."""
    effort = demand.efforts[unit]
    own, shared = clocks[demand.tracks[unit]], clocks[EITHER]

    def room(since: int) -> int:
        return sum(clock.until(due) - clock.until(since) for clock in (own, shared))

    low, high = 0, due
    while high - low > 1:
        middle = (low + high) // 2
        if room(middle) >= effort:
            low = middle
        else:
            high = middle
    return low or due
