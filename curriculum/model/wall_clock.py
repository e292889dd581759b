"""Translate between instants and what a wall clock shows, gaps and folds included.

Wall time is seconds since 1970-01-01T00:00 on the local clock; instants are seconds since
1970-01-01T00:00Z.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from curriculum.model.intervals import Interval

SECONDS_A_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
# Two days inside the years that datetime knows, so that no offset leads out of them.
_EARLIEST = (date.min.toordinal() - _EPOCH_ORDINAL + 2) * SECONDS_A_DAY
_LATEST = (date.max.toordinal() - _EPOCH_ORDINAL - 2) * SECONDS_A_DAY


class OffsetSpan(NamedTuple):
    """Instants from start to end, excluded, when a clock is `offset` seconds ahead of UTC."""

    start: int
    end: int
    offset: int


def local_midnight(day: date) -> int:
    """Return the wall time at which a day begins."""
    return (day.toordinal() - _EPOCH_ORDINAL) * SECONDS_A_DAY


def offset_at(instant: int, zone: tzinfo) -> int:
    """Return how many seconds a clock is ahead of UTC at an instant, clamped to years 1 to 9999."""
    known = min(max(instant, _EARLIEST), _LATEST)
    moment = _EPOCH + timedelta(seconds=known)
    return _seconds(moment.astimezone(zone).utcoffset())


def instant_of(wall: int, zone: tzinfo) -> int:
    """Return the instant at which the clock shows a wall time.

    A time that occurs twice is the first; a time that never occurs is read with the offset before
    the gap (RFC 5545 §3.3.5).
    """
    if zone is UTC:
        return wall
    if not _EARLIEST < wall < _LATEST:
        return wall - offset_at(wall, zone)
    shown = datetime(1970, 1, 1, tzinfo=zone) + timedelta(0, wall)
    return wall - _seconds(shown.utcoffset())


def wall_of(instant: int, zone: tzinfo) -> int:
    """Return what the clock shows at an instant."""
    if zone is UTC:
        return instant
    return instant + offset_at(instant, zone)


def utc_offsets(zone: tzinfo, start: int, end: int) -> tuple[OffsetSpan, ...]:
    """Return the instants from start to end, cut where the clock is moved.

    The offset is looked up every twelve hours: a clock moved forth and back within that time goes
    unnoticed.
    """
    found: list[OffsetSpan] = []
    since = start
    offset = _offset_of_step(start, zone)
    step = SECONDS_A_DAY // 2
    for instant in range(start, end, step):
        until = min(instant + step, end)
        later = _offset_of_step(until, zone)
        if later != offset:
            transition = _transition(zone, instant, until)
            found.append(OffsetSpan(since, transition, offset))
            since, offset = transition, later
    found.append(OffsetSpan(since, end, offset))
    return tuple(found)


_offset_of_step = lru_cache(maxsize=1 << 14)(offset_at)
"""The same days are asked for by the planner, its audit and the forecast: twenty years of them."""


def instants(spans: tuple[OffsetSpan, ...], wall: Interval) -> list[Interval]:
    """Return the instants at which the clock shows a time of the wall interval.

    A time in a gap has no instant, a time in a fold has two: nothing outside the interval is ever
    inside.
    """
    start, end = wall
    # No clock is two days away from UTC.
    nearby = 2 * SECONDS_A_DAY
    first = bisect_right(spans, start - nearby, key=_start) - 1
    found = []
    for index in range(max(0, first), len(spans)):
        span_start, span_end, offset = spans[index]
        if span_start > end + nearby:
            break
        low = max(span_start, start - offset)
        high = min(span_end, end - offset)
        if low < high:
            found.append((low, high))
    return found


def _transition(zone: tzinfo, before: int, after: int) -> int:
    """Return the first instant with the offset of `after`, between two with different offsets."""
    offset = offset_at(after, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(middle, zone) == offset:
            after = middle
        else:
            before = middle
    return after


def _seconds(offset: timedelta | None) -> int:
    if offset is None:
        return 0
    return offset.days * SECONDS_A_DAY + offset.seconds


def _start(span: OffsetSpan) -> int:
    return span.start
