"""Durations, pages, speeds, shares and moments as a person writes them; under which keys they stand is not known."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema

_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,9}(?:\.\d{1,9})?)\s*(?:h|hours?))?\s*(?:(?P<minutes>\d{1,9}(?:\.\d{1,9})?)\s*(?:m|min|minutes?))?",
    re.IGNORECASE,
)
_SPEED = re.compile(
    r"(?P<pages>\d{1,9}(?:\.\d{1,9})?)\s*(?:pages?|pp?\.?)\s*(?:/|per)\s*(?:h|hour)", re.IGNORECASE
)
_PERCENT = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,9})?)\s*(?P<sign>%?)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::00)?")

Moment: TypeAlias = date | datetime
"""A local date, or a local date-time without a zone."""


class UnreadableError(ValueError):
    """What the user wrote cannot be read; it carries the parts of the problem that it becomes.

    Attributes:
        code: The code of the problem.
        message: What is wrong, with the value received.
        hint: One imperative or question; empty when there is nothing to advise.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """Build the sentence `message; hint`."""
        super().__init__(f"{message}; {hint}" if hint else message)
        self.code, self.message, self.hint = code, message, hint


def shown(value: Any) -> str:  # Any: see duration()
    """Return a value from a file as a message names it: text in quotes, cut when long.

    >>> shown("2 hrs")
    "'2 hrs'"
    """
    if value is None or isinstance(value, dict | list | tuple):
        return "nothing" if value is None else "a mapping" if isinstance(value, dict) else "a list"
    text = " ".join(str(value).split())
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}...'"


def duration(value: Any) -> timedelta:  # Any: pydantic hands over whatever the file holds
    """Return the time a person wrote as `2h`, `45m`, `2h30m` or `1.5h`.

    Raises:
        ValueError: The text is not a duration, or not a whole number of minutes above zero.

    >>> duration("2h30m")
    datetime.timedelta(seconds=9000)
    """
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) and value.strip() else None
    if match is None:
        raise UnreadableError(
            "bad-duration",
            f"{shown(value)} is not a duration",
            "write it like '45m', '2h' or '2h30m'",
        )
    minutes = Fraction(match["hours"] or 0) * 60 + Fraction(match["minutes"] or 0)
    if minutes <= 0 or minutes.denominator != 1:
        raise UnreadableError(
            "bad-duration",
            f"{shown(value)} is not a whole number of minutes above zero",
            "write it like '45m'",
        )
    if minutes > 60 * 100_000:
        raise UnreadableError(
            "bad-duration", f"{shown(value)} is longer than a life of study", "give at most 100000h"
        )
    return timedelta(minutes=int(minutes))


def duration_or_none(value: Any) -> timedelta:  # Any: see duration()
    """Return a duration that may also be zero (`0m`)."""
    if isinstance(value, str) and re.fullmatch(r"0+\s*(m|min|h)?", value.strip()):
        return timedelta(0)
    return duration(value)


def weekly(value: Any) -> timedelta:  # Any: see duration()
    """Return the time a week that a person wrote as `1h per week`, `1h/week` or `1h`; `0m` is none.

    Raises:
        ValueError: The text is not a duration, or longer than a week.

    >>> weekly("1h per week")
    datetime.timedelta(seconds=3600)
    """
    text = (
        re.sub(r"\s*(/|per|a)\s*week\s*$", "", value, flags=re.IGNORECASE)
        if isinstance(value, str)
        else value
    )
    span = duration_or_none(text)
    if span > timedelta(days=7):
        raise UnreadableError(
            "bad-duration", f"{shown(value)} is longer than a week", "write it like '1h per week'"
        )
    return span


def minutes(span: timedelta) -> int:
    """Return a duration in whole minutes, rounded up."""
    return -(-span // timedelta(minutes=1))


@dataclass(frozen=True, slots=True, order=True)
class Pages:
    """A range of printed pages, both ends included."""

    first: int
    last: int

    def __len__(self) -> int:
        """Return how many pages there are."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        """Return the range as it is cited: `47-72`, or `47` alone."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def pages(value: Any) -> Pages:  # Any: see duration()
    """Return the pages a person wrote as `[47, 72]`, `47-72` or `47`.

    Raises:
        ValueError: The value is not such a range, or it runs backwards.
    """
    if isinstance(value, Pages):
        return value
    ends = re.split(r"\s*[-\u2013]\s*", value.strip()) if isinstance(value, str) else value
    if not isinstance(ends, list | tuple) or not 1 <= len(ends) <= 2:
        raise UnreadableError(
            "bad-pages", "pages are the first and the last page", "write them like '[47, 72]'"
        )
    if not all(
        isinstance(end, str | int) and re.fullmatch(r"\d{1,6}", str(end).strip()) for end in ends
    ):
        raise UnreadableError("bad-pages", "pages are whole numbers", "write them like '[47, 72]'")
    first, last = int(ends[0]), int(ends[-1])
    if last < first:
        raise UnreadableError(
            "bad-pages",
            f"the pages run backwards: {first} to {last}",
            f"did you mean '[{last}, {first}]'?",
        )
    return Pages(first, last)


def speed(value: Any) -> Fraction:  # Any: see duration()
    """Return pages per hour, written as `10 pages/h`.

    Raises:
        ValueError: The text is not a speed above zero.

    >>> speed("10 pages/h")
    Fraction(10, 1)
    """
    if isinstance(value, Fraction):
        return value
    match = _SPEED.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or Fraction(match["pages"]) <= 0:
        raise UnreadableError(
            "bad-speed", f"{shown(value)} is not a reading speed", "write it like '10 pages/h'"
        )
    return Fraction(match["pages"])


def percentage(value: Any) -> Fraction:  # Any: see duration()
    """Return a share between 0 and 1, written as `90%` or `0.9`; zero is not allowed.

    Raises:
        ValueError: The text is not such a share.
    """
    if isinstance(value, Fraction):
        return value
    match = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    share = Fraction(match["number"]) / (100 if match["sign"] else 1) if match else Fraction(0)
    if not 0 < share <= 1:
        raise UnreadableError(
            "bad-share", f"{shown(value)} is not a share of the free hours", "write it like '90%'"
        )
    return share


def weight(value: Any) -> Fraction:  # Any: see duration()
    """Return a weight of at least 0, written as `50`, `50%` or `0.5`; only the ratio of weights matters."""
    if isinstance(value, Fraction):
        return value
    match = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise UnreadableError("bad-share", f"{shown(value)} is not a share", "write it like '50'")
    return Fraction(match["number"])


def moment(value: Any) -> Moment:  # Any: see duration()
    """Return the local date or date-time written as `2027-03-31` or `2027-03-31 18:30`.

    Raises:
        ValueError: The text is neither, or no such day exists.
    """
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if _DATE.fullmatch(text):
        return day(text)
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise UnreadableError(
            "bad-date",
            f"{shown(value)} is neither a date nor a local date-time",
            "write it like '2027-03-31' or '2027-03-31 18:30'",
        )
    hour, minute = map(int, match[2].split(":"))
    if hour > 23 or minute > 59:
        raise UnreadableError(
            "bad-date", f"'{match[2]}' is not a time of day", "write it like '18:30'"
        )
    return datetime.combine(day(match[1]), time(hour, minute))


def day(value: Any) -> date:  # Any: see duration()
    """Return the date written as `2027-03-31`.

    Raises:
        ValueError: The text is not a date, or no such day exists.
    """
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value.strip()):
        raise UnreadableError(
            "bad-date", f"{shown(value)} is not a date", "write it like '2027-03-31'"
        )
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        raise UnreadableError(
            "bad-date",
            f"there is no day '{value}' in the calendar",
            "how many days has that month?",
        ) from None
    if not 1970 <= found.year <= 2200:
        raise UnreadableError(
            "bad-date", f"{shown(value)} is no day to study on", "is the year right?"
        )
    return found


def reading_minutes(span: Pages, pages_per_hour: Fraction) -> int:
    """Return how many whole minutes the pages take at a speed, rounded up."""
    return math.ceil(len(span) * 60 / pages_per_hour)


def _text_schema(description: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "description": description, "examples": list(examples)}
    )


Duration = Annotated[
    timedelta, BeforeValidator(duration), _text_schema("hours and minutes", "45m", "2h", "2h30m")
]
DurationOrNone = Annotated[
    timedelta,
    BeforeValidator(duration_or_none),
    _text_schema("hours and minutes, or 0m", "0m", "10m"),
]
Weekly = Annotated[
    timedelta,
    BeforeValidator(weekly),
    _text_schema("hours and minutes a week", "1h per week", "0m"),
]
PageRange = Annotated[
    Pages,
    BeforeValidator(pages),
    WithJsonSchema(
        {
            "description": "first and last printed page",
            "anyOf": [
                {
                    "type": "array",
                    "items": {"type": "integer", "minimum": 0},
                    "minItems": 1,
                    "maxItems": 2,
                },
                {"type": ["string", "integer"]},
            ],
        }
    ),
]
Speed = Annotated[Fraction, BeforeValidator(speed), _text_schema("reading speed", "10 pages/h")]
Percentage = Annotated[
    Fraction,
    BeforeValidator(percentage),
    WithJsonSchema({"type": ["string", "number"], "examples": ["90%"]}),
]
Weight = Annotated[
    Fraction,
    BeforeValidator(weight),
    WithJsonSchema({"type": ["string", "number"], "examples": [50]}),
]
LocalMoment = Annotated[
    date | datetime,
    BeforeValidator(moment),
    _text_schema("a date, or a local date-time", "2027-03-31", "2027-03-31 18:30"),
]
Day = Annotated[date, BeforeValidator(day), _text_schema("a date", "2027-03-31")]
