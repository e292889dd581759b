"""Cut free time into slots, each long enough for a session and short enough to be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import FreeDay
from curriculum.model.quantities import minutes
from curriculum.model.settings import SessionLength
from curriculum.schedule.preferred_hours import PreferredHours
from curriculum.schedule.readable_cuts import MARK

Slot = tuple[int, int]
"""First and last minute since the epoch, end exclusive."""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Time left free at the end of every week, so that what is missed moves nothing later.

    Attributes:
        weekly: Minutes a week, Monday to Sunday.
        today: A day of the week that has begun.
        missed: Minutes that were missed; that week and those after it give back as many.
    """

    weekly: int
    today: date
    missed: int = 0

    def of_week(self, monday: date) -> int:
        """Return the minutes left free in the week that begins on a Monday."""
        weeks = (monday - monday_of(self.today)).days // 7
        if weeks < 0:
            return self.weekly
        return max(0, self.weekly - max(0, self.missed - weeks * self.weekly))


@dataclass(frozen=True, slots=True)
class _Limits:
    """How long sessions and the breaks between them are, in minutes."""

    shortest: int
    longest: int
    pause: int


def monday_of(day: date) -> date:
    """Return the first day of the week that holds a day.

    >>> monday_of(date(2027, 1, 10))
    datetime.date(2027, 1, 4)
    """
    return day - timedelta(days=day.weekday())


def cut_slots(
    days: Iterable[FreeDay],
    length: SessionLength,
    load: Fraction,
    catch_up: CatchUp | None = None,
    most_a_day: int | None = None,
    preferred: PreferredHours | None = None,
) -> tuple[Slot, ...]:
    """Return the slots of the free days, in calendar order.

    A slot is between `length.shortest` and `length.longest`, with a break between two of the same
    stretch of free time; shorter stretches are skipped. The slots of a day add up to at most
    `load` of its free minutes.

    The slots of a day depend on that day alone, and with time for catching up on its week, so
    that a plan begun later has the same ones.

    Args:
        days: Free days in order; with time for catching up, every week is whole.
        length: How long a session may be.
        load: How full the free minutes of a day may be.
        catch_up: The minutes at the end of each week's slots, which are taken away.
        preferred: The hours that are filled first where not all are; None without any.
        most_a_day: The most minutes that the slots of a day add up to; None without a limit.
    """
    limits = _Limits(
        minutes(length.shortest),
        minutes(length.longest),
        minutes(length.break_),
    )
    found: list[Slot] = []
    for monday, week in groupby(days, lambda day: monday_of(day.day)):
        slots: list[Slot] = []
        for day in week:
            free = sum(end - start for start, end in day.intervals)
            allowance = free * load.numerator // load.denominator
            if most_a_day is not None:
                allowance = min(allowance, most_a_day)
            slots += _day_slots(day, allowance, limits, preferred)
        if catch_up is not None:
            slots = _without_last(
                slots,
                catch_up.of_week(monday),
                limits.shortest,
            )
        found += slots
    return tuple(found)


def _day_slots(
    day: FreeDay,
    allowance: int,
    limits: _Limits,
    preferred: PreferredHours | None,
) -> tuple[Slot, ...]:
    """Return the slots of a day: with more preferred minutes, if there are no fewer in all."""
    plain = tuple(_cut_day(day.intervals, allowance, limits))
    if preferred is None or not preferred.counts_on(day.day):
        return plain
    parts = preferred.parts(day, limits.pause)
    other = tuple(sorted(_cut_day(parts, allowance, limits)))
    has_no_fewer = _total(other) >= _total(plain)
    if has_no_fewer and preferred.minutes_in(other) > preferred.minutes_in(plain):
        return other
    return plain


def _total(slots: Iterable[Slot]) -> int:
    return sum(end - start for start, end in slots)


def _without_last(
    slots: list[Slot],
    taken: int,
    shortest: int,
) -> list[Slot]:
    """Return the slots of a week without minutes at its end.

    A slot that would become too short keeps the shortest length, and the rest is taken from the
    slots before it; it is given up only where these have no minutes to spare.
    """
    spare = sum(end - start - shortest for start, end in slots)
    kept = []
    for start, end in reversed(slots):
        length = end - start
        most = length - shortest
        spare -= most
        if taken >= length or spare < taken - most:
            taken = max(0, taken - length)
            continue
        given = min(taken, most)
        kept.append((start, end - given))
        taken -= given
    return kept[::-1]


def _cut_day(
    stretches: Iterable[Slot],
    allowance: int,
    limits: _Limits,
) -> Iterator[Slot]:
    for stretch in stretches:
        for start, end in _cut_stretch(stretch, allowance, limits):
            allowance -= end - start
            yield start, end


def _cut_stretch(
    stretch: Slot,
    allowance: int,
    limits: _Limits,
) -> Iterator[Slot]:
    """Yield the fewest slots, of nearly equal length, that use as many minutes as possible."""
    start, end = stretch
    count, study = _best_cut(end - start, allowance, limits)
    spare = end - start - study - limits.pause * (count - 1)
    for following in range(count - 1, -1, -1):
        to_mark = -start % MARK
        if to_mark <= spare:
            start += to_mark
            spare -= to_mark
        length = _length(start, study, following, limits)
        yield start, start + length
        study -= length
        start += length + limits.pause


def _length(
    start: int,
    study: int,
    following: int,
    limits: _Limits,
) -> int:
    """Return how long a slot is when it shares minutes of study with those that follow it.

    They are nearly equal; if possible the slot ends on a mark.
    """
    least = max(limits.shortest, study - following * limits.longest)
    most = min(limits.longest, study - following * limits.shortest)
    equal = -(-study // (following + 1))
    marked = equal + MARK // 2 - (start + equal + MARK // 2) % MARK
    if least <= marked <= most:
        return marked
    return equal


def _best_cut(
    stretch: int,
    allowance: int,
    limits: _Limits,
) -> tuple[int, int]:
    """Return how many slots, and how many minutes in all, make the most of a free stretch."""
    # More slots than needed to reach the end with the longest ones would only add breaks.
    most = -(-(stretch + limits.pause) // (limits.longest + limits.pause))
    best_count = 0
    best_study = 0
    for count in range(1, most + 1):
        without_breaks = stretch - (count - 1) * limits.pause
        usable = min(without_breaks, allowance, count * limits.longest)
        if usable >= count * limits.shortest and usable > best_study:
            best_count = count
            best_study = usable
    return best_count, best_study
