"""Write calendar entries as iCalendar bytes (RFC 5545).

We write few kinds of lines, so they are written by hand: a library that knows all kinds takes six
times as long, and may write the same event in other bytes after an update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.late_patterns import late_pattern
from curriculum.model.ledger import PublishedEvent
from curriculum.model.plan import Piece

PRODUCT = "-//curriculum//study calendar//EN"
WRITER = 1
"""How events are written: counted up when their bytes change, so that all are written anew."""
MAX_LINE_OCTETS = 75
"""The most octets of a line without its end (RFC 5545 §3.1)."""

UNIT_PROPERTY = "X-CURRICULUM-UNIT"
MINUTES_PARAMETER = "X-MINUTES"
PAGES_PARAMETER = "X-PAGES"
RELATION, DEPENDS_ON = "RELATED-TO", "RELTYPE=DEPENDS-ON"
"""What must be held before an event (RFC 5545 §3.8.4.5, RFC 9253 §5)."""

_PAGES = late_pattern(rf"^({UNIT_PROPERTY};{MINUTES_PARAMETER}=\d+);{PAGES_PARAMETER}=[\d-]+", re.M)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_HOURLY = "PT1H"
_MINUTES_A_DAY = 24 * 60


def calendar_bytes(
    name: str,
    colour: str,
    events: Iterable[bytes],
) -> bytes:
    """Return a calendar file.

    Args:
        name: What calendar programs call it; one line.
        colour: The colour to show it in, a CSS name (RFC 7986 §5.9).
        events: The bytes of its events, in the order of the file.
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
    lines = [folded(line) for line in head]
    return b"".join([*lines, *events, folded("END:VCALENDAR")])


def event_bytes(published: PublishedEvent, *, is_cancelled: bool = False) -> bytes:
    """Return one event as it is written to a file; the same event always has the same bytes."""
    lines = _event_lines(published, is_cancelled=is_cancelled)
    return b"".join([folded(line) for line in lines])


def resource_bytes(component: bytes) -> bytes:
    """Return a calendar of one component, without METHOD, as CalDAV wants it (RFC 4791 §4.1)."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + folded(f"PRODID:{PRODUCT}")
    return head + component + b"END:VCALENDAR\r\n"


def without_pages(data: bytes) -> bytes:
    """Return a calendar as it was written before X-PAGES was added, in 0.1.0.

    What was sent to a server is remembered by the digest of its bytes. The pages are part of the
    description, too, so that the digest of the bytes without X-PAGES tells as much, and records
    of earlier versions stay comparable: no event is sent again merely because of the parameter.
    """
    marker = f";{PAGES_PARAMETER}=".encode()
    unfolded = data.replace(b"\r\n ", b"")
    if marker not in unfolded:
        return data
    text = _PAGES.sub(r"\1", unfolded.decode())
    lines = text.split("\r\n")[:-1]
    return b"".join([folded(line) for line in lines])


def folded(line: str) -> bytes:
    """Return a line folded at 75 octets, with its end, between whole characters (RFC 5545 §3.1).

    An escaped character stays with its backslash, for readers that unescape before they unfold.
    """
    octets = line.encode()
    parts = []
    start = 0
    room = MAX_LINE_OCTETS
    while len(octets) - start > room:
        end = _fold(octets, start, start + room)
        parts.append(octets[start:end])
        start = end
        # The space that continues a line counts.
        room = MAX_LINE_OCTETS - 1
    parts.append(octets[start:])
    return b"\r\n ".join(parts) + b"\r\n"


def _fold(octets: bytes, start: int, end: int) -> int:
    """Return the last place up to `end` between two whole characters, as UTF-8 and as escapes."""
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    part = octets[start:end]
    backslashes = len(part) - len(part.rstrip(b"\\"))
    return end - backslashes % 2


def _event_lines(published: PublishedEvent, *, is_cancelled: bool) -> Iterator[str]:
    """Yield the lines of an event, not yet folded."""
    entry = published.entry
    stamp = utc_text(published.stamp)
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped_text(entry.uid)}"
    yield f"SEQUENCE:{published.sequence}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART{_when(entry.start)}"
    yield f"DTEND{_when(entry.end)}"
    yield f"SUMMARY:{escaped_text(entry.summary)}"
    # A cancelled event has nothing left to describe.
    if entry.description or not is_cancelled:
        yield f"DESCRIPTION:{escaped_text(entry.description)}"
    yield from _work_lines(entry)
    yield "STATUS:CANCELLED" if is_cancelled else "STATUS:CONFIRMED"
    takes_time = not (entry.is_all_day or entry.is_free or is_cancelled)
    yield "TRANSP:OPAQUE" if takes_time else "TRANSP:TRANSPARENT"
    yield from _relation_lines(entry)
    for piece in entry.pieces:
        yield _piece_line(piece)
    for minutes in entry.alarms:
        yield from _alarm_lines(entry, minutes)
    yield "END:VEVENT"


def _work_lines(entry: CalendarEntry) -> Iterator[str]:
    if entry.categories:
        categories = [escaped_text(category) for category in entry.categories]
        yield f"CATEGORIES:{','.join(categories)}"
    if entry.url is not None:
        yield f"URL:{entry.url}"


def _relation_lines(entry: CalendarEntry) -> Iterator[str]:
    for before in entry.depends_on:
        yield f"{RELATION};{DEPENDS_ON}:{escaped_text(before)}"


def _piece_line(piece: Piece) -> str:
    head = f"{UNIT_PROPERTY};{MINUTES_PARAMETER}={piece.minutes}"
    if piece.pages is not None:
        head = f"{head};{PAGES_PARAMETER}={piece.pages}"
    return f"{head}:{escaped_text(piece.unit)}"


def _alarm_lines(entry: CalendarEntry, minutes: int) -> Iterator[str]:
    sign = "-" if minutes else ""
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escaped_text(entry.summary)}"
    yield f"TRIGGER:{sign}{_duration(minutes)}"
    yield "END:VALARM"


def escaped_text(plain: str) -> str:
    """Return a text with its special characters escaped (RFC 5545 §3.3.11)."""
    return plain.translate(_ESCAPES)


def _when(moment: date) -> str:
    if isinstance(moment, datetime):
        return f":{utc_text(moment)}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def utc_text(moment: datetime) -> str:
    """Return an instant in the form of UTC (RFC 5545 §3.3.5)."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _duration(minutes: int) -> str:
    """Return a number of minutes as a duration (RFC 5545 §3.3.6).

    >>> _duration(90), _duration(1440), _duration(0)
    ('PT1H30M', 'P1D', 'P0D')
    """
    days, rest = divmod(minutes, _MINUTES_A_DAY)
    text = "P"
    if days or not rest:
        text += f"{days}D"
    if rest:
        text += "T"
    for count, letter in zip(divmod(rest, 60), "HM", strict=True):
        if count:
            text += f"{count}{letter}"
    return text
