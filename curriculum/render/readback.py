"""Read back the calendars that we published; calendars of anyone else are refused, and no file is opened here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from curriculum.model.problems import CurriculumError
from curriculum.render.entries import Entry
from curriculum.render.vevents import PRODUCT, UNIT


class ForeignEventError(CurriculumError):
    """A calendar that cannot have been written by us, or was changed since."""


def read_events(file: str, data: bytes) -> list[tuple[Entry, int, datetime]]:
    """Return the entries of a file that we published, each with its SEQUENCE and stamp, in file order.

    Raises:
        ForeignEventError: It does not hold what we write.
    """
    try:
        calendar = Calendar.from_ical(data)
        if calendar["PRODID"] != PRODUCT:
            raise ValueError(f"its PRODID is {calendar['PRODID']}")
        return [_read(file, event) for event in calendar.subcomponents]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise ForeignEventError(f"'{file}' is not a calendar that curriculum has published ({error})") from error


def _read(file: str, event: Any) -> tuple[Entry, int, datetime]:  # Any: icalendar has one type for all properties
    entry = Entry(
        uid=str(event["UID"]),
        file=file,
        start=_moment(event["DTSTART"].dt),
        end=_moment(event["DTEND"].dt),
        summary=str(event["SUMMARY"]),
        description=str(event["DESCRIPTION"]),
        categories=tuple(map(str, event["CATEGORIES"].cats)) if "CATEGORIES" in event else (),
        url=str(event["URL"]) if "URL" in event else None,
        pieces=tuple(_read_pieces(event)),
        alarm=_read_alarm(event),
    )
    return entry, int(event["SEQUENCE"]), _instant(event["DTSTAMP"].dt)


def _read_pieces(event: Any) -> Iterable[tuple[str, int]]:
    values = event.get(UNIT, [])
    for value in values if isinstance(values, list) else [values]:
        yield str(value), int(value.params["X-MINUTES"])


def _read_alarm(event: Any) -> int | None:
    triggers = [alarm["TRIGGER"].dt for alarm in event.subcomponents]
    if not triggers:
        return None
    (trigger,) = triggers
    return int(-trigger / timedelta(minutes=1))


def _moment(moment: date) -> date:
    return _instant(moment) if isinstance(moment, datetime) else moment


def _instant(moment: datetime) -> datetime:
    """Return an instant in UTC.

    Raises:
        ValueError: It is a floating time, which we never write.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} floats")
    return moment.astimezone(UTC)
