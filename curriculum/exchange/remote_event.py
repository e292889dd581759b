"""What an event or to-do on a server says, whoever wrote it last; what is to be done about it is not decided here."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from icalendar import Calendar, Component, Event, Todo

from curriculum.calendars.icalendar_writer import PRODUCT

_CHECKS = ("✓", "✔", "☑", "✅", "🗹", "[x]", "[X]")
"""What people write in front of what is finished."""


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """The part of an event that a person can mean something by.

    Attributes:
        start: When it begins: an instant in UTC, or a date; None when it does not say.
        end: When it ends, of the same kind.
        summary: Its title.
        description: Its text.
        status: In capitals, empty when it says none.
        recurs: Whether it recurs or has exceptions.
        is_ours: Whether the program that wrote it last is this one.
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
        """Whether it is marked as finished: by a check mark in front of its title, or by its status."""
        return self.summary.lstrip().startswith(_CHECKS) or self.status == "COMPLETED"

    @property
    def digest(self) -> str:
        """What changes when anything changes that a person can mean something by."""
        parts = (self.start, self.end, self.summary, self.description, self.status, self.recurs)
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


def parse_remote_event(data: bytes, zone: tzinfo) -> RemoteEvent | None:
    """Return what the bytes of a calendar say of their first event or to-do; None when they cannot be read.

    Args:
        data: The bytes.
        zone: The zone of times that name none.
    """
    try:
        calendar = _calendar(data)
        found = [one for one in calendar.walk() if isinstance(one, Event | Todo)]
        if not found:
            return None
        main = next((one for one in found if "RECURRENCE-ID" not in one), found[0])
        return RemoteEvent(
            start=_when(main, "DTSTART", zone),
            end=_end(main, zone),
            summary=_text(main, "SUMMARY"),
            description=_text(main, "DESCRIPTION"),
            status=_text(main, "STATUS").strip().upper(),
            recurs=len(found) > 1
            or any(name in main for name in ("RRULE", "RDATE", "RECURRENCE-ID")),
            is_ours=str(calendar.get("PRODID", "")) == PRODUCT,
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        return None


def _calendar(data: bytes) -> Component:
    """Return what the library reads; what it thinks of names of zones is not for the person."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Calendar.from_ical(data)


def _end(component: Component, zone: tzinfo) -> date | None:
    for name in ("DTEND", "DUE"):
        if name in component:
            return _when(component, name, zone)
    start = _when(component, "DTSTART", zone)
    length = component.decoded("DURATION") if "DURATION" in component else None
    if start is None or not isinstance(length, timedelta):
        return start
    return start + length


def _when(component: Component, name: str, zone: tzinfo) -> date | None:
    if name not in component:
        return None
    moment = component.decoded(name)
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    if not isinstance(moment, date):
        raise TypeError(f"{name} is no date")
    return moment


def _text(component: Component, name: str) -> str:
    return str(component.get(name, ""))
