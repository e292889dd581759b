"""Which of the hours for studying are for one track alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta, tzinfo

from curriculum.availability.free import Availability
from curriculum.availability.worktime import WorkTime
from curriculum.model.identifiers import TRACKS
from curriculum.model.intervals import Interval, Intervals, merge, subtract
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import FreeDay, instant
from curriculum.model.settings import Settings
from curriculum.model.study_hours import Week, hours_of

TEXTBOOKS_ONLY, PAPERS_ONLY, EITHER, NEITHER = range(4)
"""To which tracks a stretch of time is open; the first two are the indices of the tracks."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TrackHours:
    """The weekly windows of each track.

    A minute is closed to a track if it lies in a window of the other one and in none that is open
    to both. Minutes outside of all windows, as those of a calendar, are open to both.

    Attributes:
        week: The windows, in local wall time.
        zone: The zone of the clock.
    """

    week: Week
    zone: tzinfo

    def parts(self, days: Iterable[FreeDay], pause: int) -> tuple[FreeDay, ...]:
        """Return free days whose intervals are open to the same tracks from end to end.

        Where an interval is cut, the later part begins later by a pause.
        """
        found = tuple(days)
        if not found:
            return ()
        edges = self._edges(found[0].day, found[-1].day)
        return tuple(
            FreeDay(day.day, tuple(_cut(day.intervals, edges.get(day.day, ()), pause)))
            for day in found
        )

    def _edges(self, first: date, last: date) -> Mapping[date, tuple[int, ...]]:
        """Return the minutes of each day, and the days around it, where the tracks change."""
        by_day: dict[date, set[int]] = {}
        for own in self.own(first - _DAY, last + _DAY):
            for edge in (edge for interval in own for edge in interval):
                day = instant(edge).astimezone(self.zone).date()
                for near in (day - _DAY, day, day + _DAY):
                    by_day.setdefault(near, set()).add(edge)
        return {day: tuple(sorted(edges)) for day, edges in by_day.items()}

    def own(self, first: date, last: date) -> tuple[Intervals, Intervals]:
        """Return the minutes of some days that are for each track alone."""
        of_track = [self._minutes_of(TRACKS.index(track), first, last) for track in TRACKS]
        textbooks, papers = of_track
        return _without(textbooks, papers), _without(papers, textbooks)

    def _minutes_of(self, track: int, first: date, last: date) -> Intervals:
        available = Availability(hours_of(self.week, TRACKS[track]), self.zone)
        days = available.days(first, last)
        return merge([interval for day in days for interval in day.intervals])

    def open_to(self, stretches: Iterable[Interval]) -> Mapping[int, int]:
        """Return for the start of each stretch of time to which tracks all of it is open.

        Args:
            stretches: In calendar order.
        """
        found = tuple(stretches)
        if not found:
            return {}
        minutes = self._minutes_between(found[0][0], found[-1][1])
        return {start: _kind(minutes(start, end)) for start, end in found}

    def shared(self, start: int, end: int) -> int:
        """Return how many minutes of a stretch of time are open to both tracks."""
        own = self._minutes_between(start, end)(start, end)
        return end - start - sum(own)

    def _minutes_between(self, start: int, end: int) -> Callable[[int, int], tuple[int, int]]:
        """Return what counts the minutes for each track alone, from one minute to another."""
        first = instant(start).astimezone(self.zone).date() - _DAY
        last = instant(end).astimezone(self.zone).date() + _DAY
        clocks = [WorkTime(own).until for own in self.own(first, last)]

        def minutes(since: int, until: int) -> tuple[int, int]:
            textbooks, papers = (clock(until) - clock(since) for clock in clocks)
            return textbooks, papers

        return minutes


def track_hours(settings: Settings, zone: tzinfo) -> TrackHours | None:
    """Return the hours of each track; None where all hours are open to both."""
    if not settings.has_track_hours:
        return None
    return TrackHours(settings.week, zone)


def _without(intervals: Intervals, cuts: Intervals) -> Intervals:
    return tuple(left for one in intervals for left in subtract(one, cuts))


def _kind(own: tuple[int, int]) -> int:
    textbooks, papers = own
    if textbooks and papers:
        return NEITHER
    if textbooks:
        return TEXTBOOKS_ONLY
    return PAPERS_ONLY if papers else EITHER


def _cut(intervals: Intervals, edges: Iterable[int], pause: int) -> Iterable[Interval]:
    for start, end in intervals:
        since = start
        for edge in edges:
            if start < edge < end:
                if since < edge:
                    yield since, edge
                since = edge + pause
        if since < end:
            yield since, end
