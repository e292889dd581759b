"""Spell calendar entries as iCalendar bytes (RFC 5545); which entries there are is not decided here.

We write few kinds of lines, so they are spelt here directly: a library that knows all kinds takes six times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.ledger import PublishedEvent

PRODUCT = "-//curriculum//study calendar//EN"
LONGEST_LINE = 75
"""The most octets of a line without its end (RFC 5545 §3.1)."""

UNIT = "X-CURRICULUM-UNIT"
MINUTES = "X-MINUTES"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_HOURLY = "PT1H"


def calendar_bytes(name: str, colour: str, events: Iterable[bytes]) -> bytes:
    """Return a calendar file.

    Args:
        name: What calendar programs call it; one line.
        colour: The colour to show it in, a CSS name (RFC 7986 §5.9).
        events: The bytes of its events, in the order they stand in the file.
    """
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped_text(name)}",
        f"X-WR-CALNAME:{escaped_text(name)}",
        f"COLOR:{colour}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_HOURLY}",
        f"X-PUBLISHED-TTL:{_HOURLY}",
    )
    return b"".join([*map(folded, head), *events, folded("END:VCALENDAR")])


def event_bytes(published: PublishedEvent, *, is_cancelled: bool = False) -> bytes:
    """Return one event as it stands in a file; the same event is always spelt alike."""
    return b"".join(map(folded, _event(published, is_cancelled=is_cancelled)))


def resource_bytes(component: bytes) -> bytes:
    """Return a calendar that holds one component alone, as CalDAV wants it (RFC 4791 §4.1): without METHOD."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + folded(f"PRODID:{PRODUCT}")
    return head + component + b"END:VCALENDAR\r\n"


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


def _event(published: PublishedEvent, *, is_cancelled: bool) -> Iterator[str]:
    """Yield the lines of an event, not yet folded."""
    entry, stamp = published.entry, _instant(published.stamp)
    yield from ("BEGIN:VEVENT", f"UID:{escaped_text(entry.uid)}", f"SEQUENCE:{published.sequence}")
    yield from (f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}")
    yield from (f"DTSTART{_when(entry.start)}", f"DTEND{_when(entry.end)}")
    yield f"SUMMARY:{escaped_text(entry.summary)}"
    if entry.description or not is_cancelled:
        yield f"DESCRIPTION:{escaped_text(entry.description)}"
    if entry.categories:
        yield f"CATEGORIES:{','.join(map(escaped_text, entry.categories))}"
    if entry.url is not None:
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if entry.is_all_day or is_cancelled else 'OPAQUE'}"
    for unit, minutes in entry.pieces:
        yield f"{UNIT};{MINUTES}={minutes}:{escaped_text(unit)}"
    if entry.alarm is not None:
        yield from _alarm(entry, entry.alarm)
    yield "END:VEVENT"


def _alarm(entry: CalendarEntry, minutes: int) -> Iterator[str]:
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped_text(entry.summary)}")
    yield from (f"TRIGGER:{'-' if minutes else ''}{_duration(minutes)}", "END:VALARM")


def escaped_text(plain: str) -> str:
    """Return a text with its special characters escaped (RFC 5545 §3.3.11)."""
    return plain.translate(_ESCAPED)


def _when(moment: date) -> str:
    return (
        f":{_instant(moment)}" if isinstance(moment, datetime) else f";VALUE=DATE:{moment:%Y%m%d}"
    )


def _instant(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _duration(minutes: int) -> str:
    """Return a number of minutes as a duration (RFC 5545 §3.3.6).

    >>> _duration(90), _duration(1440), _duration(0)
    ('PT1H30M', 'P1D', 'P0D')
    """
    days, rest = divmod(minutes, 1440)
    clock = "".join(
        f"{count}{letter}" for count, letter in zip(divmod(rest, 60), "HM", strict=True) if count
    )
    return f"P{f'{days}D' if days or not rest else ''}{f'T{clock}' if clock else ''}"
