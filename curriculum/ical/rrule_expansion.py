"""Expand recurrence rules in bounded time (RFC 5545 §3.3.10); zones, exceptions and the text of rules it ignores.

Everything is wall time, so that a weekly event keeps its hour when the clock is moved. The days of a period are
filtered by the `BY...` parts; a period before the asked time is never looked at unless the rule counts.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from curriculum.ical.rrule import Rule
from curriculum.model.wall_clock import DAY, local_midnight

_EPOCH = date(1970, 1, 1)
_END = local_midnight(date(9999, 1, 1))
_HOUR = 3600
_STEPS_OF_START = 3
"""A start costs its owner more than a day that is looked at: it is put on two clocks, compared and sorted."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Starts of occurrences in wall time, the steps they cost, and whether they are all there are."""

    walls: tuple[int, ...]
    steps: int
    complete: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A rule with everything it leaves out taken from its start; an empty set lets everything pass."""

    rule: Rule
    months: frozenset[int]
    weeks: frozenset[int]
    year_days: frozenset[int]
    month_days: frozenset[int]
    weekdays: frozenset[tuple[int, int]]
    hours: frozenset[int]
    times: tuple[int, ...]


def expand(rule: Rule, start: int, low: int, high: int, until: int | None, steps: int) -> Expansion:
    """Return the starts of a rule's occurrences from low to high, both in wall time.

    The start itself is an occurrence whether it matches or not; where it does not, COUNT does not count it, so that
    more is busy rather than less.

    Args:
        rule: The rule.
        start: The wall time of DTSTART.
        low: Nothing before is asked for.
        high: Nothing from here on is asked for.
        until: The last wall time at which an occurrence may start; None without UNTIL.
        steps: How many days and times may be looked at; beyond that the expansion is not complete.
    """
    last = high if until is None else min(high, until + 1)
    strides = _strides(rule, start)
    if strides is not None:
        return _strided(strides, rule, start, (low, high, last), steps)
    found = {start} if low <= start < high else set()
    spent, counted = 0, 0
    for begin, walls, cost in _periods(_pattern(rule, start), start, start if rule.count else low):
        later = [wall for wall in walls if wall >= start]
        if rule.count is not None:
            later = later[: rule.count - counted]
        found.update(wall for wall in later if low <= wall < last)
        spent, counted = spent + cost, counted + len(later)
        if begin >= last or counted == rule.count:
            break
        if spent > steps:
            return Expansion(tuple(sorted(found)), spent, complete=False)
    return Expansion(tuple(sorted(found)), spent, complete=True)


def _strides(rule: Rule, start: int) -> tuple[range, ...] | None:
    """Return the starts of a rule as evenly spaced times, or None when they are not: nearly all rules are so plain."""
    if (
        rule.by
        or rule.frequency in ("YEARLY", "MONTHLY")
        or (rule.by_day and rule.frequency != "WEEKLY")
    ):
        return None
    if rule.frequency != "WEEKLY":
        return (range(start, _END, rule.interval * (DAY if rule.frequency == "DAILY" else _HOUR)),)
    today = (start // DAY + 3 - rule.week_start) % 7
    weekdays = {(number - rule.week_start) % 7 for _, number in rule.by_day} or {today}
    step = rule.interval * 7 * DAY
    begins = (start + (weekday - today) * DAY for weekday in weekdays)
    return tuple(
        range(begin if begin >= start else begin + step, _END, step) for begin in sorted(begins)
    )


def _strided(
    strides: tuple[range, ...], rule: Rule, start: int, limits: tuple[int, int, int], steps: int
) -> Expansion:
    low, high, last = limits
    most = steps // (_STEPS_OF_START * len(strides)) + 1
    since = start if rule.count else low
    parts = [_part(stride, since, last)[: min(most, rule.count or most)] for stride in strides]
    walls = sorted(wall for part in parts for wall in part)[: rule.count]
    found = {start} if low <= start < high else set()
    found.update(wall for wall in walls if wall >= low)
    complete = all(len(part) < most for part in parts) or len(walls) == rule.count
    return Expansion(tuple(sorted(found)), 1 + _STEPS_OF_START * len(walls), complete)


def _part(stride: range, low: int, high: int) -> range:
    """Return the part of a stride from low to high."""
    skipped = max(0, -((stride.start - low) // stride.step))
    return range(stride.start + skipped * stride.step, min(high, stride.stop), stride.step)


def _pattern(rule: Rule, start: int) -> _Pattern:
    day, second = _day(start), start % DAY
    months, weekdays = frozenset(rule.numbers("BYMONTH")), frozenset(rule.by_day)
    month_days = frozenset(rule.numbers("BYMONTHDAY"))
    if not (rule.by_day or month_days or rule.numbers("BYYEARDAY")):
        if rule.numbers("BYWEEKNO") or rule.frequency == "WEEKLY":
            weekdays = frozenset({(0, day.weekday())})
        elif rule.frequency in ("YEARLY", "MONTHLY"):
            month_days = frozenset({day.day})
            if rule.frequency == "YEARLY":
                months = months or frozenset({day.month})
    weeks, year_days = frozenset(rule.numbers("BYWEEKNO")), frozenset(rule.numbers("BYYEARDAY"))
    hours = frozenset(rule.numbers("BYHOUR"))
    return _Pattern(
        rule, months, weeks, year_days, month_days, weekdays, hours, _times(rule, second)
    )


def _times(rule: Rule, second: int) -> tuple[int, ...]:
    """Return the times of a day at which the rule recurs; of an hour, for an hourly rule."""
    hours = (0,) if rule.frequency == "HOURLY" else rule.numbers("BYHOUR") or (second // _HOUR,)
    minutes = rule.numbers("BYMINUTE") or (second % _HOUR // 60,)
    seconds = rule.numbers("BYSECOND") or (second % 60,)
    return tuple(sorted({h * _HOUR + m * 60 + s for h, m, s in product(hours, minutes, seconds)}))


def _periods(pattern: _Pattern, start: int, low: int) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Yield for each period from the one low is in: where it begins, what recurs in it, and the steps it cost."""
    index_of, begin_of, days_of = _KINDS[pattern.rule.frequency]
    week_start, interval = pattern.rule.week_start, pattern.rule.interval
    first = index_of(start, week_start)
    index = first + max(0, index_of(max(low, start), week_start) - first) // interval * interval
    while (begin := begin_of(index, week_start)) < _END:
        days = days_of(begin, pattern)
        base = begin if pattern.rule.frequency == "HOURLY" else None
        walls = [
            (local_midnight(day) if base is None else base) + time
            for day in days
            if _matches(day, pattern)
            for time in pattern.times
        ]
        yield begin, _positioned(walls, pattern), 1 + len(days) + _STEPS_OF_START * len(walls)
        index += interval


def _positioned(walls: list[int], pattern: _Pattern) -> tuple[int, ...]:
    """Return what BYSETPOS leaves of the occurrences of one period."""
    positions = pattern.rule.numbers("BYSETPOS")
    ordered = sorted(set(walls)) if len(walls) > 1 else walls
    if not positions:
        return tuple(ordered)
    size = len(ordered)
    kept = {position - 1 if position > 0 else size + position for position in positions}
    return tuple(wall for number, wall in enumerate(ordered) if number in kept)


def _matches(day: date, pattern: _Pattern) -> bool:
    if pattern.months and day.month not in pattern.months:
        return False
    if pattern.month_days and not _in_month(day, pattern.month_days):
        return False
    if pattern.year_days and not _in_year(day, pattern.year_days):
        return False
    if pattern.weeks and not pattern.weeks & set(_week(day, pattern.rule.week_start)):
        return False
    return not pattern.weekdays or _on_weekday(day, pattern)


def _in_month(day: date, numbers: frozenset[int]) -> bool:
    return day.day in numbers or day.day - monthrange(day.year, day.month)[1] - 1 in numbers


def _in_year(day: date, numbers: frozenset[int]) -> bool:
    number = day.timetuple().tm_yday
    return number in numbers or number - 366 - isleap(day.year) in numbers


def _week(day: date, week_start: int) -> tuple[int, int]:
    """Return the number of the day's week from the start and from the end of the year that has most of its days."""
    middle = min(day.toordinal() + 3 - (day.weekday() - week_start) % 7, date.max.toordinal())
    pivot = date.fromordinal(middle)
    january = (date(pivot.year, 1, 1).weekday() - week_start - 3) % 7
    weeks = 53 if january == 0 or (isleap(pivot.year) and january == 6) else 52
    number = (pivot.timetuple().tm_yday - 1) // 7 + 1
    return number, number - weeks - 1


def _on_weekday(day: date, pattern: _Pattern) -> bool:
    """Say whether BYDAY lets a day pass; ordinals count in the month or in the year, elsewhere they mean nothing."""
    weekday, frequency = day.weekday(), pattern.rule.frequency
    ordinals = {ordinal for ordinal, number in pattern.weekdays if number == weekday}
    if 0 in ordinals or not ordinals or frequency not in ("YEARLY", "MONTHLY") or pattern.weeks:
        return bool(ordinals)
    if frequency == "MONTHLY" or pattern.months:
        number, size = day.day, monthrange(day.year, day.month)[1]
    else:
        number, size = day.timetuple().tm_yday, 365 + isleap(day.year)
    return (number - 1) // 7 + 1 in ordinals or -((size - number) // 7 + 1) in ordinals


def _day(wall: int) -> date:
    return _EPOCH + timedelta(days=wall // DAY)


def _year_days(begin: int, pattern: _Pattern) -> list[date]:
    year = _day(begin).year
    if pattern.year_days and not pattern.month_days:
        size = 365 + isleap(year)
        numbers = {number if number > 0 else size + 1 + number for number in pattern.year_days}
        return [
            _day(begin + (number - 1) * DAY) for number in sorted(numbers) if 1 <= number <= size
        ]
    return [
        day
        for month in sorted(pattern.months) or range(1, 13)
        for day in _days_in_month(year, month, pattern.month_days)
    ]


def _month_days(begin: int, pattern: _Pattern) -> list[date]:
    first = _day(begin)
    if pattern.months and first.month not in pattern.months:
        return []
    return _days_in_month(first.year, first.month, pattern.month_days)


def _days_in_month(year: int, month: int, numbers: frozenset[int]) -> list[date]:
    size = monthrange(year, month)[1]
    chosen = {number if number > 0 else size + 1 + number for number in numbers} or range(
        1, size + 1
    )
    return [date(year, month, number) for number in sorted(chosen) if 1 <= number <= size]


def _week_days(begin: int, pattern: _Pattern) -> list[date]:
    return [_day(begin + number * DAY) for number in range(7)]


def _one_day(begin: int, pattern: _Pattern) -> list[date]:
    day = _day(begin)
    return (
        [day]
        if not pattern.hours
        or pattern.rule.frequency != "HOURLY"
        or begin % DAY // _HOUR in pattern.hours
        else []
    )


def _month_begin(index: int, week_start: int) -> int:
    return local_midnight(date(index // 12, index % 12 + 1, 1)) if index < 9999 * 12 else _END


def _year_begin(index: int, week_start: int) -> int:
    return local_midnight(date(index, 1, 1)) if index < 9999 else _END


def _month_index(wall: int, week_start: int) -> int:
    day = _day(wall)
    return day.year * 12 + day.month - 1


# 1970-01-01 was a Thursday: the Monday before lies three days back.
_KINDS: dict[
    str,
    tuple[
        Callable[[int, int], int], Callable[[int, int], int], Callable[[int, _Pattern], list[date]]
    ],
] = {
    "YEARLY": (lambda wall, _: _day(wall).year, _year_begin, _year_days),
    "MONTHLY": (_month_index, _month_begin, _month_days),
    "WEEKLY": (
        lambda wall, week_start: (wall // DAY + 3 - week_start) // 7,
        lambda index, week_start: (index * 7 - 3 + week_start) * DAY,
        _week_days,
    ),
    "DAILY": (lambda wall, _: wall // DAY, lambda index, _: index * DAY, _one_day),
    "HOURLY": (lambda wall, _: wall // _HOUR, lambda index, _: index * _HOUR, _one_day),
}
