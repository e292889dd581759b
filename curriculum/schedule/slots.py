"""Cut free time into sittings before anything is poured into them; what is studied in them is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from curriculum.model.plan import FreeDay
from curriculum.model.quantities import minutes
from curriculum.model.settings import SessionLength

Slot = tuple[int, int]
"""One sitting: first and last minute since the epoch, end exclusive."""


def cut(days: Iterable[FreeDay], length: SessionLength, load: Fraction) -> tuple[Slot, ...]:
    """Return the sittings of the free days, in calendar order.

    Each sitting is between `length.shortest` and `length.longest`, with a break between two of the same stretch of free
    time; shorter stretches are skipped. A day's sittings add up to at most `load` of its free minutes.
    A day's sittings depend on that day alone, so that a plan begun later has the same ones.
    """
    shortest, longest, pause = (minutes(span) for span in (length.shortest, length.longest, length.break_))
    return tuple(slot for day in days for slot in _cut_day(day, shortest, longest, pause, load))


def _cut_day(day: FreeDay, shortest: int, longest: int, pause: int, load: Fraction) -> Iterator[Slot]:
    allowance = int(sum(end - start for start, end in day.intervals) * load)
    for start, end in day.intervals:
        for slot in _cut_stretch(start, end, allowance, shortest, longest, pause):
            allowance -= slot[1] - slot[0]
            yield slot


def _cut_stretch(start: int, end: int, allowance: int, shortest: int, longest: int, pause: int) -> Iterator[Slot]:
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
