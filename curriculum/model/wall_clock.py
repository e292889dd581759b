"""Tell which instants a wall clock shows, gaps and folds included; what a person does then is not known here.

Wall time is seconds since 1970-01-01T00:00 on the local clock; instants are seconds since 1970-01-01T00:00Z.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from curriculum.model.intervals import Interval

DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = (date.min.toordinal() - date(1970, 1, 1).toordinal() + 2) * DAY
_LATEST = (date.max.toordinal() - date(1970, 1, 1).toordinal() - 2) * DAY


class OffsetSpan(NamedTuple):
    """Instants from start to end, excluded, through which a clock is `offset` seconds ahead of UTC."""

    start: int
    end: int
    offset: int


def local_midnight(day: date) -> int:
    """Return the wall time at which a day begins."""
    return (day.toordinal() - 719_163) * DAY


def offset_at(instant: int, zone: tzinfo) -> int:
    """Return how many seconds the clock is ahead of UTC at an instant; beyond years 1 and 9999 the nearest known."""
    moment = _EPOCH + timedelta(seconds=min(max(instant, _EARLIEST), _LATEST))
    return _seconds(moment.astimezone(zone).utcoffset())


def instant_of(wall: int, zone: tzinfo) -> int:
    """Return the instant at which the clock shows a wall time.

    A time that occurs twice is the first; a time that never occurs is read with the offset before the gap
    (RFC 5545 §3.3.5).
    """
    if zone is UTC:
        return wall
    if not _EARLIEST < wall < _LATEST:
        return wall - offset_at(wall, zone)
    offset = (datetime(1970, 1, 1, tzinfo=zone) + timedelta(0, wall)).utcoffset()
    return wall if offset is None else wall - offset.days * DAY - offset.seconds


def wall_of(instant: int, zone: tzinfo) -> int:
    """Return what the clock shows at an instant."""
    return instant if zone is UTC else instant + offset_at(instant, zone)


def utc_offsets(zone: tzinfo, start: int, end: int) -> tuple[OffsetSpan, ...]:
    """Return the instants from start to end cut where the clock is moved.

    Looked for once in twelve hours: a clock moved forth and back within that time is not seen.
    """
    found: list[OffsetSpan] = []
    since, offset = start, offset_at(start, zone)
    for instant in range(start, end, DAY // 2):
        until = min(instant + DAY // 2, end)
        later = offset_at(until, zone)
        if later != offset:
            change = _change(zone, instant, until)
            found.append(OffsetSpan(since, change, offset))
            since, offset = change, later
    return (*found, OffsetSpan(since, end, offset))


def instants(cut: tuple[OffsetSpan, ...], wall: Interval) -> list[Interval]:
    """Return the instants at which the clock shows a time of the wall interval.

    A time in a gap has no instant, a time in a fold has two: nothing outside the interval is ever inside.
    """
    start, end = wall
    found = []
    for index in range(max(0, bisect_right(cut, start - 2 * DAY, key=_start) - 1), len(cut)):
        stretch = cut[index]
        if stretch.start > end + 2 * DAY:
            break
        first, last = (
            max(stretch.start, start - stretch.offset),
            min(stretch.end, end - stretch.offset),
        )
        if first < last:
            found.append((first, last))
    return found


def _change(zone: tzinfo, before: int, after: int) -> int:
    """Return the first instant with the offset of `after`, between two instants with different offsets."""
    offset = offset_at(after, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(middle, zone) == offset:
            after = middle
        else:
            before = middle
    return after


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else offset.days * DAY + offset.seconds


def _start(stretch: OffsetSpan) -> int:
    return stretch.start
