"""Cut free time into sittings before anything is poured into them; what is studied in them is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from curriculum.model.plan import FreeDay
from curriculum.model.quantities import minutes
from curriculum.model.settings import SessionLength

Slot = tuple[int, int]
"""One sitting: first and last minute since the epoch, end exclusive."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Time left free at the end of every week, so that what was missed in it moves nothing after it.

    Attributes:
        weekly: Minutes a week, Monday to Sunday.
        today: A day of the week that has begun.
        missed: Minutes that were missed in that week; as much of its reserve is given back.
    """

    weekly: int
    today: date
    missed: int = 0

    def of_week(self, monday: date) -> int:
        """Return the minutes reserved in the week that begins on a Monday."""
        return max(0, self.weekly - self.missed) if monday == monday_of(self.today) else self.weekly


def monday_of(day: date) -> date:
    """Return the first day of the week that holds a day.

    >>> monday_of(date(2027, 1, 10))
    datetime.date(2027, 1, 4)
    """
    return day - timedelta(days=day.weekday())


def cut_slots(
    days: Iterable[FreeDay], length: SessionLength, load: Fraction, reserve: Reserve | None = None
) -> tuple[Slot, ...]:
    """Return the sittings of the free days, in calendar order.

    Each sitting is between `length.shortest` and `length.longest`, with a break between two of the same stretch of free
    time; shorter stretches are skipped. A day's sittings add up to at most `load` of its free minutes.
    A day's sittings depend on that day alone, and on the days after it in its week when there is a reserve, so that a
    plan begun later has the same ones.

    Args:
        days: Free days in order; with a reserve, the last week is whole.
        length: How long a sitting may be.
        load: How full the free minutes of a day may be.
        reserve: The last minutes of each week's sittings, which are taken away; what is left of a sitting is one if it
            is long enough.
    """
    shortest, longest, pause = (
        minutes(span) for span in (length.shortest, length.longest, length.break_)
    )
    if reserve is None or not reserve.weekly:
        return tuple(slot for day in days for slot in _cut_day(day, shortest, longest, pause, load))
    found: list[Slot] = []
    for monday, week in groupby(days, lambda day: monday_of(day.day)):
        slots = [slot for day in week for slot in _cut_day(day, shortest, longest, pause, load)]
        found += _without_last(slots, reserve.of_week(monday), shortest)
    return tuple(found)


def _without_last(slots: list[Slot], reserved: int, shortest: int) -> list[Slot]:
    """Return sittings without their last minutes."""
    kept = list(slots)
    while kept and reserved > 0:
        start, end = kept.pop()
        if end - start - reserved >= shortest:
            kept.append((start, end - reserved))
        reserved -= end - start
    return kept


def _cut_day(
    day: FreeDay, shortest: int, longest: int, pause: int, load: Fraction
) -> Iterator[Slot]:
    allowance = int(sum(end - start for start, end in day.intervals) * load)
    for start, end in day.intervals:
        for slot in _cut_stretch(start, end, allowance, shortest, longest, pause):
            allowance -= slot[1] - slot[0]
            yield slot


def _cut_stretch(
    start: int, end: int, allowance: int, shortest: int, longest: int, pause: int
) -> Iterator[Slot]:
    """Yield sittings of nearly equal length that use as many minutes as possible, in as few sittings as possible."""
    count, study = _best(end - start, allowance, shortest, longest, pause)
    for number in range(count):
        length = study // count + (number < study % count)
        yield start, start + length
        start += length + pause


def _best(stretch: int, allowance: int, shortest: int, longest: int, pause: int) -> tuple[int, int]:
    """Return how many sittings, and how many minutes in all, make the most of a stretch of free time."""
    needed = -(-(stretch + pause) // (longest + pause))
    study, count = 0, 0
    for sittings in range(1, needed + 1):
        usable = min(stretch - (sittings - 1) * pause, allowance, sittings * longest)
        if usable >= sittings * shortest and usable > study:
            study, count = usable, sittings
    return count, study
