"""Read back the calendars that we published; calendars of anyone else are refused, and no file is opened here.

It reads the few kinds of lines that we write (RFC 5545 §3.1 and §3.3), and shares nothing with what spells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from curriculum.calendars.icalendar_writer import MINUTES, PRODUCT, UNIT
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.ledger import PublishedEvent
from curriculum.model.problems import CurriculumError

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE_END = re.compile(r"\r?\n")
_ESCAPE = re.compile(r"\\(.)")
_ITEM = re.compile(r"(?:[^\\,]|\\.)+")
_INSTANT = re.compile(r"\d{8}T\d{6}Z")
_TRIGGER = re.compile(r"-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


class ForeignEventError(CurriculumError):
    """A calendar that cannot have been written by us, or was changed since."""


@dataclass(slots=True)
class _Part:
    """A component: its properties with their parameters, and the components inside it."""

    name: str
    properties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    inside: list[_Part] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Return the value of a property that must be there once."""
        ((_, value),) = self.properties.get(name, ()) or _missing(name)
        return value

    def text(self, name: str) -> str:
        """Return such a value without its escapes."""
        return _plain(self.value(name))


def _missing(name: str) -> list[tuple[str, str]]:
    raise ValueError(f"it has no {name}")


def read_events(file: str, data: bytes) -> list[PublishedEvent]:
    """Return the events of a file that we published, in file order; which session each stands for is not told.

    Raises:
        ForeignEventError: It does not hold what we write.
    """
    try:
        calendar = _tree(data.decode())
        if calendar.value("PRODID") != PRODUCT:
            raise ValueError(f"its PRODID is {calendar.value('PRODID')}")
        return [_event(file, part) for part in calendar.inside]
    except ValueError as error:
        raise ForeignEventError(
            f"'{file}' is not a calendar that curriculum has published ({error})"
        ) from error


def _tree(text: str) -> _Part:
    """Return the calendar that a text holds, with its components."""
    root = _Part("")
    open_parts = [root]
    for line in _LINE_END.split(_FOLD.sub("", text)):
        head, colon, value = line.partition(":")
        if head == "BEGIN":
            part = _Part(value)
            open_parts[-1].inside.append(part)
            open_parts.append(part)
        elif head == "END":
            if open_parts.pop().name != value or not open_parts:
                raise ValueError(f"{value} ends where it did not begin")
        elif colon:
            name, _, parameters = head.partition(";")
            open_parts[-1].properties.setdefault(name, []).append((parameters, value))
        elif line:
            raise ValueError("a line has no value")
    if len(open_parts) != 1 or [part.name for part in root.inside] != ["VCALENDAR"]:
        raise ValueError("it is not one whole calendar")
    return root.inside[0]


def _event(file: str, part: _Part) -> PublishedEvent:
    if part.name != "VEVENT":
        raise ValueError(f"it holds a {part.name}")
    categories = part.value("CATEGORIES") if "CATEGORIES" in part.properties else ""
    entry = CalendarEntry(
        uid=part.text("UID"),
        file=file,
        start=_moment(part.value("DTSTART")),
        end=_moment(part.value("DTEND")),
        summary=part.text("SUMMARY"),
        description=part.text("DESCRIPTION"),
        categories=tuple(map(_plain, _ITEM.findall(categories))),
        url=part.value("URL") if "URL" in part.properties else None,
        pieces=tuple(_pieces(part)),
        alarm=_alarm(part),
    )
    return PublishedEvent(entry, int(part.value("SEQUENCE")), _instant(part.value("DTSTAMP")))


def _pieces(part: _Part) -> Iterator[tuple[str, int]]:
    for parameters, unit in part.properties.get(UNIT, ()):
        name, _, minutes = parameters.partition("=")
        if name != MINUTES:
            raise ValueError(f"a {UNIT} has no {MINUTES}")
        yield _plain(unit), int(minutes)


def _alarm(part: _Part) -> int | None:
    """Return how many minutes before the start the alarm is; None without one."""
    if not part.inside:
        return None
    (alarm,) = part.inside
    match = _TRIGGER.fullmatch(alarm.value("TRIGGER"))
    if match is None:
        raise ValueError(f"an alarm is at {alarm.value('TRIGGER')}")
    days, hours, minutes = (int(number or 0) for number in match.groups())
    return (days * 24 + hours) * 60 + minutes


def _plain(text: str) -> str:
    """Return a text without its escapes (RFC 5545 §3.3.11)."""
    return (
        _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)
        if "\\" in text
        else text
    )


def _moment(text: str) -> date:
    return _instant(text) if "T" in text else date.fromisoformat(text)


def _instant(text: str) -> datetime:
    """Return an instant in UTC; a floating time, which we never write, is refused."""
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"'{text}' is not an instant in UTC")
    return datetime.fromisoformat(text).astimezone(UTC)
