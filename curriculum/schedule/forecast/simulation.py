"""Replay a plan when its units take other times than planned, in many worlds at once; why they do is not known here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import numpy as np

from curriculum.availability.worktime import WorkTime
from curriculum.model.identifiers import UnitId
from curriculum.model.intervals import Interval, merge
from curriculum.model.plan import Plan
from curriculum.schedule.forecast.duration_model import FloatArray

_AS_ESTIMATED = Fraction(1)


class Clock:
    """Work time along the sittings and, at their mean density, beyond the last of them.

    Args:
        intervals: The sittings, sorted and disjoint, at least one.
        start: Where time begins to count for the density.
    """

    def __init__(self, intervals: Sequence[Interval], start: int) -> None:
        self._work = WorkTime(intervals)
        self._starts = np.array([begin for begin, _ in intervals], dtype=float)
        self._before = np.array(
            list(accumulate((end - begin for begin, end in intervals), initial=0)), dtype=float
        )
        self._end = intervals[-1][1]
        self._density = self._work.total / (self._end - min(start, intervals[0][0]))

    def until(self, instant: int) -> float:
        """Return the minutes of work before an instant.

        >>> Clock([(10, 20), (30, 40)], 0).until(60)
        30.0
        """
        return self._work.until(instant) + max(0, instant - self._end) * self._density

    def instants(self, work: FloatArray) -> FloatArray:
        """Return the whole minutes by which so many minutes of work have passed.

        >>> Clock([(10, 20), (30, 40)], 0).instants(np.array([10.0, 10.5, 30.0])).tolist()
        [20.0, 31.0, 60.0]
        """
        minutes = np.ceil(
            work - 1e-6
        )  # what is a whole minute but for rounding must not begin another sitting
        place = np.clip(np.searchsorted(self._before, minutes) - 1, 0, len(self._starts) - 1)
        beyond = np.maximum(minutes - self._work.total, 0)
        found: FloatArray = self._starts[place] + (minutes - beyond - self._before[place])
        ends: FloatArray = np.ceil(found + beyond / self._density)
        return ends


@dataclass(frozen=True, slots=True)
class Replay:
    """The pieces of a plan in their order, in work time.

    Attributes:
        units: The units that have pieces.
        pieces: For each piece the position of its unit in `units`, and its minutes as the syllabus estimates them.
        idle: For each piece the minutes of sittings left free before it in all, but for dates waited for.
        waits: Position of a piece, and the minute of work before which it may not begin; both rise.
        clock: Work time; None when there is no piece.
        unplaced: Units of which something found no place.
    """

    units: tuple[UnitId, ...]
    pieces: tuple[tuple[int, float], ...]
    idle: tuple[float, ...]
    waits: tuple[tuple[int, float], ...]
    clock: Clock | None
    unplaced: frozenset[UnitId]


def replay_of(plan: Plan, paces: Mapping[UnitId, Fraction], slots: Iterable[Interval]) -> Replay:
    """Return a plan ready to be replayed.

    Args:
        plan: The plan.
        paces: Unit to the factor by which its estimate was multiplied before it was planned, where that is not 1.
        slots: The sittings ahead; those of the plan are added where they are missing.
    """
    unplaced = frozenset(one.unit for one in plan.unplaced)
    if not plan.sessions:
        return Replay((), (), (), (), None, unplaced)
    clock = Clock(
        merge([*slots, *((session.start, session.end) for session in plan.sessions)]), plan.start
    )
    placed = tuple(_placed(plan))
    rows = {unit: row for row, unit in enumerate(dict.fromkeys(unit for unit, _, _ in placed))}
    releases = {one.unit: clock.until(one.release) for one in plan.units if one.release is not None}
    return Replay(
        units=tuple(rows),
        pieces=tuple(
            (rows[unit], float((end - begin) / paces.get(unit, _AS_ESTIMATED)))
            for unit, begin, end in placed
        ),
        idle=tuple(accumulate(_left_free(placed, releases, clock))),
        waits=tuple(_waits(placed, releases)),
        clock=clock,
        unplaced=unplaced,
    )


_Placed = tuple[UnitId, int, int]
"""A unit, and when a piece of it begins and ends."""


def _placed(plan: Plan) -> Iterator[_Placed]:
    for session in plan.sessions:
        now = session.start
        for piece in session.pieces:
            yield piece.unit, now, now + piece.minutes
            now += piece.minutes


def _left_free(
    placed: Iterable[_Placed], releases: Mapping[UnitId, float], clock: Clock
) -> Iterator[float]:
    """Yield the minutes of sittings left free just before each piece, but for those spent waiting for its date."""
    previous = 0.0
    for unit, begin, end in placed:
        free = clock.until(begin) - previous
        yield free - min(max(releases.get(unit, 0.0) - previous, 0.0), free)
        previous = clock.until(end)


def _waits(
    placed: Iterable[_Placed], releases: Mapping[UnitId, float]
) -> Iterator[tuple[int, float]]:
    """Yield where a date may hold the plan back: one that is later than those before it in the plan's order."""
    latest = 0.0
    for position, (unit, _, _) in enumerate(placed):
        if releases.get(unit, 0.0) > latest:
            latest = releases[unit]
            yield position, latest


def ends_of(
    replay: Replay, groups: Sequence[Iterable[UnitId]], takes: FloatArray
) -> list[FloatArray | None]:
    """Return for each group of units when the last of them is finished, in each world, in minutes since the epoch.

    None for a group without units, and for one of which something found no place.

    Without dates a piece ends when all minutes up to it are done, S(i); with them, where piece j waits for minute r(j),
    at S(i) plus the largest of r(j) less the minutes before j, over all j up to i, if that is above 0.

    Args:
        replay: The plan.
        groups: Groups of units.
        takes: What a minute of the estimate takes, as rows of `replay.units` and columns of worlds.
    """
    lasts = [_last_piece(replay, set(group)) for group in groups]
    if replay.clock is None:
        return [None for _ in lasts]
    marks = sorted({last for last in lasts if last is not None})
    done = _minutes_before(replay, [mark + 1 for mark in marks], takes)
    done += np.array([replay.idle[mark] for mark in marks])[:, None]
    done += _held_back(replay, marks, takes)
    ends = dict(zip(marks, replay.clock.instants(done), strict=True))
    return [None if last is None else ends[last] for last in lasts]


def _last_piece(replay: Replay, units: set[UnitId]) -> int | None:
    """Return the position of the last piece of some units; None when they have none, or not all found their place."""
    if not units or units & replay.unplaced:
        return None
    rows = {row for row, unit in enumerate(replay.units) if unit in units}
    return max(
        (position for position, (row, _) in enumerate(replay.pieces) if row in rows), default=None
    )


def _minutes_before(replay: Replay, positions: Sequence[int], takes: FloatArray) -> FloatArray:
    """Return the minutes of study before each position, as rows of positions (which rise) and columns of worlds."""
    shares = np.zeros((len(positions), len(replay.units)))
    for position, (row, minutes) in enumerate(replay.pieces):
        shares[bisect_right(positions, position) :, row] += minutes
    before: FloatArray = shares @ takes
    return before


def _held_back(replay: Replay, marks: Sequence[int], takes: FloatArray) -> FloatArray:
    """Return the minutes by which dates hold back each mark, as rows of marks and columns of worlds."""
    places = [place for place, _ in replay.waits]
    back = np.array(
        [[date - (replay.idle[place - 1] if place else 0.0)] for place, date in replay.waits]
    ).reshape(-1, 1)
    waited = np.maximum.accumulate(
        np.maximum(back - _minutes_before(replay, places, takes), 0), axis=0
    )
    none = np.zeros((1, takes.shape[1]))
    held: FloatArray = np.concatenate([none, waited])[
        [bisect_right(places, mark) for mark in marks]
    ]
    return held
