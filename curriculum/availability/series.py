"""Join the events that share a UID - revisions, exceptions, replaced occurrences - into the time they take.

Which file they are from and how they were written is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from curriculum.availability.clock import DAY, wall_of
from curriculum.availability.events import Event
from curriculum.availability.intervals import Interval
from curriculum.availability.moments import Length, Moment, end_of
from curriculum.availability.recurrence import expand


class Taken(NamedTuple):
    """The seconds since the epoch that events take, the steps it cost, and the lines of rules not read to their end."""

    intervals: tuple[Interval, ...]
    steps: int
    unfinished: tuple[int, ...]


class Span(NamedTuple):
    """The instants that are asked about, and how many steps finding out may cost."""

    low: int
    high: int
    steps: int


class _Occurrences(NamedTuple):
    found: list[tuple[Moment, Length]]
    steps: int
    unfinished: tuple[int, ...]


def taken(events: Sequence[Event], span: Span) -> Taken:
    """Return the time that the events of one UID take.

    Of several revisions the one with the highest SEQUENCE counts; where that does not decide, all of them do.
    """
    if len(events) == 1 and not (events[0].rules or events[0].more or events[0].without):
        return _once(events[0], span)
    masters = _newest(event for event in events if event.replaces is None)
    replacing = _replacing(events)
    intervals: list[Interval] = []
    steps = 0
    unfinished: list[int] = []
    for event in (*masters, *replacing):
        overrides = replacing if event.replaces is None else []
        found = _occurrences(event, overrides, span._replace(steps=span.steps - steps))
        intervals += [(start.instant, end_of(start, length)) for start, length in _kept(event, found.found, overrides)]
        steps += found.steps
        unfinished += found.unfinished
    kept = tuple((start, end) for start, end in intervals if start < end and start < span.high and end > span.low)
    return Taken(kept, steps, tuple(unfinished))


def _once(event: Event, span: Span) -> Taken:
    start = event.start.instant
    end = end_of(event.start, event.length)
    inside = event.busy and start < end and start < span.high and end > span.low
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


def _occurrences(event: Event, overrides: Sequence[Event], span: Span) -> _Occurrences:
    """Return the occurrences of an event that may reach into the span, exceptions not yet taken out."""
    onwards = [override for override in overrides if override.onwards]
    if not (event.busy or any(override.busy for override in onwards)):
        return _Occurrences([], 0, ())
    longest = max(_size(each.length) for each in (event, *onwards))
    margin = 2 * DAY + max((abs(_shift(override)) for override in onwards), default=0)
    low, high = span.low - margin - longest, span.high + margin
    found = [(event.start, event.length)]
    found += [(start, event.length if length is None else length) for start, length in event.more]
    steps, unfinished = 0, []
    zone, is_day, floats = event.start[1:]
    for recurring in event.rules:
        read = expand(recurring.rule, event.start.wall, low, high, recurring.until, span.steps - steps)
        found += [(Moment(wall, zone, is_day, floats), event.length) for wall in read.walls]
        steps += read.steps
        unfinished += [] if read.complete else [recurring.line]
    return _Occurrences(found, steps, tuple(unfinished))


def _kept(
    event: Event, found: list[tuple[Moment, Length]], overrides: Sequence[Event]
) -> Iterator[tuple[Moment, Length]]:
    """Yield the occurrences that take place as planned, or as an override of all later ones has it."""
    if event.replaces is not None:
        yield from found if event.busy else ()
        return
    replaced = [override.replaces for override in overrides if override.replaces is not None]
    gone = _Starts([*event.without, *replaced], event.start)
    onwards = sorted((o for o in overrides if o.onwards and o.replaces), key=lambda o: (_from(o), o.line))
    for start, length in found:
        if gone.hold(start):
            continue
        ruling = [override for override in onwards if _from(override) <= start.instant] if onwards else []
        if not ruling:
            if event.busy:
                yield start, length
        elif ruling[-1].busy and not ruling[-1].rules:
            yield start._replace(wall=start.wall + _shift(ruling[-1])), ruling[-1].length


class _Starts:
    """Starts of occurrences, written as dates, as times without a zone, or as instants."""

    def __init__(self, moments: Iterable[Moment], master: Moment) -> None:
        listed = list(moments)
        self._days = {day for moment in listed if moment.is_day or master.is_day for day in _days(moment, master)}
        self._walls = {moment.wall for moment in listed if moment.floats}
        self._instants = {moment.instant for moment in listed if not moment.is_day}
        self._empty = not listed

    def hold(self, start: Moment) -> bool:
        """Say whether an occurrence starts at one of them."""
        if self._empty:
            return False
        return (
            start.instant in self._instants
            or start.wall in self._walls
            or (bool(self._days) and start.wall // DAY in self._days)
        )


def _days(moment: Moment, master: Moment) -> set[int]:
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
