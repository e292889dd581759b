"""Read the events and to-dos of a calendar one by one, with all that they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from curriculum.ical.calendar_zones import CalendarZones
from curriculum.ical.date_times import (
    IN_UTC,
    Clocks,
    WallTime,
    extent,
    on_clock_of,
    parse_date_time,
    parse_duration,
)
from curriculum.ical.events import sequence_of
from curriculum.ical.lenient_parser import EVERYTHING, Component, Property, parse
from curriculum.ical.parse_problems import ParseProblems
from curriculum.ical.series import OccurrenceSpan
from curriculum.ical.texts import unescaped
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.wall_clock import SECONDS_A_DAY

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIMES = ("DTSTART", "DTEND", "DUE", "COMPLETED", "LAST-MODIFIED")


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One VEVENT or VTODO.

    Attributes:
        kind: `VEVENT` or `VTODO`.
        properties: Name in capitals to the property; the first of several.
        start: DTSTART: an instant in UTC, or a date; None when it is missing or cannot be read.
        end: DTEND, DUE, or the start plus DURATION, of the same kinds; the start when it names none
            of them.
        completed: COMPLETED, in UTC.
        modified: LAST-MODIFIED, in UTC.
        sequence: SEQUENCE; 0 without one.
    """

    kind: str
    properties: Mapping[str, Property]
    start: date | None
    end: date | None
    completed: datetime | None
    modified: datetime | None
    sequence: int

    def text(self, name: str) -> str:
        """Return a property of type TEXT, without its escapes; empty when it is missing."""
        found = self.properties.get(name)
        if found is None:
            return ""
        return unescaped(found.value)

    def has_any(self, *names: str) -> bool:
        """Return whether it has one of some properties."""
        return not self.properties.keys().isdisjoint(names)


@dataclass(frozen=True, slots=True)
class CalendarItems:
    """What a file holds.

    Attributes:
        product: The PRODID of its first calendar: the program that wrote it. Empty without one.
        items: Its events and to-dos, in the order of the file.
        problems: What could not be read of it, sorted by place.
    """

    product: str
    items: tuple[CalendarItem, ...]
    problems: tuple[Problem, ...]


def read_items(data: bytes, zone: tzinfo, file: str = "") -> CalendarItems:
    """Return the events and to-dos of a calendar; never raises, whatever the bytes are.

    Args:
        data: The bytes.
        zone: The zone of times that name none.
        file: The name of the file, for problems.
    """
    problems = ParseProblems(file)
    parsed = parse(data, problems, EVERYTHING)
    components = [one for one in parsed.components if one.kind in ("VEVENT", "VTODO")]
    zones = CalendarZones(parsed, zone, _span(components), problems)
    items = [_item(component, zones.clocks(component)) for component in components]
    product = ""
    for properties in parsed.calendars[:1]:
        for found in properties:
            if found.name == "PRODID":
                product = unescaped(found.value)
    return CalendarItems(product, tuple(items), problems.problems)


def _span(components: list[Component]) -> OccurrenceSpan:
    """Return the time that the components are of, so that a VTIMEZONE is expanded no further."""
    walls = []
    for component in components:
        properties = component.first_of_each()
        for name in _TIMES:
            read = _wall_time(properties.get(name), IN_UTC)
            if read is not None:
                walls.append(read.wall)
    low = min(walls, default=0)
    high = max(walls, default=0)
    return OccurrenceSpan(low - SECONDS_A_DAY, high + SECONDS_A_DAY)


def _item(component: Component, clocks: Clocks) -> CalendarItem:
    properties = component.first_of_each()
    start = _wall_time(properties.get("DTSTART"), clocks)
    return CalendarItem(
        kind=component.kind,
        properties=properties,
        start=_date_or_instant(start),
        end=_end(properties, start, clocks),
        completed=_instant(properties.get("COMPLETED"), clocks),
        modified=_instant(properties.get("LAST-MODIFIED"), clocks),
        sequence=sequence_of(properties.get("SEQUENCE")),
    )


def _end(
    properties: Mapping[str, Property],
    start: WallTime | None,
    clocks: Clocks,
) -> date | None:
    end = properties.get("DTEND") or properties.get("DUE")
    if end is not None:
        read = _wall_time(end, clocks)
        if read is not None and start is not None:
            read = on_clock_of(start, read)
        return _date_or_instant(read)
    duration = properties.get("DURATION")
    if start is None or duration is None:
        return _date_or_instant(start)
    length = parse_duration(duration.times)
    if length is None:
        return _date_or_instant(start)
    if start.is_day:
        return _date_or_instant(start._replace(wall=start.wall + length.wall))
    return _from_seconds(extent(start, length)[1])


def _wall_time(found: Property | None, clocks: Clocks) -> WallTime | None:
    if found is None:
        return None
    return parse_date_time(found.times, found, clocks)


def _date_or_instant(read: WallTime | None) -> date | None:
    if read is None:
        return None
    if not read.is_day:
        return _from_seconds(read.instant)
    midnight = _from_seconds(read.wall)
    if midnight is None:
        return None
    return midnight.date()


def _instant(found: Property | None, clocks: Clocks) -> datetime | None:
    read = _wall_time(found, clocks)
    if read is None:
        return None
    return _from_seconds(read.instant)


def _from_seconds(seconds: int) -> datetime | None:
    """Return an instant in UTC; None before the year 1 or after 9999, where a clock may put it."""
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None
