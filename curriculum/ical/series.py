"""Join the events of one UID.

Revisions, exceptions, moved occurrences - to the time they occupy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

from curriculum.ical.date_times import Length, WallTime, extent
from curriculum.ical.events import Event
from curriculum.ical.rrule_expansion import Horizon, expand
from curriculum.model.intervals import Interval
from curriculum.model.wall_clock import SECONDS_A_DAY, wall_of

Occurrence = tuple[WallTime, Length]


class OccupiedTime(NamedTuple):
    """What events occupy.

    Attributes:
        intervals: In seconds since the epoch; in no order.
        steps: What it cost to find out.
        unfinished: The lines of rules that were not expanded to their end.
    """

    intervals: tuple[Interval, ...]
    steps: int
    unfinished: tuple[int, ...]


class OccurrenceSpan(NamedTuple):
    """The instants that are asked about."""

    low: int
    high: int


def occupied(
    events: Sequence[Event],
    span: OccurrenceSpan,
    max_steps: int,
) -> OccupiedTime:
    """Return the time that the events of one UID occupy.

    Of several revisions the one with the highest SEQUENCE counts; where that does not decide, all
    of them do.

    Args:
        events: The events of one UID.
        span: The instants that are asked about.
        max_steps: How many steps the answer may cost.
    """
    if len(events) == 1 and not _recurs(events[0]):
        return _once(events[0], span)
    overrides = _Overrides(_newest_overrides(events))
    masters = [event for event in events if event.recurrence.replaces is None]
    intervals: list[Interval] = []
    steps = 0
    unfinished: list[int] = []
    for event in (*_newest(masters), *overrides.events):
        found = _occurrences(event, overrides, span, max_steps - steps)
        steps += found.steps
        unfinished += found.unfinished
        for start, length in overrides.kept(event, found.occurrences):
            interval = extent(start, length)
            if _is_inside(interval, span):
                intervals.append(interval)
    return OccupiedTime(tuple(intervals), steps, tuple(unfinished))


def _recurs(event: Event) -> bool:
    recurrence = event.recurrence
    return bool(recurrence.rules or recurrence.extra or recurrence.excluded)


def _once(event: Event, span: OccurrenceSpan) -> OccupiedTime:
    interval = extent(event.start, event.length)
    if event.takes_time and _is_inside(interval, span):
        return OccupiedTime((interval,), 0, ())
    return OccupiedTime((), 0, ())


def _is_inside(interval: Interval, span: OccurrenceSpan) -> bool:
    start, end = interval
    return span.low < end > start < span.high


def _newest(events: Sequence[Event]) -> list[Event]:
    newest = max((event.sequence for event in events), default=0)
    return [event for event in events if event.sequence == newest]


def _newest_overrides(events: Sequence[Event]) -> list[Event]:
    """Return the newest replacement of each occurrence."""
    groups: dict[tuple[int, bool], list[Event]] = {}
    for event in events:
        replaced = event.recurrence.replaces
        if replaced is not None:
            groups.setdefault((replaced.instant, replaced.is_day), []).append(event)
    newest = []
    for group in groups.values():
        newest += _newest(group)
    return newest


class _Occurrences(NamedTuple):
    occurrences: list[Occurrence]
    steps: int
    unfinished: list[int]


def _occurrences(
    event: Event,
    overrides: _Overrides,
    span: OccurrenceSpan,
    max_steps: int,
) -> _Occurrences:
    """Return the occurrences of an event that may reach into the span, exceptions included."""
    if not (event.takes_time or overrides.count_onwards):
        return _Occurrences([], 0, [])
    found = [(event.start, event.length)]
    for start, length in event.recurrence.extra:
        found.append((start, event.length if length is None else length))
    # Wall time is less than two days from UTC; an override may move an occurrence into the span.
    margin = 2 * SECONDS_A_DAY + overrides.farthest
    longest = max(_size(event.length), overrides.longest)
    low = span.low - margin - longest
    high = span.high + margin
    _, zone, is_day, floats = event.start
    steps = 0
    unfinished: list[int] = []
    for rule, until, line in event.recurrence.rules:
        if steps >= max_steps:
            unfinished.append(line)
            continue
        horizon = Horizon(low, high, max_steps - steps)
        read = expand(rule, event.start.wall, horizon, until)
        for wall in read.walls:
            found.append((WallTime(wall, zone, is_day, floats), event.length))
        steps += read.steps
        if not read.complete:
            unfinished.append(line)
    return _Occurrences(found, steps, unfinished)


class _Overrides:
    """The replacements of occurrences of one UID, and of all from one on (RANGE=THISANDFUTURE)."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self._replaced: list[WallTime] = []
        for event in events:
            if event.recurrence.replaces is not None:
                self._replaced.append(event.recurrence.replaces)
        onwards = [event for event in events if event.recurrence.onwards]
        self._onwards = sorted(onwards, key=lambda event: (_since(event), event.line))
        self._since = [_since(event) for event in self._onwards]
        self.count_onwards = any(event.takes_time for event in self._onwards)
        self.farthest = max((abs(_shift(event)) for event in self._onwards), default=0)
        self.longest = max((_size(event.length) for event in self._onwards), default=0)
        self._replaced_for: dict[tuple[bool, tzinfo], _Starts] = {}

    def kept(
        self,
        event: Event,
        found: list[Occurrence],
    ) -> Iterator[Occurrence]:
        """Yield the occurrences that take place, as planned or moved with all later ones."""
        recurrence = event.recurrence
        if recurrence.replaces is not None or not (self.events or recurrence.excluded):
            if event.takes_time:
                yield from found
            return
        replaced = self._replaced_starts(event.start)
        excluded = _Starts(recurrence.excluded, event.start)
        for start, length in found:
            if replaced.hold(start) or excluded.hold(start):
                continue
            override = self._in_force(start)
            if override is not None:
                yield from _moved(start, override)
            elif event.takes_time:
                yield start, length

    def _in_force(self, start: WallTime) -> Event | None:
        """Return the replacement of all later occurrences that applies to a start."""
        if not self._since:
            return None
        index = bisect_right(self._since, start.instant)
        if index == 0:
            return None
        return self._onwards[index - 1]

    def _replaced_starts(self, master: WallTime) -> _Starts:
        key = master.is_day, master.zone
        if key not in self._replaced_for:
            self._replaced_for[key] = _Starts(self._replaced, master)
        return self._replaced_for[key]


class _Starts:
    """Starts of occurrences, written as dates, as times without a zone, or as instants."""

    def __init__(
        self,
        starts: Iterable[WallTime],
        master: WallTime,
    ) -> None:
        self._days: set[int] = set()
        self._walls: set[int] = set()
        self._instants: set[int] = set()
        for start in starts:
            if start.is_day or master.is_day:
                self._days.add(_day_meant(start, master))
            if start.floats:
                self._walls.add(start.wall)
            if not start.is_day:
                self._instants.add(start.instant)
        self._is_empty = not (self._days or self._instants)

    def hold(self, start: WallTime) -> bool:
        """Return whether an occurrence starts at one of them."""
        if self._is_empty:
            return False
        if start.instant in self._instants or start.wall in self._walls:
            return True
        return start.wall // SECONDS_A_DAY in self._days


def _day_meant(start: WallTime, master: WallTime) -> int:
    """Return the day a start names; a time is midnight on the clock of the master, or in UTC."""
    on_clock_of_master = wall_of(start.instant, master.zone)
    if on_clock_of_master % SECONDS_A_DAY == 0 and not start.floats:
        return on_clock_of_master // SECONDS_A_DAY
    return start.wall // SECONDS_A_DAY


def _moved(start: WallTime, override: Event) -> Iterator[Occurrence]:
    """Yield where an override moves an occurrence; one with rules is expanded by itself."""
    if override.takes_time and not override.recurrence.rules:
        yield start._replace(wall=start.wall + _shift(override)), override.length


def _since(override: Event) -> int:
    replaced = override.recurrence.replaces
    if replaced is None:
        return 0
    return replaced.instant


def _shift(override: Event) -> int:
    """Return how far an override moves what it replaces: on the wall clock, if both share one."""
    replaced = override.recurrence.replaces
    if replaced is None:
        return 0
    if replaced.zone is override.start.zone:
        return override.start.wall - replaced.wall
    return override.start.instant - replaced.instant


def _size(length: Length) -> int:
    if length.unknown:
        return SECONDS_A_DAY
    return max(0, length.wall) + max(0, length.exact)
