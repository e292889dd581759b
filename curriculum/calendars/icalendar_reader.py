"""Read back the calendars that we published, strictly; any other calendar is refused.

It reads the few kinds of lines that we write (RFC 5545 §3.1 and §3.3) and shares no code with the
writer, so that one can check the other. Calendars of other programs are read by `ical`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import UTC, date, datetime

from curriculum.calendars.icalendar_writer import (
    DEPENDS_ON,
    MINUTES_PARAMETER,
    PAGES_PARAMETER,
    PRODUCT,
    RELATION,
    UNIT_PROPERTY,
)
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.ledger import PublishedEvent
from curriculum.model.plan import Piece
from curriculum.model.problems import CurriculumError
from curriculum.model.quantities import Pages

_FOLD = late_pattern(r"\r?\n[ \t]")
_LINE_END = late_pattern(r"\r?\n")
_ESCAPE = late_pattern(r"\\(.)")
_ITEM = late_pattern(r"(?:[^\\,]|\\.)+")
_INSTANT = late_pattern(r"\d{8}T\d{6}Z")
_TRIGGER = late_pattern(r"-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_PIECE = late_pattern(
    rf"{MINUTES_PARAMETER}=(?P<minutes>\d+)"
    rf"(?:;{PAGES_PARAMETER}=(?P<first>\d+)(?:-(?P<last>\d+))?)?"
)


class ForeignEventError(CurriculumError):
    """A calendar that cannot have been written by us, or was changed since."""


@dataclass(slots=True)
class _Component:
    """A component: its properties with their parameters, and the components inside it."""

    name: str
    properties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    inside: list[_Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Return the value of a property that must be there once."""
        found = self.properties.get(name)
        if found is None:
            raise ValueError(f"it has no {name}")
        ((_, value),) = found
        return value

    def text(self, name: str) -> str:
        """Return such a value without its escapes."""
        return _plain(self.value(name))


def read_events(file: str, data: bytes) -> list[PublishedEvent]:
    """Return the events of a file that we published, in file order, without their sessions.

    Raises:
        ForeignEventError: It does not hold what we write.
    """
    try:
        calendar = _calendar(data.decode())
        product = calendar.value("PRODID")
        if product != PRODUCT:
            raise ValueError(f"its PRODID is {product}")
        return [_event(file, component) for component in calendar.inside]
    except ValueError as error:
        raise ForeignEventError(
            f"'{file}' is not a calendar that curriculum has published ({error})"
        ) from error


def _calendar(text: str) -> _Component:
    """Return the calendar that a text holds, with its components."""
    root = _Component("")
    open_components = [root]
    for line in _LINE_END.split(_FOLD.sub("", text)):
        if line:
            _add_line(line, open_components)
    is_closed = len(open_components) == 1
    if not is_closed or [component.name for component in root.inside] != ["VCALENDAR"]:
        raise ValueError("it is not one whole calendar")
    return root.inside[0]


def _add_line(line: str, open_components: list[_Component]) -> None:
    head, colon, value = line.partition(":")
    innermost = open_components[-1]
    if head == "BEGIN":
        component = _Component(value)
        innermost.inside.append(component)
        open_components.append(component)
    elif head == "END":
        open_components.pop()
        if innermost.name != value or not open_components:
            raise ValueError(f"{value} ends where it did not begin")
    elif colon:
        name, _, parameters = head.partition(";")
        innermost.properties.setdefault(name, []).append((parameters, value))
    else:
        raise ValueError("a line has no value")


def _event(file: str, component: _Component) -> PublishedEvent:
    if component.name != "VEVENT":
        raise ValueError(f"it holds a {component.name}")
    url = None
    if "URL" in component.properties:
        url = component.value("URL")
    start = _date_or_instant(component.value("DTSTART"))
    is_transparent = component.value("TRANSP") == "TRANSPARENT"
    entry = CalendarEntry(
        uid=component.text("UID"),
        file=file,
        start=start,
        end=_date_or_instant(component.value("DTEND")),
        summary=component.text("SUMMARY"),
        description=component.text("DESCRIPTION"),
        categories=_categories(component),
        url=url,
        pieces=tuple(_pieces(component)),
        alarms=tuple(_minutes_before(alarm) for alarm in component.inside),
        # What lasts all day takes no time, and is not called free for that.
        is_free=is_transparent and isinstance(start, datetime),
        depends_on=tuple(_depended_on(component)),
    )
    sequence = int(component.value("SEQUENCE"))
    return PublishedEvent(entry, sequence, _instant(component.value("DTSTAMP")))


def _categories(component: _Component) -> tuple[str, ...]:
    if "CATEGORIES" not in component.properties:
        return ()
    items = _ITEM.findall(component.value("CATEGORIES"))
    return tuple(_plain(item) for item in items)


def _pieces(component: _Component) -> Iterator[Piece]:
    for parameters, unit in component.properties.get(UNIT_PROPERTY, ()):
        match = _PIECE.fullmatch(parameters)
        if match is None:
            raise ValueError(f"a {UNIT_PROPERTY} has the parameters '{parameters}'")
        pages = None
        if match["first"] is not None:
            pages = Pages(int(match["first"]), int(match["last"] or match["first"]))
        yield Piece(UnitId(_plain(unit)), int(match["minutes"]), pages)


def _depended_on(component: _Component) -> Iterator[str]:
    for parameters, uid in component.properties.get(RELATION, ()):
        if parameters != DEPENDS_ON:
            raise ValueError(f"a {RELATION} has the parameters '{parameters}'")
        yield _plain(uid)


def _minutes_before(alarm: _Component) -> int:
    """Return how many minutes before the start an alarm is."""
    trigger = alarm.value("TRIGGER")
    match = _TRIGGER.fullmatch(trigger)
    if match is None:
        raise ValueError(f"an alarm is at {trigger}")
    days, hours, minutes = [int(number or 0) for number in match.groups()]
    return (days * 24 + hours) * 60 + minutes


def _plain(text: str) -> str:
    """Return a text without its escapes (RFC 5545 §3.3.11)."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    character: str = match[1]
    if character in "nN":
        return "\n"
    return character


def _date_or_instant(text: str) -> date:
    if "T" in text:
        return _instant(text)
    return date.fromisoformat(text)


def _instant(text: str) -> datetime:
    """Return an instant in UTC; a floating time, which we never write, is refused."""
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"'{text}' is not an instant in UTC")
    return datetime.fromisoformat(text).astimezone(UTC)
