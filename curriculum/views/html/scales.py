"""Scales and their ticks: from values to pixels, and the round values that an axis names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from curriculum.model.late_dataclasses import dataclass
from curriculum.views.html.text_widths import SMALL_SIZE, label_width

_STEPS = (1, 2, 5)
_HOURS = (1, 2, 4, 5, 10, 20, 40, 50, 100)
_MOST_LABELS = 400


@dataclass(frozen=True, slots=True)
class LinearScale:
    """A line from values to pixels.

    Attributes:
        low: The value at `start`.
        high: The value at `end`; more than `low`.
        start: A place in pixels.
        end: A place in pixels; it may be before `start`.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value.

        >>> LinearScale(0, 10, 100, 200).at(5)
        150.0
        """
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def within(self, value: float) -> float:
        """Return the place of a value, or the nearer end of the line."""
        return self.at(min(max(value, self.low), self.high))


def nice_step(span: float, most: int) -> float:
    """Return the smallest round step that divides a span into no more than some parts.

    >>> nice_step(97, 5), nice_step(0.3, 4)
    (20.0, 0.1)
    """
    rough = span / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    for step in (*_STEPS, 10):
        if step * power >= rough * (1 - 1e-9):
            break
    return step * power


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values from `low` to `high`, at most one more than some.

    >>> nice_ticks(-3.2, 3.2, 4)
    [-2.0, 0.0, 2.0]
    """
    step = nice_step(high - low, most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def hour_ticks(minutes: float, most: int) -> list[int]:
    """Return whole hours from 0 to beyond some minutes, the last of them the end of an axis.

    >>> hour_ticks(500, 4)
    [0, 4, 8, 12]
    """
    hours = max(1, math.ceil(minutes / 60))
    step = next((one for one in _HOURS if hours / one <= most), None)
    if step is None:
        step = int(nice_step(hours, most))
    return list(range(0, hours + step, step))


def tick_label(value: float) -> str:
    """Return a value of an axis as it is written below it.

    >>> tick_label(-2.0), tick_label(0.25), tick_label(2_500_000)
    ('−2', '0.25', '2.5M')
    """
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            divisor = 1e3 if letter == "k" else size
            return f"{value / divisor:.6g}{letter}".replace("-", "−")
    return f"{value:.6g}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day that an axis of time names."""

    day: date
    label: str


def day_ticks(first: date, last: date, pixels: float) -> list[DayTick]:
    """Return the days that an axis of some length can name: Mondays, months, quarters or years."""
    for days in (_mondays(first, last, 1), _mondays(first, last, 2), *_calendar(first, last)):
        ticks = _labelled(days)
        needed = sum(label_width(tick.label, SMALL_SIZE) + 12 for tick in ticks)
        if needed <= pixels:
            return ticks
    return ticks[:1]


def _mondays(first: date, last: date, every: int) -> list[date]:
    monday = first + timedelta(days=-first.weekday() % 7)
    count = (last - monday).days // (7 * every) + 1
    if count > _MOST_LABELS:
        return []
    return [monday + timedelta(weeks=every * number) for number in range(max(0, count))]


def _calendar(first: date, last: date) -> Iterator[list[date]]:
    for months in (1, 2, 3, 6, 12, 24, 60, 120):
        yield list(_month_starts(first, last, months))


def _month_starts(first: date, last: date, every: int) -> Iterator[date]:
    number = first.year * 12 + first.month - 1
    if first.day > 1:
        number += 1
    number += -number % every
    while number < 12 * 9999:
        day = date(number // 12, number % 12 + 1, 1)
        if day > last:
            return
        yield day
        number += every


def _labelled(days: Sequence[date]) -> list[DayTick]:
    """Return days with their labels; the year is named where it begins to be another one."""
    ticks: list[DayTick] = []
    are_months = all(day.day == 1 for day in days)
    are_years = all((day.day, day.month) == (1, 1) for day in days)
    year = None
    for day in days:
        text = f"{day:%b}" if are_months else f"{day.day} {day:%b}"
        if are_years:
            text = str(day.year)
        elif day.year != year:
            text = f"{text} {day.year}"
        year = day.year
        ticks.append(DayTick(day, text))
    return ticks
