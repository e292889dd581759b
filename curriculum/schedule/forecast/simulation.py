"""Replay a plan in many futures at once, when its units take other times than planned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

import numpy as np

from curriculum.availability.worktime import WorkTime
from curriculum.model.identifiers import UnitId
from curriculum.model.intervals import Interval, merge
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan
from curriculum.schedule.forecast.duration_model import FloatArray

_AS_ESTIMATED = Fraction(1)
_ROUNDING = 1e-6
"""Minutes by which sums of floats may exceed a whole minute."""


class SimulatedClock:
    """Work time along slots and, at their mean density, beyond the last of them.

    Args:
        intervals: The slots, sorted and disjoint, at least one.
        start: Where time begins to count for the density.
    """

    def __init__(self, intervals: Sequence[Interval], start: int) -> None:
        starts = []
        before = [0]
        for begin, end in intervals:
            starts.append(begin)
            before.append(before[-1] + end - begin)
        self._work = WorkTime(intervals)
        self._starts = np.array(starts, dtype=float)
        self._before = np.array(before, dtype=float)
        self._end = intervals[-1][1]
        span = self._end - min(start, starts[0])
        self._density = self._work.total / span

    def until(self, instant: int) -> float:
        """Return the minutes of work before an instant.

        >>> SimulatedClock([(10, 20), (30, 40)], 0).until(60)
        30.0
        """
        beyond = max(0, instant - self._end)
        return self._work.until(instant) + beyond * self._density

    def instants(self, work: FloatArray) -> FloatArray:
        """Return the whole minutes by which so much work is done.

        >>> SimulatedClock([(10, 20), (30, 40)], 0).instants(np.array([10.0, 10.5, 30.0])).tolist()
        [20.0, 31.0, 60.0]
        """
        # What is a whole minute but for rounding must not begin another slot.
        minutes = np.ceil(work - _ROUNDING)
        slot = np.searchsorted(self._before, minutes) - 1
        slot = np.clip(slot, 0, len(self._starts) - 1)
        beyond = np.maximum(minutes - self._work.total, 0)
        inside = minutes - beyond - self._before[slot]
        ends: FloatArray = np.ceil(self._starts[slot] + inside + beyond / self._density)
        return ends


@dataclass(frozen=True, slots=True)
class Replay:
    """The pieces of a plan in their order, in work time.

    Attributes:
        units: The units that have pieces.
        pieces: For each piece the position of its unit in `units`, and its minutes as the syllabus
            estimates them.
        idle: For each piece the minutes of slots left free before it in all, but for dates waited
            for.
        waits: Position of a piece, and the minute of work before which it may not begin; both
            rise.
        clock: Work time; None when there is no piece.
        unplaced: Units that did not find a place for all of their minutes.
    """

    units: tuple[UnitId, ...]
    pieces: tuple[tuple[int, float], ...]
    idle: tuple[float, ...]
    waits: tuple[tuple[int, float], ...]
    clock: SimulatedClock | None
    unplaced: frozenset[UnitId]


@dataclass(frozen=True, slots=True)
class _PlacedPiece:
    """A unit, and when a piece of it begins and ends."""

    unit: UnitId
    begin: int
    end: int


def replay_of(
    plan: Plan,
    paces: Mapping[UnitId, Fraction],
    slots: Iterable[Interval],
) -> Replay:
    """Return a plan ready to be replayed.

    Args:
        plan: The plan.
        paces: Unit to the factor by which its estimate was multiplied before it was planned, where
            that is not 1.
        slots: The slots ahead; the sessions of the plan are added where they are missing.
    """
    unplaced = frozenset(one.unit for one in plan.unplaced)
    if not plan.sessions:
        return Replay(
            (),
            (),
            (),
            (),
            None,
            unplaced,
        )
    clock = _clock(plan, slots)
    placed = tuple(_placed_pieces(plan))
    releases = {}
    for one in plan.units:
        if one.release is not None:
            releases[one.unit] = clock.until(one.release)
    rows: dict[UnitId, int] = {}
    pieces = []
    for piece in placed:
        row = rows.setdefault(piece.unit, len(rows))
        pace = paces.get(piece.unit, _AS_ESTIMATED)
        # Whole numbers are divided as exactly as fractions, in a tenth of the time.
        minutes = (piece.end - piece.begin) * pace.denominator / pace.numerator
        pieces.append((row, minutes))
    return Replay(
        units=tuple(rows),
        pieces=tuple(pieces),
        idle=tuple(accumulate(_left_free(placed, releases, clock))),
        waits=tuple(_waits(placed, releases)),
        clock=clock,
        unplaced=unplaced,
    )


def _clock(plan: Plan, slots: Iterable[Interval]) -> SimulatedClock:
    """Return the clock of the slots ahead, the sessions of the plan among them."""
    sessions = [(session.start, session.end) for session in plan.sessions]
    return SimulatedClock(merge([*slots, *sessions]), plan.start)


def _placed_pieces(plan: Plan) -> Iterator[_PlacedPiece]:
    for session in plan.sessions:
        now = session.start
        for piece in session.pieces:
            yield _PlacedPiece(piece.unit, now, now + piece.minutes)
            now += piece.minutes


def _left_free(
    placed: Iterable[_PlacedPiece],
    releases: Mapping[UnitId, float],
    clock: SimulatedClock,
) -> Iterator[float]:
    """Yield the minutes of slots left free just before each piece.

    Those spent waiting for the date of its unit do not count: in a slower future there is less to
    wait for.
    """
    previous = 0.0
    for piece in placed:
        free = clock.until(piece.begin) - previous
        waiting = max(releases.get(piece.unit, 0.0) - previous, 0.0)
        yield free - min(waiting, free)
        previous = clock.until(piece.end)


def _waits(
    placed: Iterable[_PlacedPiece], releases: Mapping[UnitId, float]
) -> Iterator[tuple[int, float]]:
    """Yield where a date may hold the plan back: one later than all before it in its order."""
    latest = 0.0
    for position, piece in enumerate(placed):
        release = releases.get(piece.unit, 0.0)
        if release > latest:
            latest = release
            yield position, latest


def ends_of(
    replay: Replay,
    groups: Sequence[Iterable[UnitId]],
    takes: FloatArray,
) -> list[FloatArray | None]:
    """Return for each group of units when the last of them is finished, in each future.

    Instants are minutes since the epoch. None for a group without units, and for one with a unit
    that is not placed in full.

    Without dates a piece ends when all minutes up to it are done, S(i). With them, where piece j
    waits for minute r(j), it ends at S(i) plus the largest of r(j) less the minutes before j, over
    all j up to i, if that is above 0.

    Args:
        replay: The plan.
        groups: Groups of units.
        takes: What a minute of the estimate takes, as rows of `replay.units` and columns of
            futures.
    """
    lasts = [_last_piece(replay, set(group)) for group in groups]
    if replay.clock is None:
        return [None for _ in lasts]
    marks = sorted({last for last in lasts if last is not None})
    after = [mark + 1 for mark in marks]
    idle = [replay.idle[mark] for mark in marks]
    done = _minutes_before(replay, after, takes)
    done += np.array(idle)[:, None]
    done += _held_back(replay, marks, takes)
    instants = replay.clock.instants(done)
    ends: list[FloatArray | None] = []
    for last in lasts:
        end = None
        if last is not None:
            end = instants[marks.index(last)]
        ends.append(end)
    return ends


def _last_piece(replay: Replay, units: set[UnitId]) -> int | None:
    """Return the position of the last piece of some units; None when there is none.

    None as well when one of the units is not placed in full.
    """
    if units & replay.unplaced:
        return None
    for position in reversed(range(len(replay.pieces))):
        row, _ = replay.pieces[position]
        if replay.units[row] in units:
            return position
    return None


def _minutes_before(
    replay: Replay,
    positions: Sequence[int],
    takes: FloatArray,
) -> FloatArray:
    """Return the minutes of study before each position, which rise.

    Returns:
        Rows of positions and columns of futures.
    """
    if not positions:
        return np.zeros((0, takes.shape[1]))
    # One matrix product for all futures: a loop over pieces and futures would take seconds.
    shares = np.zeros((len(positions), len(replay.units)))
    for position, (row, minutes) in enumerate(replay.pieces):
        shares[bisect_right(positions, position) :, row] += minutes
    before: FloatArray = shares @ takes
    return before


def _held_back(
    replay: Replay,
    marks: Sequence[int],
    takes: FloatArray,
) -> FloatArray:
    """Return the minutes by which dates hold back each mark, as rows of marks."""
    places = []
    dates = []
    for place, date in replay.waits:
        idle_before = 0.0
        if place:
            idle_before = replay.idle[place - 1]
        places.append(place)
        dates.append(date - idle_before)
    dated = np.array(dates).reshape(-1, 1)
    waited = dated - _minutes_before(replay, places, takes)
    longest = np.maximum.accumulate(np.maximum(waited, 0), axis=0)
    # Row 0 is for marks before the first wait.
    none = np.zeros((1, takes.shape[1]))
    rows = [bisect_right(places, mark) for mark in marks]
    held: FloatArray = np.concatenate([none, longest])[rows]
    return held
