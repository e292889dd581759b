"""Turn weekly windows, days away and busy time into the free time of each day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from curriculum.model.intervals import Interval, Intervals, merge, subtract
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import FreeDay
from curriculum.model.settings import DayRange
from curriculum.model.study_hours import WHOLE_DAY, Week
from curriculum.model.wall_clock import (
    SECONDS_A_DAY,
    OffsetSpan,
    instant_of,
    instants,
    local_midnight,
    utc_offsets,
)

_ALWAYS = 1 << 62


@dataclass(frozen=True)
class Availability:
    """When the person can study.

    Attributes:
        week: The weekly windows in local wall time; none of them where a calendar says the hours.
        zone: The zone of the clock the windows and the days away are read from.
        away: Days without any free time, from 00:00 to 24:00 on that clock. The part of a window
            that reaches a day away across midnight is taken; the part that reaches out of one is
            kept.
        busy: Taken minutes since the epoch, sorted and disjoint.
        not_before: The first minute since the epoch that may be free; None without such a limit.
        study: Minutes since the epoch that are for studying besides the windows, sorted and
            disjoint. What is longer than a day is cut at midnight.
    """

    week: Week
    zone: tzinfo
    away: tuple[DayRange, ...] = ()
    busy: Intervals = ()
    not_before: int | None = None
    study: Intervals = ()

    def days(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the free time of each local day from first to last, both included, that has any.

        A minute in the windows of two days belongs to the earlier day. Free time is rounded inwards
        to whole minutes.
        """
        if last < first:
            return ()
        found = []
        for day, intervals in self._free(first, last):
            if intervals:
                found.append(FreeDay(day, intervals))
        return tuple(found)

    def _free(
        self,
        first: date,
        last: date,
    ) -> Iterator[tuple[date, Intervals]]:
        low, high = local_midnight(first), local_midnight(last)
        # Days more on each side: a window may cross midnight, and a clock be a day away from UTC.
        spans = utc_offsets(self.zone, low - 4 * SECONDS_A_DAY, high + 5 * SECONDS_A_DAY)
        taken = self._taken(spans, low, high)
        studied = _by_day(self.study, self.zone)
        earlier = self._windows(spans, studied, first - timedelta(days=1))
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            windows = self._windows(spans, studied, day)
            yield day, _without(_without(windows, earlier), taken)
            earlier = windows

    def _windows(
        self,
        spans: tuple[OffsetSpan, ...],
        studied: Mapping[date, Sequence[Interval]],
        day: date,
    ) -> Intervals:
        windows = _windows_of_day(spans, self.week, local_midnight(day))
        if day not in studied:
            return windows
        return merge([*windows, *studied[day]])

    def _taken(
        self,
        spans: tuple[OffsetSpan, ...],
        low: int,
        high: int,
    ) -> Intervals:
        """Return the minutes that are not free whatever the week says."""
        taken = list(self.busy)
        for days in self.away:
            wall = _clipped(days, low, high + 2 * SECONDS_A_DAY)
            for start, end in instants(spans, wall):
                taken.append((start // 60, -(-end // 60)))
        if self.not_before is not None:
            taken.append((-_ALWAYS, self.not_before))
        return merge(taken)


def _by_day(intervals: Intervals, zone: tzinfo) -> Mapping[date, Sequence[Interval]]:
    """Return intervals by the local day they start on; long ones are cut at each midnight."""
    found: dict[date, list[Interval]] = {}
    for start, end in intervals:
        since = start
        while since < end:
            day = datetime.fromtimestamp(60 * since, zone).date()
            until = end
            if end - start > WHOLE_DAY:
                until = min(end, max(since + 1, _next_midnight(day, zone)))
            found.setdefault(day, []).append((since, until))
            since = until
    return found


def _next_midnight(day: date, zone: tzinfo) -> int:
    """Return the minute at which the day after a day begins."""
    return instant_of(local_midnight(day) + SECONDS_A_DAY, zone) // 60


def with_extra_time(
    days: Sequence[FreeDay],
    extra: Intervals,
    busy: Intervals,
    zone: tzinfo,
) -> tuple[FreeDay, ...]:
    """Return free days with time that is free whatever the week says, unless it is busy.

    Args:
        days: The free days, sorted.
        extra: Minutes since the epoch, sorted and disjoint; each interval belongs to the local day
            it starts on.
        busy: Taken minutes since the epoch, sorted and disjoint.
        zone: The zone of the clock.
    """
    free = {day.day: list(day.intervals) for day in days}
    taken = list(busy)
    for intervals in free.values():
        taken += intervals
    cuts = merge(taken)
    is_changed = False
    for interval in extra:
        for start, end in subtract(interval, cuts):
            day = datetime.fromtimestamp(60 * start, zone).date()
            free.setdefault(day, []).append((start, end))
            is_changed = True
    if not is_changed:
        return tuple(days)
    return tuple(FreeDay(day, merge(free[day])) for day in sorted(free))


def _clipped(days: DayRange, low: int, high: int) -> Interval:
    """Return the wall time of days away, clipped: a range may run from year 1 to 9999."""
    start = local_midnight(days.first)
    end = local_midnight(days.last) + SECONDS_A_DAY
    return max(low, start), min(high, end)


def _windows_of_day(
    spans: tuple[OffsetSpan, ...],
    week: Week,
    midnight: int,
) -> Intervals:
    """Return the minutes in the windows of the day that begins at a wall time."""
    weekday = (midnight // SECONDS_A_DAY + 3) % 7  # 1970-01-01 was a Thursday
    seconds: list[Interval] = []
    for window in week[weekday]:
        wall = midnight + window.start * 60, midnight + window.end * 60
        seconds += instants(spans, wall)
    if len(seconds) > 1:
        seconds = list(merge(seconds))
    minutes = []
    for start, end in seconds:
        first, last = -(-start // 60), end // 60
        if first < last:
            minutes.append((first, last))
    return tuple(minutes)


def _without(intervals: Intervals, cuts: Intervals) -> Intervals:
    if not cuts:
        return intervals
    left: list[Interval] = []
    for interval in intervals:
        left += subtract(interval, cuts)
    return tuple(left)
