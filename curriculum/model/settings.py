"""The one settings file as values: goals, hours, balance; it does not know what day it is."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)

from curriculum.model.busy import Account, BusyEntry, BusySource
from curriculum.model.fields import Frozen, Line
from curriculum.model.identifiers import Topic, UnitName
from curriculum.model.quantities import (
    Duration,
    DurationOrNone,
    LocalMoment,
    Moment,
    Percentage,
    Speed,
    UnreadableError,
    Weekly,
    Weight,
    day,
    quoted,
)
from curriculum.model.references import Reference, UnitReference

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})")
_GROUPS = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)}


class Window(NamedTuple):
    """Study hours in local wall time, in minutes after midnight; an end beyond 1440 lies on the next day."""

    start: int
    end: int


Week: TypeAlias = tuple[tuple[Window, ...], ...]
"""Seven tuples of windows, Monday first."""


def window(text: str) -> Window:
    """Return the window written as `19:00-21:00`; an end at or before the start lies on the next day.

    Raises:
        ValueError: The text is not a window.

    >>> window("22:30-01:00")
    Window(start=1350, end=1500)
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise UnreadableError(
            "bad-window", f"{quoted(text)} is not a time window", "write it like '19:00-21:00'"
        )
    hours, minutes, end_hours, end_minutes = map(int, match.groups())
    start, end = hours * 60 + minutes, end_hours * 60 + end_minutes
    if minutes > 59 or end_minutes > 59 or start >= 1440 or end > 1440:
        raise UnreadableError(
            "bad-window",
            f"{quoted(text)} holds a time that no clock shows",
            "write it like '19:00-21:00'",
        )
    if start == end:
        raise UnreadableError(
            "bad-window",
            f"{quoted(text)} is a window of no length",
            "write '00:00-24:00' for a whole day",
        )
    return Window(start, end if end > start else end + 1440)


def weekdays(text: str) -> tuple[int, ...]:
    """Return the days written as `mon`, `mon-fri`, `mon,wed`, `weekdays`, `weekends` or `daily`; Monday is 0.

    Raises:
        ValueError: A part is not a day of the week.
    """
    days: set[int] = set()
    for part in text.strip().lower().split(","):
        name = part.strip()
        if name in _GROUPS:
            days.update(_GROUPS[name])
            continue
        ends = [_weekday(end) for end in re.split(r"\s*[-\u2013]\s*", name)]
        if len(ends) > 2:
            raise UnreadableError(
                "bad-weekday", f"{quoted(name)} is not a range of days", "write it like 'mon-fri'"
            )
        first, last = ends[0], ends[-1]
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return tuple(sorted(days))


def _weekday(name: str) -> int:
    matches = [day for day in WEEKDAYS if len(name) >= 3 and _full(day).startswith(name)]
    if not matches:
        raise UnreadableError(
            "bad-weekday",
            f"{quoted(name)} is not a day of the week",
            "write mon, tue, wed, thu, fri, sat or sun",
        )
    return WEEKDAYS.index(matches[0])


def _full(day: str) -> str:
    names = {"tue": "tuesday", "wed": "wednesday", "thu": "thursday", "sat": "saturday"}
    return names.get(day, day + "day")


def _checked(days: str) -> str:
    weekdays(days)
    return days


def _window(value: Any) -> Window:  # Any: pydantic hands over whatever the file holds
    if isinstance(value, Window):
        return value
    if not isinstance(value, str):
        raise UnreadableError(
            "bad-window", f"{quoted(value)} is not a time window", "write it like '19:00-21:00'"
        )
    return window(value)


def _begin(moment: Moment) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _end(moment: Moment) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.max)


def _listed(value: Any) -> Any:  # Any: see _window()
    return [value] if isinstance(value, str) else value


def _hours(value: Any) -> Any:  # Any: see _window()
    return value if isinstance(value, list | tuple) else [value]


_Windows = Annotated[
    tuple[Annotated[Window, PlainValidator(_window)], ...], BeforeValidator(_hours)
]
_Days = Annotated[str, AfterValidator(_checked)]
_HOURS: TypeAdapter[dict[str, tuple[Window, ...]]] = TypeAdapter(dict[_Days, _Windows])


def week(value: Any) -> Week:  # Any: see _window()
    """Return the weekly windows written as `{mon-fri: 19:00-21:00, sat: [10:00-12:00, 14:00-16:00]}`.

    Raises:
        ValueError: A day or a window cannot be read, or nothing is left to study in. (A pydantic `ValidationError`,
            which is one, knows which.)
    """
    if isinstance(value, tuple):
        return value
    if not isinstance(value, dict):
        raise UnreadableError(
            "wrong-type",
            f"availability is {quoted(value)}",
            "give hours for days, like '{mon-fri: 19:00-21:00}'",
        )
    days: list[list[Window]] = [[] for _ in WEEKDAYS]
    for text, windows in _HOURS.validate_python(value).items():
        for number in weekdays(text):
            days[number] += windows
    if not any(days):
        raise UnreadableError(
            "bad-value", "availability names no hours at all", "add some, like 'sat: 10:00-12:00'"
        )
    return tuple(tuple(sorted(windows)) for windows in days)


class DayRange(NamedTuple):
    """Days from first to last, both included."""

    first: date
    last: date


def day_range(value: Any) -> DayRange:  # Any: see _window()
    """Return the days written as `2027-02-06` or `2027-02-06..2027-02-14`.

    Raises:
        ValueError: The text is not a day or a range of days, or the range runs backwards.
    """
    if isinstance(value, DayRange):
        return value
    parts = value.split("..") if isinstance(value, str) else [value]
    if len(parts) > 2:
        raise UnreadableError(
            "bad-date",
            f"{quoted(value)} is not a range of days",
            "write it like '2027-02-06..2027-02-14'",
        )
    first, last = day(parts[0]), day(parts[-1])
    if last < first:
        raise UnreadableError(
            "bad-date",
            f"the days run backwards: {first} to {last}",
            f"did you mean '{last}..{first}'?",
        )
    return DayRange(first, last)


def _goal(value: Any) -> Any:  # Any: see _window()
    return {"work": value} if isinstance(value, str) else value


class Goal(Frozen):
    """What the plan must reach: a work, some of its units, or a topic; perhaps by a date, perhaps not before one.

    `work` takes whatever a reference takes (`work`, `work/unit`, `work/3-6`); `units` narrows it to ids or ranges.
    """

    work: Annotated[str, Field(min_length=1)] | None = None
    topic: Topic | None = None
    units: Annotated[tuple[UnitName, ...], BeforeValidator(_listed), Field(min_length=1)] | None = (
        None
    )
    by: LocalMoment | None = None
    from_: Annotated[LocalMoment | None, Field(alias="from")] = None
    why: Line | None = None

    @model_validator(mode="after")
    def _names_one_thing(self) -> Goal:
        if (self.work is None) == (self.topic is None):
            raise UnreadableError(
                "bad-value",
                "a goal names either a work or a topic",
                "write it like '{work: ppo-2017}'",
            )
        if self.topic is not None and self.units is not None:
            raise UnreadableError(
                "bad-value", "a goal that names a topic has no units", "remove 'units'"
            )
        if self.by is not None and self.from_ is not None and _begin(self.from_) > _end(self.by):
            raise UnreadableError(
                "bad-value",
                f"the goal is due by {self.by} and may not start before {self.from_}",
                "correct one of the dates",
            )
        return self

    def __str__(self) -> str:
        """Return the goal as a person would type it: `ppo-2017`, `nocedal-wright-2006/1-7`, `topic:mdp`."""
        if self.work is None:
            return f"topic:{self.topic}"
        return f"{self.work}/{','.join(self.units)}" if self.units else self.work


GoalEntry: TypeAlias = Annotated[Goal, BeforeValidator(_goal)]


class Balance(Frozen):
    """The share of study time each track should get; only the ratio matters."""

    textbooks: Weight = Fraction(50)
    papers: Weight = Fraction(50)

    @model_validator(mode="after")
    def _is_a_share(self) -> Balance:
        if self.textbooks + self.papers == 0:
            raise UnreadableError(
                "bad-share",
                "the balance gives no time to any track",
                "write it like '{textbooks: 50, papers: 50}'",
            )
        return self


class SessionLength(Frozen):
    """How long one sitting may be, and the pause between two."""

    shortest: Duration = timedelta(minutes=25)
    longest: Duration = timedelta(minutes=90)
    break_: Annotated[DurationOrNone, Field(alias="break")] = timedelta(minutes=10)

    @model_validator(mode="after")
    def _is_ordered(self) -> SessionLength:
        if self.shortest > self.longest:
            raise UnreadableError(
                "bad-duration",
                "the shortest session is longer than the longest",
                "make 'longest' at least 'shortest'",
            )
        return self


class Speeds(Frozen):
    """How fast the person reads each kind of work, in pages per hour."""

    textbook: Speed = Fraction(10)
    thesis: Speed = Fraction(15)
    paper: Speed = Fraction(6)

    def pages_per_hour(self, kind: str) -> Fraction:
        """Return the speed for a kind of work."""
        speeds = {"textbook": self.textbook, "thesis": self.thesis, "paper": self.paper}
        return speeds[kind]


_WEEK_SCHEMA = {
    "type": "object",
    "description": "study hours in local time for each day or range of days",
    "additionalProperties": {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    },
    "examples": [{"mon-fri": "19:00-21:00", "sat": ["10:00-12:00", "14:00-16:00"]}],
}
DEFAULT_WEEK: Week = ((Window(1140, 1260),),) * 5 + ((Window(600, 720),), ())

DEFAULT_BUSY = (BusySource.model_validate({"from": "calendars/busy/*.ics"}),)


class Settings(Frozen):
    """The settings of a workspace; `goals` of None means every work of the workspace."""

    title: Line = "My curriculum"
    goals: tuple[GoalEntry, ...] | None = None
    known: tuple[Reference, ...] = ()
    start: LocalMoment | None = None
    timezone: Line | None = None
    availability: Annotated[Week, BeforeValidator(week), WithJsonSchema(_WEEK_SCHEMA)] = (
        DEFAULT_WEEK
    )
    away: Annotated[
        tuple[
            Annotated[DayRange, BeforeValidator(day_range), WithJsonSchema({"type": "string"})], ...
        ],
        BeforeValidator(_listed),
    ] = ()
    busy: Annotated[tuple[BusyEntry, ...], BeforeValidator(_listed)] = DEFAULT_BUSY
    balance: Balance = Balance()
    session: SessionLength = SessionLength()
    load: Percentage = Fraction(1)
    catch_up: Weekly = timedelta(0)
    freeze: DurationOrNone = timedelta(hours=24)
    speed: Speeds = Speeds()
    alarm: DurationOrNone | None = None
    caldav: Account | None = None


def known_reference(text: str) -> UnitReference:
    """Return the plain reference a person types on the command line."""
    return UnitReference(ref=text)
