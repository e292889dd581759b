"""Read from a calendar when the person can study: VAVAILABILITY (RFC 7953), or events by title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from curriculum.availability.busy_rule import cancelled_calendars, is_cancelled
from curriculum.availability.busy_time import (
    BusyQuestion,
    BusyRead,
    occupied_by,
    parse_within_limit,
    require_calendar,
    within_limit,
)
from curriculum.availability.titles import has_title, title_pattern
from curriculum.ical.calendar_zones import CalendarZones
from curriculum.ical.date_times import (
    Clocks,
    Length,
    WallTime,
    extent,
    length_between,
    parse_date_time,
    parse_duration,
)
from curriculum.ical.events import Event, TakesTime, read_event
from curriculum.ical.lenient_parser import Component, ParsedCalendar, Property, times_and
from curriculum.ical.parse_problems import ParseProblems
from curriculum.model.intervals import Interval, Intervals, merge, subtract
from curriculum.model.late_dataclasses import dataclass

_AVAILABILITY = frozenset({"VAVAILABILITY", "AVAILABLE"})
_ALWAYS = 1 << 62
_LOWEST = 10
"""The rank of a VAVAILABILITY without a PRIORITY: 1 to 9 come before it (RFC 7953 §3.1)."""


def read_study_time(
    file: str,
    data: bytes,
    question: BusyQuestion,
    titles: Sequence[str],
) -> BusyRead:
    """Return the time for studying in the bytes of a calendar; never raises, whatever they are.

    Where the calendar has a VAVAILABILITY, its AVAILABLE times are that. Otherwise the events with
    certain titles are, whether or not they are marked as free.

    Args:
        file: The name of the file, for problems.
        data: Its bytes.
        question: What is asked.
        titles: The titles of events that are time for studying; `*` and `?` stand for letters.
    """
    problems = ParseProblems(file)
    selection = times_and("SUMMARY", "PRIORITY")
    selection = selection._replace(kinds=selection.kinds | _AVAILABILITY)
    parsed = parse_within_limit(data, problems, selection)
    require_calendar(parsed, problems)
    zones = CalendarZones(parsed, question.zone, question.span, problems)
    reading = _Reading(parsed, question, zones, problems)
    if reading.of_kind("VAVAILABILITY"):
        seconds = reading.available()
    else:
        seconds = merge(reading.titled(titles))
    # Rounded inwards: no minute is free that is not free to its end.
    seen = _within(question.span, seconds)
    minutes = merge((-(-start // 60), end // 60) for start, end in seen)
    return BusyRead(minutes, problems.problems)


@dataclass(frozen=True)
class _Reading:
    """What is read, and for which days."""

    parsed: ParsedCalendar
    question: BusyQuestion
    zones: CalendarZones
    problems: ParseProblems

    def of_kind(self, kind: str) -> list[Component]:
        return [one for one in self.parsed.components if one.kind == kind]

    def titled(self, titles: Sequence[str]) -> list[Interval]:
        """Return when the events with some titles take place."""
        patterns = [title_pattern(title) for title in titles]
        cancelled = cancelled_calendars(self.parsed.calendars)

        def counts(component: Component, properties: Mapping[str, Property]) -> bool:
            if component.calendar in cancelled or not _is_meant(properties, self.question.ours):
                return False
            return has_title(properties, patterns)

        events = self._events(self.of_kind("VEVENT"), counts)
        if self.parsed.calendars and not any(event.takes_time for event in events):
            named = " or ".join(f"'{title}'" for title in titles)
            message = (
                f"no event in the calendar is titled {named}, so there is no time for studying"
            )
            hint = "give the titles of yours as 'title' beside 'ics'"
            self.problems.fail(0, "availability-empty", message, hint)
        return occupied_by(events, self.question.span, self.problems)

    def available(self) -> Intervals:
        """Return the AVAILABLE times, those of a higher priority over all others (§4)."""
        inside: dict[int, list[Component]] = defaultdict(list)
        for component in self.of_kind("AVAILABLE"):
            inside[component.owner].append(component)
        ranked: dict[int, list[Component]] = defaultdict(list)
        for component in self.of_kind("VAVAILABILITY"):
            ranked[_rank(component)].append(component)
        found: Intervals = ()
        for rank in sorted(ranked, reverse=True):
            ranges: list[Interval] = []
            times: list[Interval] = []
            for component in ranked[rank]:
                held = _range(component, self.zones.clocks(component))
                ranges.append(held)
                times += _within(held, self._times(inside[component.line]))
            covered = merge(ranges)
            kept = [left for one in found for left in subtract(one, covered)]
            found = merge([*kept, *times])
        return found

    def _times(self, components: Sequence[Component]) -> list[Interval]:
        events = self._events(components, lambda component, properties: True)
        return occupied_by(events, self.question.span, self.problems)

    def _events(self, components: Sequence[Component], counts: TakesTime) -> list[Event]:
        found: list[Event] = []
        for component in within_limit(list(components), self.problems):
            clocks = self.zones.clocks(component)
            event = read_event(component, clocks, self.problems, counts)
            if event is not None:
                found.append(event)
        return found


def _is_meant(properties: Mapping[str, Property], ours: Container[str]) -> bool:
    """Return whether an event takes place, and is not a session of this plan."""
    if is_cancelled(properties):
        return False
    return "UID" not in properties or properties["UID"].value not in ours


def _rank(component: Component) -> int:
    priority = component.first_of_each().get("PRIORITY")
    if priority is None or priority.value not in "123456789":
        return _LOWEST
    return int(priority.value)


def _range(component: Component, clocks: Clocks) -> Interval:
    """Return the instants that a VAVAILABILITY speaks of; it may be open at both ends."""
    properties = component.first_of_each()
    start = _time(properties.get("DTSTART"), clocks)
    end = _time(properties.get("DTEND"), clocks)
    if start is None:
        return -_ALWAYS, _ALWAYS if end is None else end.instant
    length = _length(properties.get("DURATION"), start, end)
    if length is None:
        return start.instant, _ALWAYS
    return extent(start, length)


def _length(duration: Property | None, start: WallTime, end: WallTime | None) -> Length | None:
    if end is not None:
        return length_between(start, end)
    if duration is None:
        return None
    return parse_duration(duration.times)


def _time(found: Property | None, clocks: Clocks) -> WallTime | None:
    if found is None:
        return None
    return parse_date_time(found.times, found, clocks)


def _within(held: Interval, times: Iterable[Interval]) -> list[Interval]:
    low, high = held
    clipped = [(max(low, start), min(high, end)) for start, end in times]
    return [(start, end) for start, end in clipped if start < end]
