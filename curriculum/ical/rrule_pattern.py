"""Match days and times of day against the `BY...` parts of a recurrence rule (RFC 5545 §3.3.10)."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date, timedelta
from itertools import product

from curriculum.ical.rrule import Rrule
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.wall_clock import SECONDS_A_DAY

SECONDS_AN_HOUR = 3600
CLOCK_PERIODS = {"HOURLY": SECONDS_AN_HOUR, "MINUTELY": 60, "SECONDLY": 1}
"""Frequencies whose periods are parts of a day, and their seconds."""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule with what it leaves out taken from its start; an empty set lets all pass."""

    rule: Rrule
    months: frozenset[int]
    weeks: frozenset[int]
    year_days: frozenset[int]
    month_days: frozenset[int]
    weekdays: frozenset[tuple[int, int]]
    clock: tuple[frozenset[int], frozenset[int], frozenset[int]]
    times: tuple[int, ...]


def pattern_of(rule: Rrule, start: int) -> Pattern:
    """Return the pattern of a rule that starts at a wall time."""
    months = frozenset(rule.numbers("BYMONTH"))
    weeks = frozenset(rule.numbers("BYWEEKNO"))
    year_days = frozenset(rule.numbers("BYYEARDAY"))
    month_days = frozenset(rule.numbers("BYMONTHDAY"))
    weekdays = frozenset(rule.by_day)
    if not (weekdays or month_days or year_days):
        day = day_of(start)
        if weeks or rule.frequency == "WEEKLY":
            weekdays = frozenset({(0, day.weekday())})
        elif rule.frequency in ("YEARLY", "MONTHLY"):
            month_days = frozenset({day.day})
            if rule.frequency == "YEARLY":
                months = months or frozenset({day.month})
    return Pattern(
        rule=rule,
        months=months,
        weeks=weeks,
        year_days=year_days,
        month_days=month_days,
        weekdays=weekdays,
        clock=_clock(rule),
        times=_times(rule, start % SECONDS_A_DAY),
    )


def _clock(rule: Rrule) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Return the hours, minutes and seconds at which a period of a part of a day may begin.

    A part that is smaller than the period adds times instead (RFC 5545 §3.3.10, the table).
    """
    period = CLOCK_PERIODS.get(rule.frequency, SECONDS_A_DAY)
    hours = rule.numbers("BYHOUR")
    minutes = rule.numbers("BYMINUTE") if period <= 60 else ()
    seconds = rule.numbers("BYSECOND") if period == 1 else ()
    return frozenset(hours), frozenset(minutes), frozenset(seconds)


def _times(rule: Rrule, second: int) -> tuple[int, ...]:
    """Return the times of a day at which the rule recurs; of an hour, for an hourly rule."""
    period = CLOCK_PERIODS.get(rule.frequency, SECONDS_A_DAY)
    begin: tuple[int, ...] = (0,)
    hours = minutes = seconds = begin
    if period > SECONDS_AN_HOUR:
        hours = rule.numbers("BYHOUR") or (second // SECONDS_AN_HOUR,)
    if period > 60:
        minutes = rule.numbers("BYMINUTE") or (second % SECONDS_AN_HOUR // 60,)
    if period > 1:
        seconds = rule.numbers("BYSECOND") or (second % 60,)
    times = set()
    for h, m, s in product(hours, minutes, seconds):
        times.add(h * SECONDS_AN_HOUR + m * 60 + s)
    return tuple(sorted(times))


def day_of(wall: int) -> date:
    """Return the day of a wall time."""
    return _EPOCH + timedelta(days=wall // SECONDS_A_DAY)


def matches(day: date, pattern: Pattern) -> bool:
    """Return whether the `BY...` parts let a day pass."""
    if pattern.months and day.month not in pattern.months:
        return False
    if pattern.month_days and not _in_month(day, pattern.month_days):
        return False
    if pattern.year_days and not _in_year(day, pattern.year_days):
        return False
    if pattern.weeks and pattern.weeks.isdisjoint(_week_numbers(day, pattern.rule.week_start)):
        return False
    return not pattern.weekdays or _on_weekday(day, pattern)


def _in_month(day: date, numbers: frozenset[int]) -> bool:
    size = monthrange(day.year, day.month)[1]
    from_end = day.day - size - 1
    return day.day in numbers or from_end in numbers


def _in_year(day: date, numbers: frozenset[int]) -> bool:
    number = day.timetuple().tm_yday
    from_end = number - _days_in_year(day.year) - 1
    return number in numbers or from_end in numbers


def _week_numbers(day: date, week_start: int) -> tuple[int, int]:
    """Return the number of a day's week, from the start and from the end of the week's year."""
    days_since = (day.weekday() - week_start) % 7
    middle = day.toordinal() + 3 - days_since
    pivot = date.fromordinal(min(middle, date.max.toordinal()))
    january = (date(pivot.year, 1, 1).weekday() - week_start - 3) % 7
    # A year has 53 weeks if it begins in the middle of a week, or a day before that in a leap year.
    has_53 = january == 0 or (isleap(pivot.year) and january == 6)
    weeks = 52 + has_53
    number = (pivot.timetuple().tm_yday - 1) // 7 + 1
    return number, number - weeks - 1


def _on_weekday(day: date, pattern: Pattern) -> bool:
    """Return whether BYDAY lets a day pass.

    Ordinals count in the month or in the year; in rules of other frequencies they have no meaning.
    """
    weekday = day.weekday()
    ordinals = {ordinal for ordinal, number in pattern.weekdays if number == weekday}
    frequency = pattern.rule.frequency
    if 0 in ordinals or not ordinals:
        return bool(ordinals)
    if frequency not in ("YEARLY", "MONTHLY") or pattern.weeks:
        return True
    number, size = day.day, monthrange(day.year, day.month)[1]
    if frequency == "YEARLY" and not pattern.months:
        number, size = day.timetuple().tm_yday, _days_in_year(day.year)
    from_start = (number - 1) // 7 + 1
    from_end = -((size - number) // 7 + 1)
    return from_start in ordinals or from_end in ordinals


def _days_in_year(year: int) -> int:
    return 365 + isleap(year)


def days_in_year(year: int, pattern: Pattern) -> list[date]:
    """Return the days of a year that a yearly rule may recur on; `matches` decides among them."""
    if pattern.year_days and not pattern.month_days:
        first = date(year, 1, 1)
        numbers = _counted(pattern.year_days, _days_in_year(year))
        return [first + timedelta(days=number - 1) for number in numbers]
    days = []
    for month in sorted(pattern.months) or range(1, 13):
        days += days_in_month(year, month, pattern.month_days)
    return days


def days_in_month(
    year: int,
    month: int,
    numbers: frozenset[int],
) -> list[date]:
    """Return the days of a month with some numbers, negative ones from its end; else all days."""
    size = monthrange(year, month)[1]
    if not numbers:
        return [date(year, month, number) for number in range(1, size + 1)]
    return [date(year, month, number) for number in _counted(numbers, size)]


def _counted(numbers: frozenset[int], size: int) -> list[int]:
    """Return which of `size` days are meant by some numbers, in order."""
    from_start = {number if number > 0 else size + 1 + number for number in numbers}
    return [number for number in sorted(from_start) if 1 <= number <= size]
