"""Expand recurrence rules in bounded time (RFC 5545 §3.3.10).

Everything is wall time, so that a weekly event keeps its hour when the clock is moved. The days of
a period are filtered by the `BY...` parts; a period before the time asked about is skipped unless
the rule counts occurrences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from curriculum.ical.rrule import Rrule
from curriculum.ical.rrule_pattern import (
    CLOCK_PERIODS,
    SECONDS_AN_HOUR,
    Pattern,
    day_of,
    days_in_month,
    days_in_year,
    matches,
    pattern_of,
)
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.wall_clock import SECONDS_A_DAY, local_midnight

_LAST_YEAR = 9999
_END = local_midnight(date(_LAST_YEAR, 1, 1))
_SECONDS_A_WEEK = 7 * SECONDS_A_DAY
_STEPS_OF_START = 3
"""Budget weight of one occurrence relative to one day tested.

It is converted to instants, compared and sorted.
"""
_MONDAY = 3
"""1970-01-01 was a Thursday: the Monday before is three days back."""


class Horizon(NamedTuple):
    """How far a rule is expanded.

    Attributes:
        low: The first wall time that is asked about.
        high: The wall time from which on nothing is asked about.
        steps: How many days and times may be tested; beyond that the expansion is not complete.
    """

    low: int
    high: int
    steps: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """Starts of occurrences in wall time, the steps they cost, and whether they are all."""

    walls: tuple[int, ...]
    steps: int
    complete: bool


def expand(rule: Rrule, start: int, horizon: Horizon, until: int | None = None) -> Expansion:
    """Return the starts of a rule's occurrences within a horizon.

    The start itself is an occurrence whether it matches or not; where it does not, COUNT does not
    count it, so that more is busy rather than less.

    Args:
        rule: The rule.
        start: The wall time of DTSTART.
        horizon: How far to expand it.
        until: The last wall time at which an occurrence may start; None without UNTIL.
    """
    last = horizon.high
    if until is not None:
        last = min(last, until + 1)
    strides = _strides(rule, start)
    if strides:
        return _expand_strides(strides, rule, start, horizon, last)
    return _expand_periods(rule, start, horizon, last)


def _first(start: int, horizon: Horizon) -> set[int]:
    if horizon.low <= start < horizon.high:
        return {start}
    return set()


def _since(rule: Rrule, start: int, horizon: Horizon) -> int:
    """Return where expansion begins: a rule with a COUNT is counted from its start."""
    if rule.count:
        return start
    return horizon.low


def _expand_periods(
    rule: Rrule,
    start: int,
    horizon: Horizon,
    last: int,
) -> Expansion:
    found = _first(start, horizon)
    since = _since(rule, start, horizon)
    steps = counted = 0
    for period in _periods(pattern_of(rule, start), start, since):
        walls = [wall for wall in period.walls if wall >= start]
        if rule.count is not None:
            walls = walls[: rule.count - counted]
        found.update(wall for wall in walls if horizon.low <= wall < last)
        steps += period.steps
        counted += len(walls)
        if period.begin >= last or counted == rule.count:
            break
        if steps > horizon.steps:
            return Expansion(tuple(sorted(found)), steps, complete=False)
    return Expansion(tuple(sorted(found)), steps, complete=True)


def _strides(rule: Rrule, start: int) -> tuple[range, ...]:
    """Return the starts of a rule as evenly spaced times; empty when they are not.

    Nearly all rules are that plain, and a range is expanded without testing any day.
    """
    if rule.by:
        return ()
    if rule.frequency == "WEEKLY":
        return _weekly_strides(rule, start)
    if rule.by_day:
        return ()
    if rule.frequency == "DAILY":
        return (range(start, _END, rule.interval * SECONDS_A_DAY),)
    if rule.frequency in CLOCK_PERIODS:
        return (range(start, _END, rule.interval * CLOCK_PERIODS[rule.frequency]),)
    return ()


def _weekly_strides(rule: Rrule, start: int) -> tuple[range, ...]:
    today = (start // SECONDS_A_DAY + _MONDAY - rule.week_start) % 7
    weekdays = {(number - rule.week_start) % 7 for _, number in rule.by_day} or {today}
    step = rule.interval * _SECONDS_A_WEEK
    strides = []
    for weekday in sorted(weekdays):
        begin = start + (weekday - today) * SECONDS_A_DAY
        if begin < start:
            begin += step
        strides.append(range(begin, _END, step))
    return tuple(strides)


def _expand_strides(
    strides: tuple[range, ...],
    rule: Rrule,
    start: int,
    horizon: Horizon,
    last: int,
) -> Expansion:
    most = horizon.steps // (_STEPS_OF_START * len(strides)) + 1
    since = _since(rule, start, horizon)
    walls: list[int] = []
    complete = True
    for stride in strides:
        part = _part(stride, since, last)[: min(most, rule.count or most)]
        complete = complete and len(part) < most
        walls += part
    walls = sorted(walls)[: rule.count]
    found = _first(start, horizon)
    found.update(wall for wall in walls if wall >= horizon.low)
    steps = 1 + _STEPS_OF_START * len(walls)
    return Expansion(tuple(sorted(found)), steps, complete or len(walls) == rule.count)


def _part(stride: range, low: int, high: int) -> range:
    """Return the part of a stride from low to high."""
    skipped = max(0, -((stride.start - low) // stride.step))
    first = stride.start + skipped * stride.step
    return range(first, min(high, stride.stop), stride.step)


class _Period(NamedTuple):
    """Where a period begins, what recurs in it, and the steps it cost."""

    begin: int
    walls: tuple[int, ...]
    steps: int


def _periods(
    pattern: Pattern,
    start: int,
    low: int,
) -> Iterator[_Period]:
    """Yield the periods from the one that holds `low`."""
    rule = pattern.rule
    frequency = _FREQUENCIES[rule.frequency]
    index = frequency.number(start, rule.week_start)
    skipped = frequency.number(max(low, start), rule.week_start) - index
    index += max(0, skipped) // rule.interval * rule.interval
    begin = frequency.begin(index, rule.week_start)
    while begin < _END:
        days = frequency.days(begin, pattern)
        walls = []
        for day in days:
            if not matches(day, pattern):
                continue
            # The times of an hourly rule count from its hour, those of a daily one from midnight.
            base = begin if rule.frequency in CLOCK_PERIODS else local_midnight(day)
            walls += [base + time for time in pattern.times]
        steps = 1 + len(days) + _STEPS_OF_START * len(walls)
        yield _Period(begin, _positioned(walls, rule), steps)
        index += rule.interval
        begin = frequency.begin(index, rule.week_start)


def _positioned(walls: list[int], rule: Rrule) -> tuple[int, ...]:
    """Return what BYSETPOS leaves of the occurrences of one period."""
    ordered = walls
    if len(walls) > 1:
        ordered = sorted(set(walls))
    positions = rule.numbers("BYSETPOS")
    if not positions:
        return tuple(ordered)
    kept = set()
    for position in positions:
        kept.add(position - 1 if position > 0 else len(ordered) + position)
    return tuple(wall for number, wall in enumerate(ordered) if number in kept)


class _Frequency(NamedTuple):
    """How periods of one frequency are counted.

    Attributes:
        number: The number of the period that holds a wall time, given the first day of the week.
        begin: The wall time at which the period with a number begins.
        days: The days of a period that may match.
    """

    number: Callable[[int, int], int]
    begin: Callable[[int, int], int]
    days: Callable[[int, Pattern], list[date]]


def _year(wall: int, week_start: int) -> int:
    return day_of(wall).year


def _year_begin(index: int, week_start: int) -> int:
    if index >= _LAST_YEAR:
        return _END
    return local_midnight(date(index, 1, 1))


def _year_days(begin: int, pattern: Pattern) -> list[date]:
    return days_in_year(day_of(begin).year, pattern)


def _month(wall: int, week_start: int) -> int:
    day = day_of(wall)
    return day.year * 12 + day.month - 1


def _month_begin(index: int, week_start: int) -> int:
    year, month = divmod(index, 12)
    if year >= _LAST_YEAR:
        return _END
    return local_midnight(date(year, month + 1, 1))


def _month_days(begin: int, pattern: Pattern) -> list[date]:
    first = day_of(begin)
    if pattern.months and first.month not in pattern.months:
        return []
    return days_in_month(first.year, first.month, pattern.month_days)


def _week(wall: int, week_start: int) -> int:
    return (wall // SECONDS_A_DAY + _MONDAY - week_start) // 7


def _week_begin(index: int, week_start: int) -> int:
    return (index * 7 - _MONDAY + week_start) * SECONDS_A_DAY


def _week_days(begin: int, pattern: Pattern) -> list[date]:
    return [day_of(begin + number * SECONDS_A_DAY) for number in range(7)]


def _day(wall: int, week_start: int) -> int:
    return wall // SECONDS_A_DAY


def _day_begin(index: int, week_start: int) -> int:
    return index * SECONDS_A_DAY


def _one_day(begin: int, pattern: Pattern) -> list[date]:
    return [day_of(begin)]


def _part_of_day(seconds: int) -> _Frequency:
    """Return how periods of some seconds are counted."""

    def number(wall: int, week_start: int) -> int:
        return wall // seconds

    def begin(index: int, week_start: int) -> int:
        return index * seconds

    return _Frequency(number, begin, _day_of_clock)


def _day_of_clock(begin: int, pattern: Pattern) -> list[date]:
    second = begin % SECONDS_A_DAY
    shown = second // SECONDS_AN_HOUR, second % SECONDS_AN_HOUR // 60, second % 60
    for part, allowed in zip(shown, pattern.clock, strict=True):
        if allowed and part not in allowed:
            return []
    return [day_of(begin)]


_FREQUENCIES = {
    "YEARLY": _Frequency(_year, _year_begin, _year_days),
    "MONTHLY": _Frequency(_month, _month_begin, _month_days),
    "WEEKLY": _Frequency(_week, _week_begin, _week_days),
    "DAILY": _Frequency(_day, _day_begin, _one_day),
} | {name: _part_of_day(seconds) for name, seconds in CLOCK_PERIODS.items()}
