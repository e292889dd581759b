"""Turn poured sittings into the sessions of a plan, each piece with its part of the pages; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.identifiers import TRACKS
from curriculum.model.plan import Piece, Session
from curriculum.model.quantities import Pages
from curriculum.progress.remaining import pages_turned
from curriculum.schedule.demand import Demand
from curriculum.schedule.planner import Block


def sessions_of(sittings: Iterable[Block], demand: Demand) -> tuple[Session, ...]:
    """Return the sessions in calendar order; a unit's pages are carried on from piece to piece without overlap."""
    studied = list(demand.behind) or [0] * len(demand.units)
    sessions = []
    for sitting in sittings:
        pieces, end = [], sitting.start
        for unit, minutes in sitting.pieces:
            pages = pages_between(demand.reading[unit], studied[unit], studied[unit] + minutes)
            pieces.append(Piece(demand.units[unit], minutes, pages))
            studied[unit] += minutes
            end += minutes
        sessions.append(
            Session(sitting.start, end, TRACKS[sitting.track], tuple(pieces), sitting.because)
        )
    return tuple(sessions)


def pages_between(reading: tuple[Pages, int] | None, start: int, end: int) -> Pages | None:
    """Return the pages read from minute `start` to minute `end` of a unit, at an even pace.

    Consecutive pieces share no page and together cover all of them; a piece too short for a page names the page it is
    in the middle of, a piece after the reading (exercises) names none.

    >>> pages_between((Pages(321, 338), 108), 0, 54)
    Pages(first=321, last=329)
    """
    if reading is None or start >= reading[1]:
        return None
    pages, minutes = reading
    first, last = (_turned(pages, min(moment, minutes), minutes) for moment in (start, end))
    return Pages(first, max(first, last - 1))


def _turned(pages: Pages, moment: int, minutes: int) -> int:
    """Return the page open at a moment, rounding to whole pages; the last moment lies after the last page."""
    return pages.first + pages_turned(len(pages), moment, minutes)
