"""What is done at the same time every week or so, beside the study of the goals."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from curriculum.model.checks import Before, Described, Instead, whole_check
from curriculum.model.fields import Frozen
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.quantities import Day, Duration, UnreadableError, quoted
from curriculum.model.study_hours import WEEKDAYS, WHOLE_DAY, weekdays

_WEEKS = late_pattern(r"(\d{1,2})\s*(?:w|weeks?)", re.IGNORECASE)
_MOMENT = late_pattern(r"(?P<days>.*\S)\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_MOST_WEEKS = 52


class SittingKind(StrEnum):
    """What a time besides the sessions of the plan is for."""

    HABIT = "habit"
    REVIEW = "review"
    EXPLORATION = "exploration"
    SKIM = "skim"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A time of the person's own that is taken besides the sessions of the plan.

    Attributes:
        name: What it is called.
        day: The local day on which it begins.
        start: Minutes since the epoch.
        end: Minutes since the epoch.
        kind: What it is for.
    """

    name: str
    day: date
    start: int
    end: int
    kind: SittingKind = SittingKind.HABIT


class WeeklyMoment(NamedTuple):
    """A time of day on some days of the week.

    Attributes:
        days: Monday is 0.
        minute: Minutes after midnight, in local wall time.
    """

    days: tuple[int, ...]
    minute: int

    def __str__(self) -> str:
        """Return it as it is written: `thu 18:00`, `mon,wed 08:30`."""
        names = ",".join(WEEKDAYS[day] for day in self.days)
        hour, minute = divmod(self.minute, 60)
        return f"{names} {hour:02}:{minute:02}"


def weekly_moment(value: Any) -> WeeklyMoment:  # Any: see as_list()
    """Return the time written as `thu 18:00` or `mon-fri 08:00`.

    Raises:
        ValueError: The text is not such a time.
    """
    if isinstance(value, WeeklyMoment):
        return value
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        message = f"{quoted(value)} is not a day of the week with a time"
        raise UnreadableError("bad-value", message, "write it like 'thu 18:00'")
    hour, minute = int(match["hour"]), int(match["minute"])
    if minute > 59 or hour * 60 + minute >= WHOLE_DAY:
        message = f"'{match['hour']}:{match['minute']}' is not a time of day"
        raise UnreadableError("bad-value", message, "write it like '18:00'")
    return WeeklyMoment(weekdays(match["days"]), hour * 60 + minute)


def weeks(value: Any) -> timedelta:  # Any: see as_list()
    """Return the weeks written as `1w` or `2 weeks`.

    Raises:
        ValueError: The text is not a number of weeks from 1 to 52.
    """
    if isinstance(value, timedelta):
        return value
    match = _WEEKS.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or not 1 <= int(match[1]) <= _MOST_WEEKS:
        message = f"{quoted(value)} is not a number of weeks"
        raise UnreadableError("bad-duration", message, "write it like '1w' or '2w'")
    return timedelta(weeks=int(match[1]))


_Weeks = Annotated[
    timedelta,
    Before(weeks),
    Described({"type": "string", "examples": ["1w", "2w"]}),
]


class Habit(Frozen):
    """A sitting that comes back every week or every few weeks.

    Every few weeks means: in the week of `from`, and then after so many weeks. Without `from`, it
    is counted from the first week of 1970.
    """

    every: _Weeks = timedelta(weeks=1)
    on: Annotated[
        WeeklyMoment,
        Instead(weekly_moment),
        Described({"type": "string", "examples": ["thu 18:00", "mon-fri 08:00"]}),
    ]
    takes: Duration
    from_: Day | None = None

    @whole_check
    def _is_no_longer_than_a_day(self) -> Habit:
        if self.takes > timedelta(days=1):
            message = "a habit takes at most a day"
            raise UnreadableError("bad-duration", message, "write 'takes' like '1h'")
        return self


class ReviewHabit(Habit):
    """The sitting in which the review is written; every two weeks unless it says otherwise."""

    every: _Weeks = timedelta(weeks=2)
