"""Which free time of a week is kept for something totally different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from curriculum.model.exploration import Explore, lot
from curriculum.model.intervals import Interval, Intervals
from curriculum.model.plan import FreeDay
from curriculum.model.quantities import minutes
from curriculum.model.settings import Settings


def exploration_of_week(settings: Settings, days: Sequence[FreeDay]) -> Intervals:
    """Return the time of a week that is kept for exploration, in calendar order.

    Args:
        settings: How much is kept, and when.
        days: The free days of the week from Monday to Sunday, whole, as they are without any
            exploration.
    """
    explore = settings.explore
    if explore is None or not days:
        return ()
    shortest = minutes(settings.session.shortest)
    if explore.share is None:
        chosen = (day for day in days if is_drawn(explore, day.day))
        return tuple(one for day in chosen for one in _long(day, shortest))
    kept = explore.share * _study_minutes(settings, days)
    stretches = [one for day in _chosen_days(explore, days) for one in _long(day, shortest)]
    return tuple(_first_minutes(stretches, round(kept), shortest))


def is_drawn(explore: Explore, day: date) -> bool:
    """Whether the lot makes a study day one of exploration."""
    return explore.epsilon is not None and lot(explore.seed, day) < explore.epsilon


def _study_minutes(settings: Settings, days: Iterable[FreeDay]) -> Fraction:
    """Return how much of a week may be study: its free time, as full as it may be planned."""
    free = sum(end - start for day in days for start, end in day.intervals)
    allowed = settings.load * free
    cap = settings.cap.week
    return allowed if cap is None else min(allowed, Fraction(minutes(cap)))


def _chosen_days(explore: Explore, days: Sequence[FreeDay]) -> Sequence[FreeDay]:
    """Return the study days that the settings name; if there is none, the next one of the week."""
    named = [day for day in days if day.day.weekday() in explore.on]
    return named or [day for day in days if day.day.weekday() > max(explore.on)][:1]


def _long(day: FreeDay, shortest: int) -> Iterator[Interval]:
    return (one for one in day.intervals if one[1] - one[0] >= shortest)


def _first_minutes(stretches: Sequence[Interval], wanted: int, shortest: int) -> Iterator[Interval]:
    """Yield so many minutes of stretches of time, in none of them fewer than a session has."""
    left = wanted
    for number, (start, end) in enumerate(stretches, start=1):
        length = min(end - start, left)
        if length < shortest:
            return
        lacking = shortest - (left - length)
        is_last = number == len(stretches) or left == length
        if not is_last and 0 < lacking <= length - shortest:
            length -= lacking
        yield start, start + length
        left -= length


def latest_minutes(stretches: Intervals, wanted: int, shortest: int) -> Intervals:
    """Return the latest minutes of stretches of time, so many of them if there are.

    What would be left of a stretch is at least as long as a session; otherwise all of it is taken.

    >>> latest_minutes(((0, 60), (100, 160)), 70, 25)
    ((50, 60), (100, 160))
    """
    found: list[Interval] = []
    left = wanted
    for start, end in reversed(stretches):
        if left <= 0:
            break
        begin = max(start, end - left)
        if begin - start < shortest:
            begin = start
        found.append((begin, end))
        left -= end - begin
    return tuple(reversed(found))
