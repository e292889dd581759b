"""Read an event or to-do of a server, whichever program wrote it last."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, tzinfo

from curriculum.calendars.icalendar_writer import PRODUCT
from curriculum.ical.calendar_items import CalendarItem, read_items

_CHECKS = ("✓", "✔", "☑", "✅", "🗹", "[x]", "[X]")
"""What people write in front of what is finished."""


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """The part of an event or to-do that a person can mean something by.

    Attributes:
        start: When it begins: an instant in UTC, or a date; None when it does not say.
        end: When it ends, of the same kind.
        summary: Its title.
        description: Its text.
        status: In capitals; empty without one.
        recurs: Whether it recurs or has exceptions.
        is_ours: Whether this program wrote it last.
    """

    start: date | None
    end: date | None
    summary: str
    description: str
    status: str
    recurs: bool
    is_ours: bool

    @property
    def is_checked(self) -> bool:
        """Whether it is marked as finished: by a mark in front of its title, or by its status."""
        return self.summary.lstrip().startswith(_CHECKS) or self.status == "COMPLETED"

    @property
    def digest(self) -> str:
        """A digest of all that a person can mean something by."""
        # Digests are kept between versions of the program: the parts and their order must stay.
        parts = (self.start, self.end, self.summary, self.description, self.status, self.recurs)
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


def parse_remote_event(data: bytes, zone: tzinfo) -> RemoteEvent | None:
    """Return the first event or to-do of a calendar; None when it cannot be read.

    Args:
        data: The bytes.
        zone: The zone of times that name none.
    """
    found = read_items(data, zone)
    if not found.items:
        return None
    main = _main(found.items)
    if not _has_readable_times(main):
        return None
    return RemoteEvent(
        start=main.start,
        end=main.end,
        summary=main.text("SUMMARY"),
        description=main.text("DESCRIPTION"),
        status=main.text("STATUS").upper(),
        recurs=len(found.items) > 1 or main.has_any("RRULE", "RDATE", "RECURRENCE-ID"),
        is_ours=found.product == PRODUCT,
    )


def _main(items: tuple[CalendarItem, ...]) -> CalendarItem:
    """Return the event itself rather than one of its exceptions (RFC 4791 §4.1)."""
    for item in items:
        if not item.has_any("RECURRENCE-ID"):
            return item
    return items[0]


def _has_readable_times(item: CalendarItem) -> bool:
    # The lenient reader passes over a time that it does not understand. Here that would look as if
    # the person had moved the event.
    if item.start is None and item.has_any("DTSTART"):
        return False
    return item.end is not None or not item.has_any("DTEND", "DUE")
