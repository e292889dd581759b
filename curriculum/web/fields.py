"""The fields of a form as values, read as the command line reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from curriculum.model.quantities import Pages, day, duration, pages
from curriculum.model.settings import DayRange
from curriculum.model.typed_days import moment_ahead, past_day, past_days
from curriculum.services.errors import UsageError
from curriculum.web.page_request import PageRequest

_Value = TypeVar("_Value")


def required(asked: PageRequest, name: str, what: str) -> str:
    """Return what a field says.

    Raises:
        UsageError: It says nothing.
    """
    text = asked.form.get(name, "").strip()
    if not text:
        raise UsageError(f"the field '{what}' is empty")
    return text


def hours_field(asked: PageRequest, name: str = "hours") -> timedelta:
    """Return how long something took, written as `45m` or `1h30m`.

    Raises:
        UsageError: It is not written like that.
    """
    return _read(duration, required(asked, name, "time studied"))


def comma_list(asked: PageRequest, name: str) -> tuple[str, ...]:
    """Return what a field lists, with commas between; nothing where it is empty."""
    return tuple(filter(None, (one.strip() for one in asked.form.get(name, "").split(","))))


def pages_field(asked: PageRequest) -> Pages | None:
    """Return the pages that were read; None where the field is empty.

    Raises:
        UsageError: They are not pages.
    """
    text = asked.form.get("pages", "").strip()
    return _read(pages, text) if text else None


def past_day_field(asked: PageRequest, name: str = "on") -> date | None:
    """Return a day that is over; None where the field is empty.

    Raises:
        UsageError: It is not a day.
    """
    text = asked.form.get(name, "").strip()
    today = asked.workspace.today
    return _read(lambda typed: past_day(typed, today), text) if text else None


def day_ahead_field(asked: PageRequest, name: str = "look") -> date | None:
    """Return a day to come; None where the field is empty.

    Raises:
        UsageError: It is not a day.
    """
    text = asked.form.get(name, "").strip()
    if not text:
        return None
    found = _read(lambda typed: moment_ahead(typed, asked.workspace.today), text)
    if isinstance(found, datetime):
        raise UsageError(f"'{text}' has a time of day; give the day alone")
    return found


def moment_field(asked: PageRequest, name: str = "at") -> datetime:
    """Return a local time to come.

    Raises:
        UsageError: It is not one.
    """
    text = required(asked, name, "time")
    found = _read(lambda typed: moment_ahead(typed, asked.workspace.today), text)
    if not isinstance(found, datetime):
        raise UsageError(f"'{text}' has no time of day; write it like '2027-01-05T19:00'")
    return found


def days_asked_for(asked: PageRequest, name: str = "of") -> DayRange | None:
    """Return the days that the address asks for; None where it asks for none.

    Raises:
        UsageError: They are not days.
    """
    text = asked.query.get(name, "").strip()
    today = asked.workspace.today
    return _read(lambda typed: past_days(typed, today), text) if text else None


def _read(reader: Callable[[str], _Value], text: str) -> _Value:
    try:
        return reader(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def date_field(text: str) -> date | None:
    """Return the day of a field that holds a date, as browsers send it; None for an empty one.

    Raises:
        UsageError: It is not a day.
    """
    return _read(day, text.strip()) if text.strip() else None
