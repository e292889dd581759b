"""Read the bytes of a calendar file as busy time, and report what of it was not understood.

What is understood of a damaged file is used. What is not is a problem with its place: a warning
where the rest of the file is still used, an error where so much is missing that free time must not
be trusted. The cost is bounded whatever the bytes are.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from datetime import date, tzinfo
from functools import cached_property
from typing import NamedTuple

from curriculum.availability.busy_rule import (
    busy_rule,
    cancelled_calendars,
    is_busy_period,
    selection_for,
)
from curriculum.ical.calendar_zones import CalendarZones
from curriculum.ical.date_times import Length, extent
from curriculum.ical.events import Event, TakesTime, read_event
from curriculum.ical.free_busy import read_periods
from curriculum.ical.lenient_parser import Component, ParsedCalendar, PropertySelection, parse
from curriculum.ical.parse_problems import ParseProblems
from curriculum.ical.series import OccurrenceSpan, occupied
from curriculum.model.busy import EVERYTHING_COUNTS, BusySource
from curriculum.model.intervals import Interval, Intervals, merge
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.wall_clock import SECONDS_A_DAY, instant_of, local_midnight

MAX_BYTES = 50_000_000
MAX_EVENTS = 200_000
MAX_STEPS = 4_000_000
"""What all rules of a file may cost, about a microsecond each.

200 weekly ones of thirty years are a quarter of it.
"""
MAX_STEPS_OF_EVENT = 600_000
"""The same for the rules of one event: an hourly one runs for twenty years."""
_EXPORT_LESS = "export only the years you plan in"


@dataclass(frozen=True, slots=True)
class BusyQuestion:
    """What is asked of a calendar.

    Attributes:
        zone: The zone of the person: that of all-day events, and of times without a zone that is
            known.
        first: The first day that is asked about; the day before it is read, too, for windows across
            midnight.
        last: The last day that is asked about; the day after it is read, too.
        ours: UIDs that are never busy: those of the plan that asks.
    """

    zone: tzinfo
    first: date
    last: date
    ours: Container[str] = frozenset()

    @property
    def span(self) -> OccurrenceSpan:
        """The instants that are asked about."""
        low = local_midnight(self.first) - SECONDS_A_DAY
        high = local_midnight(self.last) + 2 * SECONDS_A_DAY
        return OccurrenceSpan(instant_of(low, self.zone), instant_of(high, self.zone))


@dataclass(frozen=True, slots=True)
class BusyRead:
    """What a calendar file says.

    Attributes:
        intervals: Taken minutes since the epoch, rounded outwards, sorted and disjoint.
        problems: What was not understood, sorted by place.
    """

    intervals: Intervals
    problems: tuple[Problem, ...]


def read_busy(
    file: str,
    data: bytes,
    question: BusyQuestion,
    source: BusySource = EVERYTHING_COUNTS,
    me: Collection[str] = (),
) -> BusyRead:
    """Return the busy time in the bytes of a calendar file; never raises, whatever the bytes are.

    Args:
        file: The name of the file, for problems.
        data: Its bytes.
        question: What is asked.
        source: Where the file comes from, and what of it does not count.
        me: The person's mail addresses: what they declined takes no time.
    """
    return BusyCalendar(file, data, source, me).read(question)


class _Read(NamedTuple):
    """What a file holds, before recurring events are followed through the days asked about."""

    zone: tzinfo
    ours: Container[str]
    events: Sequence[Event]
    lists: Sequence[Component]
    zones: CalendarZones
    problems: ParseProblems


class BusyCalendar:
    """A calendar file that may be asked about several times; its bytes are parsed once."""

    def __init__(
        self,
        file: str,
        data: bytes,
        source: BusySource = EVERYTHING_COUNTS,
        me: Collection[str] = (),
    ) -> None:
        """Read nothing yet; see `read_busy`."""
        self._file = file
        self._data = data
        self._source = source
        self._me = me
        self._known: _Read | None = None

    @cached_property
    def _parsed(self) -> tuple[ParsedCalendar, ParseProblems]:
        problems = ParseProblems(self._file)
        selection = selection_for(self._source, self._me)
        return parse_within_limit(self._data, problems, selection), problems

    def read(self, question: BusyQuestion) -> BusyRead:
        """Return the busy time of the days that are asked about; never raises."""
        read = self._read(question)
        problems = read.problems.copy()
        span = question.span
        _warn_of_missing_ends(read.events, span.low, problems)
        intervals = occupied_by(read.events, span, problems)
        for component in read.lists:
            intervals += _of_list(component, read.zones, span, problems, self._source)
        minutes = merge((start // 60, -(-end // 60)) for start, end in intervals)
        return BusyRead(minutes, problems.problems)

    def _read(self, question: BusyQuestion) -> _Read:
        known = self._known
        if known is not None and _still_holds(known, question):
            return known
        self._known = self._read_for(question)
        return self._known

    def _read_for(self, question: BusyQuestion) -> _Read:
        parsed, found = self._parsed
        problems = found.copy()
        components = [one for one in parsed.components if one.kind in ("VEVENT", "VFREEBUSY")]
        if not components:
            require_calendar(parsed, problems)
        components = within_limit(components, problems)
        zones = CalendarZones(parsed, question.zone, question.span, problems)
        takes_time = busy_rule(self._source, question.ours, parsed.calendars, self._me)
        events = _events(components, zones, problems, takes_time)
        cancelled = cancelled_calendars(parsed.calendars)
        lists = []
        for component in components:
            if component.kind == "VFREEBUSY" and component.calendar not in cancelled:
                lists.append(component)
        return _Read(question.zone, question.ours, events, lists, zones, problems)


def _still_holds(known: _Read, question: BusyQuestion) -> bool:
    # Zones that the file defines itself are expanded only for the days that were asked about.
    if known.zones.has_custom_zones:
        return False
    return (known.zone, known.ours) == (question.zone, question.ours)


def parse_within_limit(
    data: bytes, problems: ParseProblems, selection: PropertySelection
) -> ParsedCalendar:
    """Return the lines that are needed of as many bytes as are read, and report the rest."""
    if len(data) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        message = f"the file is larger than {megabytes} MB; the rest of it is not read"
        problems.fail(0, "busy-limit", message, _EXPORT_LESS)
    return parse(data[:MAX_BYTES], problems, selection)


def require_calendar(parsed: ParsedCalendar, problems: ParseProblems) -> None:
    """Report that a file does not hold a calendar, if it does not."""
    if not parsed.calendars:
        message = "the file does not hold a calendar"
        problems.fail(0, "busy-not-a-calendar", message, "is it an iCalendar (.ics) file?")


def within_limit(components: list[Component], problems: ParseProblems) -> list[Component]:
    """Return as many components as are read, and report the rest."""
    count = len(components)
    if count <= MAX_EVENTS:
        return components
    first_left_out = components[MAX_EVENTS]
    message = f"the file holds {count} events; from here on, after {MAX_EVENTS}, they are not read"
    problems.fail(first_left_out.line, "busy-limit", message, _EXPORT_LESS)
    return components[:MAX_EVENTS]


def _events(
    components: Sequence[Component],
    zones: CalendarZones,
    problems: ParseProblems,
    takes_time: TakesTime,
) -> list[Event]:
    found = []
    is_empty = True
    for component in components:
        if component.kind != "VEVENT":
            continue
        is_empty = False
        event = read_event(component, zones.clocks(component), problems, takes_time)
        if event is not None:
            found.append(event)
    if not is_empty and not found:
        message = "none of the events in the file can be read"
        problems.fail(0, "busy-unreadable", message, "export the calendar again")
    return found


def _warn_of_missing_ends(
    events: Sequence[Event],
    since: int,
    problems: ParseProblems,
) -> None:
    """Warn of appointments without an end: RFC 5545 §3.6.1 gives them no time at all."""
    endless = [event for event in events if _lacks_end(event, since)]
    if not endless:
        return
    line = min(event.line for event in endless)
    message = f"{len(endless)} events have a start but no end, and take no time; here is the first"
    if len(endless) == 1:
        message = "the event has a start but no end, and takes no time"
    hint = "give it an end, or leave it out with 'ignore'"
    problems.warn((line, 1), "busy-no-end", message, hint)


def _lacks_end(event: Event, since: int) -> bool:
    if event.has_end or not event.takes_time or event.length != Length():
        return False
    return bool(event.recurrence.rules) or event.start.instant >= since


def occupied_by(
    events: Sequence[Event],
    span: OccurrenceSpan,
    problems: ParseProblems,
) -> list[Interval]:
    """Return when events take place, in seconds since the epoch, in no order."""
    intervals: list[Interval] = []
    steps = MAX_STEPS
    unfinished: list[int] = []
    for group in _by_uid(events):
        found = occupied(group, span, min(MAX_STEPS_OF_EVENT, steps))
        intervals += found.intervals
        steps -= found.steps
        unfinished += found.unfinished
    if unfinished:
        count = len(unfinished)
        message = f"{count} rules recur too often to be followed to their end; here is the first"
        if count == 1:
            message = "this rule recurs too often to be followed to its end"
        hint = "give the rule an 'UNTIL' or a simpler form"
        problems.fail(min(unfinished), "busy-limit", message, hint)
    return intervals


def _by_uid(events: Sequence[Event]) -> Iterable[Sequence[Event]]:
    """Return the events in groups of one UID; without a UID each is a group of its own."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.uid, []).append(event)
    alone = [(event,) for event in groups.pop("", [])]
    return (*groups.values(), *alone)


def _of_list(
    component: Component,
    zones: CalendarZones,
    span: OccurrenceSpan,
    problems: ParseProblems,
    source: BusySource,
) -> list[Interval]:
    """Return the busy periods of a VFREEBUSY."""
    found = []
    for period in read_periods(component, zones.clocks(component), problems):
        if not is_busy_period(period, source):
            continue
        start, end = extent(period.start, period.length)
        if start < span.high and end > span.low:
            found.append((start, end))
    return found
