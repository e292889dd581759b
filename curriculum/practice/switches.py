"""How often a person went from one work to another on one day, and the longest stretch on one.

A switch is between two successive pieces of study of at least ten minutes on different works; what
is shorter belongs to its neighbour, so that a look at something else is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from curriculum.model.late_dataclasses import dataclass

LEAST_STRETCH = 10
"""Minutes below which a piece of study belongs to its neighbour."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Successive study of one work on one day.

    Attributes:
        day: The day.
        work: The work.
        minutes: How long it was.
    """

    day: date
    work: str
    minutes: int


def stretches_of(day: date, pieces: Iterable[tuple[str, int]]) -> tuple[Stretch, ...]:
    """Return the stretches of a day.

    Args:
        day: The day.
        pieces: Each work with its minutes, in the order of time.
    """
    joined = _joined((work, minutes) for work, minutes in pieces if minutes > 0)
    found: list[tuple[str, int]] = []
    carried = 0
    for work, minutes in joined:
        if minutes >= LEAST_STRETCH:
            found.append((work, minutes + carried))
            carried = 0
        elif found:
            last, before = found[-1]
            found[-1] = (last, before + minutes)
        else:
            carried += minutes
    if not found and carried:
        found.append((joined[0][0], carried))
    return tuple(Stretch(day, work, minutes) for work, minutes in _joined(found))


def _joined(pieces: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the pieces with successive ones of one work put together."""
    found: list[tuple[str, int]] = []
    for work, minutes in pieces:
        if found and found[-1][0] == work:
            found[-1] = (work, found[-1][1] + minutes)
        else:
            found.append((work, minutes))
    return found


def switches_of(days: Mapping[date, Sequence[tuple[str, int]]]) -> dict[date, int]:
    """Return the switches of each day; see `stretches_of`."""
    found = {}
    for day, pieces in days.items():
        found[day] = sum(1 for _ in pairwise(stretches_of(day, pieces)))
    return found


def longest_stretch(days: Mapping[date, Sequence[tuple[str, int]]]) -> Stretch | None:
    """Return the longest stretch, the first of equals; None when there is none."""
    every = [one for day, pieces in days.items() for one in stretches_of(day, pieces)]
    return max(every, key=lambda one: one.minutes, default=None)
