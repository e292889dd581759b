"""When habits take place, on the clock of the zone that the person lives in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta, tzinfo

from curriculum.model.habits import Habit, Sitting, SittingKind
from curriculum.model.quantities import minutes
from curriculum.model.settings import Settings
from curriculum.model.wall_clock import instant_of, local_midnight

REVIEW = "review"
"""What the sitting for the review is called."""

_FIRST_MONDAY = date(1970, 1, 5)


def sittings(settings: Settings, zone: tzinfo, first: date, last: date) -> tuple[Sitting, ...]:
    """Return the sittings that begin from one local day to another, in calendar order.

    Nothing takes place on days away. A time of day that the clock skips is an hour later there.
    """
    found: list[Sitting] = []
    for name, habit in settings.habits.items():
        found += _times(name, habit, zone, (first, last))
    if settings.review is not None:
        held = _times(REVIEW, settings.review, zone, (first, last))
        found += (replace(one, kind=SittingKind.REVIEW) for one in held)
    present = (one for one in found if not _is_away(settings, one.day))
    return tuple(sorted(present, key=lambda one: (one.start, one.end, one.name)))


def _times(name: str, habit: Habit, zone: tzinfo, days: tuple[date, date]) -> Iterator[Sitting]:
    begin = habit.from_ or _FIRST_MONDAY
    day, last = max(days[0], begin), days[1]
    length = minutes(habit.takes)
    while day <= last:
        if day.weekday() in habit.on.days and _is_its_week(habit, begin, day):
            start = instant_of(local_midnight(day) + 60 * habit.on.minute, zone) // 60
            yield Sitting(name, day, start, start + length)
        day += timedelta(days=1)


def _is_its_week(habit: Habit, begin: date, day: date) -> bool:
    weeks = (_monday(day) - _monday(begin)).days // 7
    return weeks % (habit.every.days // 7) == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_away(settings: Settings, day: date) -> bool:
    return any(away.first <= day <= away.last for away in settings.away)
