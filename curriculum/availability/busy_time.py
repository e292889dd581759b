"""Read the bytes of a calendar file as busy time, and say what of it was not understood; it never opens a file.

What is understood of a damaged file is used. What is not is a problem with its place: a warning where the rest of the
file is still used, an error where so much is missing that free time must not be trusted. The cost is bounded whatever
the bytes are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from curriculum.ical.date_times import Clocks, extent, parse_period
from curriculum.ical.events import Event, read_event
from curriculum.ical.filters import EventFilter, event_filter, reads_texts
from curriculum.ical.lenient_parser import Component, ParsedCalendar, Property, parse
from curriculum.ical.parse_problems import ParseProblems
from curriculum.ical.series import OccurrenceSpan, occupied
from curriculum.ical.vtimezone import custom_zone
from curriculum.ical.zones import find_zone
from curriculum.model.busy import PLAIN, BusySource
from curriculum.model.intervals import Interval, Intervals, merge
from curriculum.model.problems import Problem
from curriculum.model.wall_clock import DAY, instant_of, local_midnight

MOST_BYTES = 50_000_000
MOST_EVENTS = 200_000
MOST_STEPS = 4_000_000
"""What all rules of a file may cost, in microseconds or so: 200 weekly ones of thirty years are a quarter of it."""
STEPS_OF_ONE = 600_000
"""The same for the rules of one event: an hourly one runs for twenty years."""
MOST_ZONES = 40
"""Zones that a file defines itself, each different from the others."""
MOST_UNKNOWN = 1_000
"""After so many names of zones that nobody knows none is looked up."""


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
    *,
    zone: tzinfo,
    first: date,
    last: date,
    ours: Container[str] = frozenset(),
    source: BusySource = PLAIN,
) -> BusyRead:
    """Return the busy time in the bytes of a calendar file; never raises, whatever the bytes are.

    Args:
        file: The name of the file, for problems.
        data: Its bytes.
        zone: The zone of the person: that of all-day events, and of times without a zone that is known.
        first: The first day that is asked about; the day before it is read, too, for windows across midnight.
        last: The last day that is asked about; the day after it is read, too.
        ours: UIDs that are never busy: the events we published.
        source: Where it comes from, and what of it does not count.
    """
    doubts = ParseProblems(file)
    if len(data) > MOST_BYTES:
        message = (
            f"the file is larger than {MOST_BYTES // 1_000_000} MB; what is beyond is not read"
        )
        doubts.fail(0, "busy-limit", message, "export only the years you plan in")
    salvaged = parse(data[:MOST_BYTES], doubts, texts=reads_texts(source))
    span = OccurrenceSpan(_midnight(first, zone, -1), _midnight(last, zone, 2))
    intervals = _read(salvaged, _Zones(salvaged, zone, span, doubts), span, ours, doubts, source)
    minutes = merge((start // 60, -(-end // 60)) for start, end in intervals)
    return BusyRead(minutes, doubts.told())


def _midnight(day: date, zone: tzinfo, later: int) -> int:
    return instant_of(local_midnight(day) + later * DAY, zone)


def _read(
    salvaged: ParsedCalendar,
    zones: _Zones,
    span: OccurrenceSpan,
    ours: Container[str],
    doubts: ParseProblems,
    source: BusySource,
) -> list[Interval]:
    is_ignored = event_filter(source)
    components = [
        component for component in salvaged.components if component.kind in ("VEVENT", "VFREEBUSY")
    ]
    if not components and not salvaged.calendars:
        doubts.fail(
            0,
            "busy-not-a-calendar",
            "the file holds no calendar",
            "is it an iCalendar (.ics) file?",
        )
    if len(components) > MOST_EVENTS:
        message = f"the file holds {len(components)} events; from here on, after {MOST_EVENTS}, none is read"
        doubts.fail(
            components[MOST_EVENTS].line, "busy-limit", message, "export only the years you plan in"
        )
    events = [component for component in components[:MOST_EVENTS] if component.kind == "VEVENT"]
    read = [
        found
        for component in events
        if (found := _event(component, zones, ours, doubts, is_ignored))
    ]
    if events and not read:
        doubts.fail(
            0, "busy-unreadable", "no event of the file can be read", "export the calendar again"
        )
    listed = [
        interval
        for component in components[:MOST_EVENTS]
        if component.kind == "VFREEBUSY" and not zones.is_cancelled(component)
        for interval in _of_list(component, zones.clocks(component), span, doubts, source)
    ]
    return _of_events(read, span, doubts) + listed


def _event(
    component: Component,
    zones: _Zones,
    ours: Container[str],
    doubts: ParseProblems,
    is_ignored: EventFilter,
) -> Event | None:
    found = read_event(component, zones.clocks(component), ours, doubts, is_ignored)
    return replace(found, busy=False) if found and zones.is_cancelled(component) else found


def _of_events(
    events: Sequence[Event], span: OccurrenceSpan, doubts: ParseProblems
) -> list[Interval]:
    intervals: list[Interval] = []
    steps = MOST_STEPS
    unfinished: list[int] = []
    for group in _by_uid(events):
        found_time = occupied(group, span, min(STEPS_OF_ONE, steps))
        intervals += found_time.intervals
        steps -= found_time.steps
        unfinished += found_time.unfinished
    if unfinished:
        message = f"{len(unfinished)} rules, the first one here, recur too often to be followed to their end"
        doubts.fail(
            min(unfinished), "busy-limit", message, "give the rules an 'UNTIL' or a plainer form"
        )
    return intervals


def _by_uid(events: Sequence[Event]) -> Iterable[Sequence[Event]]:
    """Return the events in groups of one UID; without a UID each is a group of its own."""
    groups: dict[str, list[Event]] = {}
    for found in events:
        groups.setdefault(found.uid, []).append(found)
    alone = [(found,) for found in groups.pop("", [])]
    return (*groups.values(), *alone)


def _of_list(
    component: Component,
    clocks: Clocks,
    span: OccurrenceSpan,
    doubts: ParseProblems,
    source: BusySource,
) -> list[Interval]:
    """Return the busy periods of a VFREEBUSY; a type that is not known is busy (RFC 5545 §3.2.9)."""
    intervals = []
    for found in component.properties:
        if found.name != "FREEBUSY" or _is_free(found, source):
            continue
        head = found.head
        for text in found.listed:
            read = parse_period(text, head, clocks)
            if read is None:
                message = f"'{text[:40]}' is no period; it is passed over"
                doubts.warn(
                    found.line, found.column, "busy-bad-date", message, "write it like 'start/end'"
                )
                continue
            intervals.append(extent(*read))
    return [(start, end) for start, end in intervals if start < span.high and end > span.low]


def _is_free(found: Property, source: BusySource) -> bool:
    parameters = found.rest.rpartition(":")[0].upper().replace(" ", "").replace('"', "").split(";")
    return "FBTYPE=FREE" in parameters or (
        source.tentative == "free" and "FBTYPE=BUSY-TENTATIVE" in parameters
    )


class _Zones:
    """The clocks of the calendars in one file; each name is looked up, and doubted, once."""

    def __init__(
        self, salvaged: ParsedCalendar, zone: tzinfo, span: OccurrenceSpan, doubts: ParseProblems
    ) -> None:
        self._zone, self._span, self._doubts = zone, span, doubts
        self._definitions = _definitions(salvaged.components)
        self._found: dict[tuple[int, str], tzinfo] = {}
        self._custom: dict[tuple[tuple[str, str], ...], tzinfo | None] = {}
        self._unknown = 0
        self._cancelled = {
            number
            for number, properties in enumerate(salvaged.calendars)
            if any(
                found.name == "METHOD" and found.value.upper() == "CANCEL" for found in properties
            )
        }
        self._clocks = {
            number: self._of(number, found) for number, found in enumerate(salvaged.calendars)
        }
        self._clocks[-1] = self._of(-1, ())

    def clocks(self, component: Component) -> Clocks:
        """Return the clocks of the calendar a component is in."""
        return self._clocks[component.calendar]

    def is_cancelled(self, component: Component) -> bool:
        """Say whether the calendar of a component only takes events back (RFC 5546 §3.2.5)."""
        return component.calendar in self._cancelled

    def _of(self, number: int, properties: Sequence[Property]) -> Clocks:
        def named(name: str, found: Property) -> tzinfo:
            key = number, name
            if key not in self._found:
                self._found[key] = self._look_up(number, name, found)
            return self._found[key]

        said = next(
            (found for found in properties if found.name == "X-WR-TIMEZONE" and found.value), None
        )
        return Clocks(self._zone, self._zone if said is None else named(said.value, said), named)

    def _look_up(self, number: int, name: str, found: Property) -> tzinfo:
        zone = find_zone(name) if self._unknown < MOST_UNKNOWN else None
        zone = zone or self._defined(name, self._definitions.get((number, name), []))
        if zone is None:
            self._unknown += 1
            message = (
                f"the zone '{name[:60]}' is not known; its times are read in the zone of the plan"
            )
            self._doubts.warn(
                found.line, 1, "busy-unknown-zone", message, "use a name like 'Europe/Berlin'"
            )
            return self._zone
        return zone

    def _defined(self, name: str, observances: list[Component]) -> tzinfo | None:
        """Return the zone a calendar defines itself; files of many calendars define the same one in each."""
        key = tuple(
            (part, rest) for observance in observances for part, _, rest in observance.parts
        )
        if observances and key not in self._custom and len(self._custom) < MOST_ZONES:
            self._custom[key] = custom_zone(name, observances, self._span.low, self._span.high)
        return self._custom.get(key)


def _definitions(components: Sequence[Component]) -> dict[tuple[int, str], list[Component]]:
    """Return the observances of each VTIMEZONE, by the number of its calendar and its TZID."""
    inside: dict[int, list[Component]] = {}
    for component in components:
        if component.kind in ("STANDARD", "DAYLIGHT"):
            inside.setdefault(component.owner, []).append(component)
    return {
        (component.calendar, found.value.strip('"')): inside.get(component.line, [])
        for component in components
        if component.kind == "VTIMEZONE"
        for found in component.properties
        if found.name == "TZID"
    }
