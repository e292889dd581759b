"""Join the events that share a UID - revisions, exceptions, replaced occurrences - into the time they take.

Which file they are from and how they were written is not known here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

from curriculum.ical.date_times import Length, WallTime, extent
from curriculum.ical.events import Event
from curriculum.ical.rrule_expansion import expand
from curriculum.model.intervals import Interval
from curriculum.model.wall_clock import DAY, wall_of


class Taken(NamedTuple):
    """The seconds since the epoch that events take, the steps it cost, and the lines of rules not read to their end."""

    intervals: tuple[Interval, ...]
    steps: int
    unfinished: tuple[int, ...]


class OccurrenceSpan(NamedTuple):
    """The instants that are asked about."""

    low: int
    high: int


class _Occurrences(NamedTuple):
    found: list[tuple[WallTime, Length]]
    steps: int
    unfinished: tuple[int, ...]


def occupied(events: Sequence[Event], span: OccurrenceSpan, most: int) -> Taken:
    """Return the time that the events of one UID take.

    Of several revisions the one with the highest SEQUENCE counts; where that does not decide, all of them do.

    Args:
        events: The events of one UID.
        span: The instants that are asked about.
        most: How many steps the answer may cost.
    """
    if len(events) == 1 and not (events[0].rules or events[0].more or events[0].without):
        return _once(events[0], span)
    overrides = _Overrides(_replacing(events))
    masters = _newest(event for event in events if event.replaces is None)
    intervals: list[Interval] = []
    steps = 0
    unfinished: list[int] = []
    for event in (*masters, *overrides.events):
        found = _occurrences(event, overrides, span, most - steps)
        intervals += [extent(start, length) for start, length in overrides.kept(event, found.found)]
        steps += found.steps
        unfinished += found.unfinished
    low, high = span
    kept = [interval for interval in intervals if low < interval[1] > interval[0] < high]
    return Taken(tuple(kept), steps, tuple(unfinished))


def _once(event: Event, span: OccurrenceSpan) -> Taken:
    start, end = extent(event.start, event.length)
    inside = event.busy and span.low < end > start < span.high
    return Taken(((start, end),) if inside else (), 0, ())


def _newest(events: Iterable[Event]) -> list[Event]:
    listed = list(events)
    newest = max((event.sequence for event in listed), default=0)
    return [event for event in listed if event.sequence == newest]


def _replacing(events: Sequence[Event]) -> list[Event]:
    """Return the newest replacement of each occurrence."""
    groups: dict[tuple[int, bool], list[Event]] = {}
    for event in events:
        if event.replaces is not None:
            groups.setdefault((event.replaces.instant, event.replaces.is_day), []).append(event)
    return [event for group in groups.values() for event in _newest(group)]


def _occurrences(
    event: Event, overrides: _Overrides, span: OccurrenceSpan, most: int
) -> _Occurrences:
    """Return the occurrences of an event that may reach into the span, exceptions not yet taken out."""
    if not (event.busy or overrides.busy_onwards):
        return _Occurrences([], 0, ())
    margin = 2 * DAY + overrides.farthest
    low, high = span.low - margin - max(_size(event.length), overrides.longest), span.high + margin
    found = [(event.start, event.length)]
    found += [(start, event.length if length is None else length) for start, length in event.more]
    steps = 0
    unfinished: list[int] = []
    zone, is_day, floats = event.start[1:]
    for recurring in event.rules:
        if steps >= most:
            unfinished.append(recurring.line)
            continue
        read = expand(recurring.rule, event.start.wall, low, high, recurring.until, most - steps)
        found += [(WallTime(wall, zone, is_day, floats), event.length) for wall in read.walls]
        steps += read.steps
        unfinished += [] if read.complete else [recurring.line]
    return _Occurrences(found, steps, tuple(unfinished))


class _Overrides:
    """The replacements of occurrences of one UID, and of all from one on."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        self._replaced = [event.replaces for event in events if event.replaces is not None]
        self._onwards = sorted(
            (event for event in events if event.onwards),
            key=lambda event: (_from(event), event.line),
        )
        self._from = [_from(event) for event in self._onwards]
        self.busy_onwards = any(event.busy for event in self._onwards)
        self.farthest = max((abs(_shift(event)) for event in self._onwards), default=0)
        self.longest = max((_size(event.length) for event in self._onwards), default=0)
        self._gone: dict[tuple[bool, tzinfo], _Starts] = {}

    def kept(
        self, event: Event, found: list[tuple[WallTime, Length]]
    ) -> Iterator[tuple[WallTime, Length]]:
        """Yield the occurrences that take place as planned, or as a replacement of all later ones has it."""
        if event.replaces is not None or not (self.events or event.without):
            yield from found if event.busy else ()
            return
        replaced, without = self._gone_for(event.start), _Starts(event.without, event.start)
        for start, length in found:
            if replaced.hold(start) or without.hold(start):
                continue
            ruling = self._ruling(start)
            if ruling is None:
                if event.busy:
                    yield start, length
            elif ruling.busy and not ruling.rules:
                yield start._replace(wall=start.wall + _shift(ruling)), ruling.length

    def _ruling(self, start: WallTime) -> Event | None:
        index = bisect_right(self._from, start.instant) if self._from else 0
        return self._onwards[index - 1] if index else None

    def _gone_for(self, master: WallTime) -> _Starts:
        key = master.is_day, master.zone
        if key not in self._gone:
            self._gone[key] = _Starts(self._replaced, master)
        return self._gone[key]


class _Starts:
    """Starts of occurrences, written as dates, as times without a zone, or as instants."""

    def __init__(self, moments: Iterable[WallTime], master: WallTime) -> None:
        listed = list(moments)
        self._days = {
            day
            for moment in listed
            if moment.is_day or master.is_day
            for day in _days(moment, master)
        }
        self._walls = {moment.wall for moment in listed if moment.floats}
        self._instants = {moment.instant for moment in listed if not moment.is_day}
        self._empty = not listed

    def hold(self, start: WallTime) -> bool:
        """Say whether an occurrence starts at one of them."""
        if self._empty:
            return False
        return (
            start.instant in self._instants
            or start.wall in self._walls
            or (bool(self._days) and start.wall // DAY in self._days)
        )


def _days(moment: WallTime, master: WallTime) -> set[int]:
    """Return the day a start names, also where it is given as a time: midnight there, or on a clock of UTC."""
    there = wall_of(moment.instant, master.zone)
    return {there // DAY if there % DAY == 0 and not moment.floats else moment.wall // DAY}


def _from(override: Event) -> int:
    return 0 if override.replaces is None else override.replaces.instant


def _shift(override: Event) -> int:
    """Return how far an override moves the occurrences it replaces, on the wall clock where there is only one."""
    if override.replaces is None:
        return 0
    if override.replaces.zone is override.start.zone:
        return override.start.wall - override.replaces.wall
    return override.start.instant - override.replaces.instant


def _size(length: Length) -> int:
    return DAY if length.unknown else max(0, length.wall) + max(0, length.exact)
