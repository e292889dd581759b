"""Spell calendar entries as iCalendar bytes (RFC 5545); which entries there are is not decided here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Component, Event
from icalendar.prop import vCategory, vDate, vDatetime, vDuration, vInt, vText, vUri

from curriculum.model.ledger import Published
from curriculum.render.entries import Entry

PRODUCT = "-//curriculum//study calendar//EN"
LONGEST_LINE = 75
"""The most octets of a line without its end (RFC 5545 §3.1)."""

UNIT = "X-CURRICULUM-UNIT"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_HOURLY = timedelta(hours=1)


class PlainText(vText):
    r"""A text that comes back as it was: `vText` turns a backslash followed by `N` into a line break."""

    def to_ical(self) -> bytes:
        """Return the text with its special characters escaped (RFC 5545 §3.3.11)."""
        return self.translate(_ESCAPED).encode()


def calendar_bytes(name: str, colour: str, events: Iterable[tuple[Entry, Published]]) -> bytes:
    """Return a calendar file.

    Args:
        name: What calendar programs call it; one line.
        colour: The colour to show it in, a CSS name (RFC 7986 §5.9).
        events: Its entries with their SEQUENCE and stamps, in the order they stand in the file.
    """
    calendar = Calendar()
    calendar["VERSION"] = PlainText("2.0")
    calendar["PRODID"] = PlainText(PRODUCT)
    calendar["CALSCALE"] = PlainText("GREGORIAN")
    calendar["NAME"] = calendar["X-WR-CALNAME"] = PlainText(name)
    calendar["COLOR"] = PlainText(colour)
    calendar["REFRESH-INTERVAL"] = vDuration(_HOURLY, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(_HOURLY)
    *head, end = _lines(calendar)
    body = (line for entry, published in events for line in _lines(_event(entry, published)))
    return b"".join([*head, *body, end])


def _lines(component: Component) -> list[bytes]:
    """Return the lines of a component, folded.

    The library would join and fold the same names and values, in three times the time.
    """
    return [folded(_line(name, value)) for name, value in component.property_items(sorted=False)]


def _line(name: str, value: Any) -> str:  # Any: icalendar has one type for all properties, and bytes for BEGIN and END
    if isinstance(value, bytes):
        return f"{name}:{value.decode()}"
    parameters = f";{value.params.to_ical().decode()}" if value.params else ""
    return f"{name}{parameters}:{value.to_ical().decode()}"


def folded(line: str) -> bytes:
    """Return a line folded at 75 octets, with its end, between whole characters (RFC 5545 §3.1).

    An escaped character stays with its backslash, for the sake of readers that unescape before they unfold.
    """
    octets = line.encode()
    parts, start, room = [], 0, LONGEST_LINE
    while len(octets) - start > room:
        end = _fold(octets, start, start + room)
        parts.append(octets[start:end])
        start, room = end, LONGEST_LINE - 1
    return b"\r\n ".join([*parts, octets[start:]]) + b"\r\n"


def _fold(octets: bytes, start: int, end: int) -> int:
    """Return the last place up to `end` between two whole characters, as UTF-8 and as escapes."""
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    part = octets[start:end]
    return end - (len(part) - len(part.rstrip(b"\\"))) % 2


def _event(entry: Entry, published: Published) -> Event:
    event = Event()
    stamp = vDatetime(published.stamp)
    event["UID"] = PlainText(entry.uid)
    event["SEQUENCE"] = vInt(published.sequence)
    event["DTSTAMP"] = event["LAST-MODIFIED"] = stamp
    event["DTSTART"], event["DTEND"] = _when(entry.start), _when(entry.end)
    event["SUMMARY"] = PlainText(entry.summary)
    event["DESCRIPTION"] = PlainText(entry.description)
    if entry.categories:
        event["CATEGORIES"] = _categories(entry.categories)
    if entry.url is not None:
        event["URL"] = vUri(entry.url)
    event["STATUS"] = PlainText("CONFIRMED")
    event["TRANSP"] = PlainText("TRANSPARENT" if entry.is_all_day else "OPAQUE")
    event[UNIT] = [PlainText(unit, params={"X-MINUTES": str(minutes)}) for unit, minutes in entry.pieces]
    if entry.alarm is not None:
        event.add_component(_alarm(entry))
    return event


def _when(moment: date) -> vDatetime | vDate:
    return vDatetime(moment) if isinstance(moment, datetime) else vDate(moment, params={"VALUE": "DATE"})


def _categories(names: Iterable[str]) -> vCategory:
    categories = vCategory([])
    categories.cats = [PlainText(name) for name in names]
    return categories


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = PlainText("DISPLAY")
    alarm["DESCRIPTION"] = PlainText(entry.summary)
    alarm["TRIGGER"] = vDuration(-timedelta(minutes=entry.alarm or 0))
    return alarm
