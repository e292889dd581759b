"""The published plan as a guide: which unit has which minutes, and from when it is wanted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from curriculum.model.identifiers import TRACKS
from curriculum.model.plan import Session
from curriculum.schedule.demand import NEVER, Demand

GONE = -1
"""A unit of which nothing is left to do."""


class PublishedPiece(NamedTuple):
    """A part of a published session.

    Attributes:
        start: Minute since the epoch.
        end: Minute since the epoch.
        unit: The unit, or GONE.
        track: Index of the session's track.
    """

    start: int
    end: int
    unit: int
    track: int


class Guide:
    """The published pieces.

    Attributes:
        pieces: In calendar order; no two overlap.
        wanted: For each unit the first minute that is published for a unit of the other track that
            requires it, also through others; NEVER without one.
    """

    def __init__(self, sessions: Iterable[Session], demand: Demand) -> None:
        """Read the published sessions, of which the later one gives way where two overlap."""
        self.pieces = tuple(_pieces(sessions, demand))
        self.wanted = _wanted(self.pieces, demand)
        self._starts: tuple[list[int], ...] = ([], [])
        lengths: tuple[list[int], ...] = ([], [])
        for piece in self.pieces:
            self._starts[piece.track].append(piece.start)
            lengths[piece.track].append(piece.end - piece.start)
        self._totals = [list(accumulate(minutes, initial=0)) for minutes in lengths]

    def minutes_between(
        self,
        track: int,
        start: int,
        end: int,
    ) -> int:
        """Return the minutes of a track in pieces that begin between two instants."""
        starts = self._starts[track]
        first = bisect_left(starts, start)
        last = max(first, bisect_left(starts, end))
        return self._totals[track][last] - self._totals[track][first]


def _pieces(sessions: Iterable[Session], demand: Demand) -> Iterator[PublishedPiece]:
    rows = {unit: row for row, unit in enumerate(demand.units)}
    over = 0
    for session in sorted(sessions, key=lambda session: session.start):
        track = TRACKS.index(session.track)
        now = session.start
        for piece in session.pieces:
            start = max(now, over)
            now += piece.minutes
            if start < now:
                over = now
                yield PublishedPiece(start, now, rows.get(piece.unit, GONE), track)


def _wanted(pieces: Sequence[PublishedPiece], demand: Demand) -> tuple[int, ...]:
    first = [NEVER] * len(demand.units)
    for piece in reversed(pieces):
        if piece.unit != GONE:
            first[piece.unit] = piece.start
    # For each track the first minute that is published for what requires a unit.
    wanted = ([NEVER] * len(first), [NEVER] * len(first))
    for unit in reversed(range(len(first))):
        for other in demand.after[unit]:
            for track, minutes in enumerate(wanted):
                own = first[other] if demand.tracks[other] == track else NEVER
                minutes[unit] = min(minutes[unit], minutes[other], own)
    return tuple(wanted[1 - track][unit] for unit, track in enumerate(demand.tracks))
