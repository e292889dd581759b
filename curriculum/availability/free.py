"""Turn weekly windows, days away and busy time into the free time of each day; where busy time is from, it ignores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from curriculum.model.intervals import Interval, Intervals, merge, subtract
from curriculum.model.plan import FreeDay
from curriculum.model.settings import DayRange, Week
from curriculum.model.wall_clock import DAY, OffsetSpan, instants, local_midnight, utc_offsets

_ALWAYS = 1 << 62


@dataclass(frozen=True)
class Availability:
    """When the person can study.

    Attributes:
        week: The weekly windows in local wall time.
        zone: The zone of the clock the windows and the days away are read from.
        away: Days without any free time, from 00:00 to 24:00 on that clock. The part of a window that reaches a day
            away across midnight is taken; the part that reaches out of one is kept.
        busy: Taken minutes since the epoch, sorted and disjoint.
        not_before: The first minute since the epoch that may be free; None without such a limit.
    """

    week: Week
    zone: tzinfo
    away: tuple[DayRange, ...] = ()
    busy: Intervals = ()
    not_before: int | None = None

    def days(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the free time of each local day from first to last, both included, that has any.

        A minute in the windows of two days belongs to the earlier day. Free time is rounded inwards to whole minutes.
        """
        if last < first:
            return ()
        return tuple(
            FreeDay(day, intervals) for day, intervals in self._free(first, last) if intervals
        )

    def _free(self, first: date, last: date) -> Iterator[tuple[date, Intervals]]:
        cut = utc_offsets(
            self.zone, local_midnight(first) - 4 * DAY, local_midnight(last) + 5 * DAY
        )
        taken = self._taken(cut, first, last)
        earlier = _minutes(cut, self.week, local_midnight(first) - DAY)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            open_ = _minutes(cut, self.week, local_midnight(day))
            yield day, _without(_without(open_, earlier), taken)
            earlier = open_

    def _taken(self, cut: tuple[OffsetSpan, ...], first: date, last: date) -> Intervals:
        """Return the minutes that are not free whatever the week says."""
        away = [
            (start // 60, -(-end // 60))
            for days in self.away
            for start, end in instants(
                cut, _within(days, local_midnight(first), local_midnight(last) + 2 * DAY)
            )
        ]
        past = [] if self.not_before is None else [(-_ALWAYS, self.not_before)]
        return merge([*away, *self.busy, *past])


def opened(
    days: Sequence[FreeDay], more: Intervals, busy: Intervals, zone: tzinfo
) -> tuple[FreeDay, ...]:
    """Return free days with time that is free whatever the week says, so far as it is not busy.

    Args:
        days: The free days, sorted.
        more: Minutes since the epoch, sorted and disjoint; each interval belongs to the local day it starts on.
        busy: Taken minutes since the epoch, sorted and disjoint.
        zone: The zone of the clock.
    """
    taken = merge([*busy, *(interval for day in days for interval in day.intervals)])
    added: dict[date, list[Interval]] = {}
    for interval in more:
        for start, end in subtract(interval, taken):
            added.setdefault(datetime.fromtimestamp(60 * start, zone).date(), []).append(
                (start, end)
            )
    if not added:
        return tuple(days)
    free = {day.day: day.intervals for day in days}
    names = sorted({*free, *added})
    return tuple(FreeDay(day, merge([*free.get(day, ()), *added.get(day, ())])) for day in names)


def _within(days: DayRange, start: int, end: int) -> Interval:
    """Return the wall time of days away, cut to what matters: a range may run from year 1 to year 9999."""
    return max(start, local_midnight(days.first)), min(end, local_midnight(days.last) + DAY)


def _minutes(cut: tuple[OffsetSpan, ...], week: Week, start: int) -> Intervals:
    """Return the minutes in the windows of the day that begins at a wall time."""
    windows = week[(start // DAY + 3) % 7]  # 1970-01-01 was a Thursday
    open_ = [
        interval
        for window in windows
        for interval in instants(cut, (start + window.start * 60, start + window.end * 60))
    ]
    whole = merge(open_) if len(open_) > 1 else open_
    return tuple(
        (-(-begin // 60), end // 60) for begin, end in whole if -(-begin // 60) < end // 60
    )


def _without(intervals: Intervals, cuts: Intervals) -> Intervals:
    if not cuts:
        return intervals
    return tuple(left for interval in intervals for left in subtract(interval, cuts))
