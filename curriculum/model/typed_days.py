"""Days as they are typed on a command line: ISO dates, and days named from where today stands.

A name without a year (`mon`, `12 Jan`) is the nearest such day on one side of today: the past for
what is recorded or looked at, the future for what is planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import IntEnum

from curriculum.model.late_patterns import late_pattern
from curriculum.model.quantities import (
    FIRST_YEAR,
    LAST_YEAR,
    Moment,
    UnreadableError,
    day,
    moment,
    quoted,
)
from curriculum.model.settings import DayRange

_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_OFFSET = late_pattern(r"(?P<count>[+-]\d{1,4})(?P<unit>[dw])")
_WEEK = late_pattern(r"\d{4}-w\d{2}")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_NAME = 3

_MONTH = r"(?P<month>[a-z]{3,9})"
_DAY_OF_MONTH = r"(?P<day>\d{1,2})"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_DATES = (
    re.compile(rf"{_DAY_OF_MONTH}\.?\s*{_MONTH}{_YEAR}"),
    re.compile(rf"{_MONTH}\s*{_DAY_OF_MONTH}{_YEAR}"),
)
_TIMED = late_pattern(r"(?P<day>.*\S)\s+(?P<time>\d{1,2}:\d{2})")
_LIKE_A_DATE = late_pattern(r"\d{4}-(?:\d{2}-\d{2}|w\d{2}-\d)(?:[t ].*)?")

_YEARS_SEARCHED = 9
"""29 February may be eight years away: 1900 and 2100 are not leap years."""

_EXAMPLES = "'2027-03-31', 'today', 'yesterday', 'tomorrow', 'mon', '-3d', '+2w', '12 Jan'"
_DAY_HINT = f"write it like {_EXAMPLES} or '2027-W02' (its Monday)"
_MOMENT_HINT = f"{_DAY_HINT}, with a time like 'mon 19:00'"
_DAYS_HINT = f"write it like {_EXAMPLES}, '2027-W02' or '2027-01-04..2027-01-10'"

EVERY_DAY = DayRange(date.min, date.max)
"""All days there are."""


class Direction(IntEnum):
    """Where, seen from today, a day without a year is looked for."""

    PAST = -1
    AHEAD = 1


def past_day(text: str, today: date) -> date:
    """Return the day typed for what is over: `mon` is the last Monday, today included.

    Raises:
        ValueError: The text names no day.

    >>> past_day("mon", date(2027, 1, 6))
    datetime.date(2027, 1, 4)
    """
    return _required(text, today, Direction.PAST, _DAY_HINT)


def moment_ahead(text: str, today: date) -> Moment:
    """Return the day, or the day and time, typed for what is to come.

    `mon` is the next Monday after today.

    Raises:
        ValueError: The text names neither.

    >>> moment_ahead("tomorrow 19:00", date(2027, 1, 4))
    datetime.datetime(2027, 1, 5, 19, 0)
    """
    if _LIKE_A_DATE.fullmatch(_plain(text)):
        return moment(text)
    timed = _TIMED.fullmatch(text.strip())
    if timed is None:
        return _required(text, today, Direction.AHEAD, _MOMENT_HINT)
    found = _required(timed["day"], today, Direction.AHEAD, _MOMENT_HINT)
    return moment(f"{found} {timed['time']}")


def past_days(text: str, today: date) -> DayRange:
    """Return the days typed for what is over: a day, a whole week, or `FROM..TO`.

    Raises:
        ValueError: The text names no days, or the range runs backwards.

    >>> past_days("2027-W02", date(2027, 3, 1))
    DayRange(first=datetime.date(2027, 1, 11), last=datetime.date(2027, 1, 17))
    """
    ends = text.split("..")
    if len(ends) > 2:
        raise _not_read(text, "a range of days", _DAYS_HINT)
    first = _one_or_week(ends[0], today)
    last = _one_or_week(ends[-1], today)
    if last.last < first.first:
        message = f"{quoted(text)} runs backwards: from {first.first} to {last.last}"
        raise UnreadableError("bad-date", message, f"did you mean '{last.first}..{first.last}'?")
    return DayRange(first.first, last.last)


def _one_or_week(text: str, today: date) -> DayRange:
    first = _required(text, today, Direction.PAST, _DAYS_HINT)
    is_week = _WEEK.fullmatch(_plain(text)) is not None
    return DayRange(first, first + timedelta(days=6) if is_week else first)


def _required(text: str, today: date, direction: Direction, hint: str) -> date:
    """Return the day that a text names."""
    plain = _plain(text)
    if _LIKE_A_DATE.fullmatch(plain):
        return day(text)
    found = _from_today(plain, today, direction) or _week_or_date(plain, today, direction)
    if found is None:
        raise _not_read(text, "a date", hint)
    # Its limits on the years hold for every day.
    return day(found.isoformat())


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _not_read(text: str, noun: str, hint: str) -> UnreadableError:
    return UnreadableError("bad-date", f"{quoted(text)} is not {noun}", hint)


def _from_today(plain: str, today: date, direction: Direction) -> date | None:
    """Return the day that is named by its distance from today, or by its weekday."""
    if plain in _NAMED:
        return today + timedelta(days=_NAMED[plain])
    offset = _OFFSET.fullmatch(plain)
    if offset is not None:
        days = int(offset["count"])
        if offset["unit"] == "w":
            days *= 7
        return today + timedelta(days=days)
    wanted = _index_of(plain, _WEEKDAYS)
    if wanted is None:
        return None
    if direction is Direction.PAST:
        return today - timedelta(days=(today.weekday() - wanted) % 7)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _week_or_date(plain: str, today: date, direction: Direction) -> date | None:
    """Return the Monday of a week, or the day of a month."""
    if _WEEK.fullmatch(plain):
        return _monday(plain.upper())
    for pattern in _DATES:
        match = pattern.fullmatch(plain)
        if match is not None:
            return _day_of_month(match, today, direction)
    return None


def _monday(week: str) -> date:
    year, number = int(week[:4]), int(week[-2:])
    if FIRST_YEAR <= year <= LAST_YEAR:
        # 28 December is in the last week of its year, whatever its weekday.
        last = date(year, 12, 28).isocalendar().week
        if not 1 <= number <= last:
            message = f"{quoted(week)} is not a week of the calendar"
            raise UnreadableError("bad-date", message, f"{year} has the weeks W01 to W{last}")
    return day(f"{week}-1")


def _day_of_month(match: re.Match[str], today: date, direction: Direction) -> date | None:
    index = _index_of(match["month"], _MONTHS)
    if index is None:
        return None
    month = index + 1
    number = int(match["day"])
    if match["year"] is not None:
        return day(f"{match['year']}-{month:02}-{number:02}")
    for distance in range(_YEARS_SEARCHED):
        found = _day_of_year(today.year + direction * distance, month, number)
        if found is not None and (found - today).days * direction >= 0:
            return found
    message = f"{quoted(match[0])} is not a day of the calendar"
    raise UnreadableError("bad-date", message, "how many days does that month have?")


def _day_of_year(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _index_of(word: str, names: Sequence[str]) -> int | None:
    """Return which name a word is, or is the beginning of; three letters suffice."""
    if len(word) < _SHORTEST_NAME:
        return None
    return next((index for index, name in enumerate(names) if name.startswith(word)), None)
