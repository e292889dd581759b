"""Durations, pages, speeds, shares and dates, read as a person writes them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from curriculum.model.checks import Before, Described
from curriculum.model.late_patterns import late_pattern

_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_DURATION = late_pattern(
    rf"(?:(?P<hours>{_NUMBER})\s*(?:h|hours?))?\s*(?:(?P<minutes>{_NUMBER})\s*(?:m|min|minutes?))?",
    re.IGNORECASE,
)
_NO_TIME = late_pattern(r"0+\s*(m|min|h)?")
_WEEKLY = late_pattern(r"\s*(/|per|a)\s*week\s*$", re.IGNORECASE)
_DAY_SPAN = late_pattern(
    r"(?P<count>\d{1,4})\s*(?:d|days?|(?P<weeks>w|weeks?))",
    re.IGNORECASE,
)
_SPEED = late_pattern(
    rf"(?P<pages>{_NUMBER})\s*(?:pages?|pp?\.?)\s*(?:/|per)\s*(?:h|hour)",
    re.IGNORECASE,
)
_PERCENT = late_pattern(rf"(?P<number>{_NUMBER})\s*(?P<sign>%?)")
_VALUE = late_pattern(_NUMBER)
_DAY = r"\d{4}-(?:\d{2}-\d{2}|W\d{2}-\d)"
"""An ISO 8601 date in the extended form, by month and day or by week and weekday."""

_DATE = late_pattern(_DAY)
_MOMENT = late_pattern(rf"({_DAY})[T ](\d{{1,2}}:\d{{2}})(?::00)?")

_CLOCK = late_pattern(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")

_LONGEST_MINUTES = 60 * 100_000
FIRST_YEAR = 1970
LAST_YEAR = 2200
_LONGEST_QUOTE = 60

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


def quoted(value: Any) -> str:  # Any: see duration()
    """Return a value from a file as a message names it: text in quotes, cut when long.

    >>> quoted("2 hrs")
    "'2 hrs'"
    """
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = " ".join(str(value).split())
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 3] + "..."
    return f"'{text}'"


def duration(value: Any) -> timedelta:  # Any: pydantic passes on whatever the file holds
    """Return the time a person wrote as `2h`, `45m`, `2h30m` or `1.5h`.

    Raises:
        ValueError: The text is not a duration, or not a whole number of minutes above zero.

    >>> duration("2h30m")
    datetime.timedelta(seconds=9000)
    """
    if isinstance(value, timedelta):
        return value
    match = _match(_DURATION, value)
    if match is None or not match[0]:
        message = f"{quoted(value)} is not a duration"
        raise UnreadableError("bad-duration", message, "write it like '45m', '2h' or '2h30m'")
    total = Fraction(match["hours"] or 0) * 60 + Fraction(match["minutes"] or 0)
    if total <= 0 or total.denominator != 1:
        message = f"{quoted(value)} is not a whole number of minutes above zero"
        raise UnreadableError("bad-duration", message, "write it like '45m'")
    if total > _LONGEST_MINUTES:
        message = f"{quoted(value)} is longer than a lifetime of study"
        raise UnreadableError("bad-duration", message, "give at most 100000h")
    return timedelta(minutes=int(total))


def _match(pattern: re.Pattern[str], value: Any) -> re.Match[str] | None:  # Any: see duration()
    """Return the match of a whole text, without the blanks around it; None for any other value."""
    if not isinstance(value, str):
        return None
    return pattern.fullmatch(value.strip())


def duration_or_none(value: Any) -> timedelta:  # Any: see duration()
    """Return a duration that may also be zero (`0m`)."""
    if _match(_NO_TIME, value):
        return timedelta(0)
    return duration(value)


def weekly(value: Any) -> timedelta:  # Any: see duration()
    """Return the time a week that a person wrote as `1h per week`, `1h/week` or `1h`; `0m` is none.

    Raises:
        ValueError: The text is not a duration, or longer than a week.

    >>> weekly("1h per week")
    datetime.timedelta(seconds=3600)
    """
    text = value
    if isinstance(value, str):
        text = _WEEKLY.sub("", value)
    span = duration_or_none(text)
    if span > timedelta(days=7):
        message = f"{quoted(value)} is longer than a week"
        raise UnreadableError("bad-duration", message, "write it like '1h per week'")
    return span


def day_span(value: Any) -> timedelta:  # Any: see duration()
    """Return the whole days that a person wrote as `3d`, `3 days` or `1w`; `0d` is none.

    Raises:
        UnreadableError: It is something else, or more than a year.

    >>> day_span("1w")
    datetime.timedelta(days=7)
    """
    if isinstance(value, timedelta):
        return value
    match = _match(_DAY_SPAN, value)
    if match is None:
        message = f"{quoted(value)} is not a number of days"
        raise UnreadableError("bad-duration", message, "write it like '3d' or '1w'")
    span = timedelta(days=int(match["count"]) * (7 if match["weeks"] else 1))
    if span > timedelta(days=366):
        message = f"{quoted(value)} is longer than a year"
        raise UnreadableError("bad-duration", message, "write it like '3d' or '1w'")
    return span


def time_of_day(value: Any) -> time:  # Any: see duration()
    """Return a time on the clock, as `19:30`.

    Raises:
        UnreadableError: It is something else.
    """
    match = _match(_CLOCK, value)
    if match is not None and int(match["hour"]) < 24 and int(match["minute"]) < 60:
        return time(int(match["hour"]), int(match["minute"]))
    message = f"{quoted(value)} is not a time of day"
    raise UnreadableError("bad-time", message, "write it like '19:30'")


def minutes(span: timedelta) -> int:
    """Return a duration in whole minutes, rounded up."""
    return -(-span // timedelta(minutes=1))


@dataclass(
    frozen=True,
    slots=True,
    order=True,
)
class Pages:
    """A range of printed pages, both ends included."""

    first: int
    last: int

    def __len__(self) -> int:
        """Return how many pages there are."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        """Return the range as it is cited: `47-72`, or `47` alone."""
        if self.first == self.last:
            return str(self.first)
        return f"{self.first}-{self.last}"


def pages(value: Any) -> Pages:  # Any: see duration()
    """Return the pages a person wrote as `[47, 72]`, `47-72` or `47`.

    Raises:
        ValueError: The value is not such a range, or it runs backwards.
    """
    if isinstance(value, Pages):
        return value
    ends = value
    if isinstance(value, str):
        ends = re.split(r"\s*[-\u2013]\s*", value.strip())
    if not isinstance(ends, list | tuple) or not 1 <= len(ends) <= 2:
        message = "pages are the first and the last page"
        raise UnreadableError("bad-pages", message, "write them like '[47, 72]'")
    first, last = _page(ends[0]), _page(ends[-1])
    if last < first:
        message = f"the pages run backwards: {first} to {last}"
        raise UnreadableError("bad-pages", message, f"did you mean '[{last}, {first}]'?")
    return Pages(first, last)


def _page(value: Any) -> int:  # Any: see duration()
    if isinstance(value, str | int) and re.fullmatch(r"\d{1,6}", str(value).strip()):
        return int(value)
    raise UnreadableError("bad-pages", "pages are whole numbers", "write them like '[47, 72]'")


def speed(value: Any) -> Fraction:  # Any: see duration()
    """Return pages per hour, written as `10 pages/h`.

    Raises:
        ValueError: The text is not a speed above zero.

    >>> speed("10 pages/h")
    Fraction(10, 1)
    """
    if isinstance(value, Fraction):
        return value
    match = _match(_SPEED, value)
    if match is None or Fraction(match["pages"]) <= 0:
        message = f"{quoted(value)} is not a reading speed"
        raise UnreadableError("bad-speed", message, "write it like '10 pages/h'")
    return Fraction(match["pages"])


def percentage(value: Any) -> Fraction:  # Any: see duration()
    """Return a share between 0 and 1, written as `90%` or `0.9`; zero is not allowed.

    Raises:
        ValueError: The text is not such a share.
    """
    if isinstance(value, Fraction):
        return value
    match = _match(_PERCENT, value)
    share = Fraction(0)
    if match is not None:
        share = Fraction(match["number"])
        if match["sign"]:
            share /= 100
    if not 0 < share <= 1:
        message = f"{quoted(value)} is not a share of the free hours"
        raise UnreadableError("bad-share", message, "write it like '90%'")
    return share


def weight(value: Any) -> Fraction:  # Any: see duration()
    """Return a weight of at least 0, written as `50`, `50%` or `0.5`.

    Only the ratio of weights matters.
    """
    if isinstance(value, Fraction):
        return value
    match = _match(_PERCENT, value)
    if match is None:
        message = f"{quoted(value)} is not a share"
        raise UnreadableError("bad-share", message, "write it like '50'")
    return Fraction(match["number"])


def worth(value: Any) -> Fraction:  # Any: see duration()
    """Return what a goal is worth, written as `3` or `0.5`.

    Raises:
        ValueError: The text is not a number above zero.

    >>> worth("2.5")
    Fraction(5, 2)
    """
    if isinstance(value, Fraction):
        return value
    match = _match(_VALUE, value)
    if match is None or Fraction(match[0]) <= 0:
        message = f"{quoted(value)} is not a number above zero"
        raise UnreadableError("bad-value", message, "write it like '3': three times a plain goal")
    return Fraction(match[0])


def moment(value: Any) -> Moment:  # Any: see duration()
    """Return the local date or date-time written as `2027-03-31` or `2027-03-31 18:30`.

    Raises:
        ValueError: The text is neither, or no such day exists.
    """
    if isinstance(value, date):
        return value
    if _match(_DATE, value):
        return day(value)
    match = _match(_MOMENT, value)
    if match is None:
        message = f"{quoted(value)} is neither a date nor a local date-time"
        raise UnreadableError(
            "bad-date", message, "write it like '2027-03-31' or '2027-03-31 18:30'"
        )
    hour, minute = map(int, match[2].split(":"))
    if hour > 23 or minute > 59:
        message = f"'{match[2]}' is not a time of day"
        raise UnreadableError("bad-date", message, "write it like '18:30'")
    return datetime.combine(day(match[1]), time(hour, minute))


def day(value: Any) -> date:  # Any: see duration()
    """Return the date written as `2027-03-31`, or by its ISO week as `2027-W13-3`.

    It reads every date, in the files and on the command line. Only these two forms of ISO 8601 are
    taken, because a bare `20270331` may as well be a number.

    Raises:
        ValueError: The text is not a date, no such day exists, or its year is not between 1970 and
            2200.

    >>> day("2027-W13-3")
    datetime.date(2027, 3, 31)
    """
    if isinstance(value, date):
        return value
    match = _match(_DATE, value)
    if match is None:
        message = f"{quoted(value)} is not a date"
        raise UnreadableError("bad-date", message, "write it like '2027-03-31'")
    try:
        found = date.fromisoformat(match[0])
    except ValueError:
        message = f"{quoted(value)} is not a day of the calendar"
        hint = "how many weeks does that year have?"
        if "W" not in match[0]:
            hint = "how many days does that month have?"
        raise UnreadableError("bad-date", message, hint) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = f"{quoted(value)} is outside the years {FIRST_YEAR} to {LAST_YEAR}"
        raise UnreadableError("bad-date", message, "is the year right?")
    return found


def reading_minutes(span: Pages, pages_per_hour: Fraction) -> int:
    """Return how many whole minutes the pages take at a speed, rounded up."""
    return math.ceil(len(span) * 60 / pages_per_hour)


def _text_schema(description: str, *examples: str) -> Described:
    return Described({"type": "string", "description": description, "examples": list(examples)})


Duration = Annotated[
    timedelta, Before(duration), _text_schema("hours and minutes", "45m", "2h", "2h30m")
]
DurationOrNone = Annotated[
    timedelta,
    Before(duration_or_none),
    _text_schema("hours and minutes, or 0m", "0m", "10m"),
]
TimeOfDay = Annotated[time, Before(time_of_day), _text_schema("a time of day", "04:00")]
Weekly = Annotated[
    timedelta,
    Before(weekly),
    _text_schema("hours and minutes a week", "1h per week", "0m"),
]
WholeDays = Annotated[
    timedelta,
    Before(day_span),
    _text_schema("whole days or weeks, or 0d", "3d", "1w", "0d"),
]
PageRange = Annotated[
    Pages,
    Before(pages),
    Described(
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
Speed = Annotated[Fraction, Before(speed), _text_schema("reading speed", "10 pages/h")]
Percentage = Annotated[
    Fraction,
    Before(percentage),
    Described({"type": ["string", "number"], "examples": ["90%"]}),
]
Worth = Annotated[
    Fraction,
    Before(worth),
    Described(
        {
            "type": ["string", "number"],
            "examples": [3],
            "description": "what the goal is worth beside others, 1 where nothing is said",
        }
    ),
]
Weight = Annotated[
    Fraction,
    Before(weight),
    Described({"type": ["string", "number"], "examples": [50]}),
]
LocalMoment = Annotated[
    date | datetime,
    Before(moment),
    _text_schema("a date, or a local date-time", "2027-03-31", "2027-03-31 18:30"),
]
Day = Annotated[date, Before(day), _text_schema("a date", "2027-03-31")]
