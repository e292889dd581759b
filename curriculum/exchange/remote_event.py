"""Read an event or to-do of a server, whichever program wrote it last."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, tzinfo

from curriculum.calendars.icalendar_writer import PRODUCT
from curriculum.exchange.revision_mark import (
    DESCRIPTION,
    MARK_PROPERTY,
    SUMMARY,
    RevisionMark,
    mark_digest,
    parse_mark,
    text_digest,
)
from curriculum.ical.calendar_items import CalendarItem, read_items
from curriculum.model.late_dataclasses import dataclass

_CHECKS = ("✓", "✔", "☑", "✅", "🗹", "[x]", "[X]")
"""What people write in front of what is finished."""

_MEANT = ("CANCELLED", "COMPLETED")
"""What a status means something by; any other is kept as it is."""


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
        uid: Its UID.
        mark: What this program wrote in it last; None when it carries no mark.
        stamp: When it was changed last, as it says.
    """

    start: date | None
    end: date | None
    summary: str
    description: str
    status: str
    recurs: bool
    is_ours: bool
    uid: str = ""
    mark: RevisionMark | None = None
    stamp: datetime | None = None

    @property
    def is_checked(self) -> bool:
        """Whether it is marked as finished: by a mark in front of its title, or by its status."""
        return self._is_checked_title or self.status == "COMPLETED"

    @property
    def _is_checked_title(self) -> bool:
        return self.summary.lstrip().startswith(_CHECKS)

    @property
    def digest(self) -> str:
        """A digest of all that a person can mean something by."""
        # Digests are kept between versions of the program: the parts and their order must stay.
        parts = (self.start, self.end, self.summary, self.description, self.status, self.recurs)
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]

    @property
    def times_digest(self) -> str:
        """The digest of when it is."""
        return mark_digest(self.start, self.end, self.recurs)

    @property
    def has_written_times(self) -> bool:
        """Whether it is when this program put it last, as its mark says."""
        return self.mark is not None and self.mark.times == self.times_digest

    @property
    def has_written_status(self) -> bool:
        """Whether it was neither called off nor marked as finished since, as its mark says."""
        if self.mark is None:
            return False
        if self._is_checked_title and text_digest(self.summary) != self.mark.texts[SUMMARY]:
            return False
        return self.status not in _MEANT or mark_digest(f"STATUS:{self.status}") in self.mark.rest

    @property
    def changed_texts(self) -> frozenset[str]:
        """The texts that another program changed since this one wrote them, as the mark says.

        A check mark in front of the title is a mark, and not a text.
        """
        if self.mark is None:
            return frozenset()
        before = self.mark.texts
        titles = {text_digest(self.summary), text_digest(_without_check(self.summary))}
        changed = set()
        if before[SUMMARY] not in titles:
            changed.add(SUMMARY)
        if before[DESCRIPTION] != text_digest(self.description):
            changed.add(DESCRIPTION)
        return frozenset(changed)

    @property
    def is_as_written(self) -> bool:
        """Whether all that means something is as this program wrote it, as its mark says."""
        return self.has_written_times and self.has_written_status and not self.changed_texts


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
        uid=main.text("UID"),
        mark=parse_mark(main.text(MARK_PROPERTY)),
        stamp=main.modified,
    )


def _without_check(title: str) -> str:
    """Return a title without a check mark in front of it."""
    plain = title.lstrip()
    for check in _CHECKS:
        if plain.startswith(check):
            return plain.removeprefix(check)
    return title


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
