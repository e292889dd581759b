"""Turn an allocation into the sessions of a plan, each piece with its part of the pages."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.identifiers import TRACKS
from curriculum.model.plan import Piece, Session
from curriculum.model.quantities import Pages
from curriculum.progress.remaining import pages_turned
from curriculum.schedule.demand import Demand
from curriculum.schedule.planner import Block


def sessions_of(blocks: Iterable[Block], demand: Demand) -> tuple[Session, ...]:
    """Return the sessions in calendar order; the pages of a unit go on from piece to piece."""
    studied = list(demand.behind) or [0] * len(demand.units)
    sessions = []
    for block in blocks:
        end = block.start
        pieces = []
        for unit, minutes in block.pieces:
            before = studied[unit]
            studied[unit] += minutes
            end += minutes
            pages = pages_between(
                demand.reading[unit],
                before,
                studied[unit],
            )
            pieces.append(Piece(demand.units[unit], minutes, pages))
        track = TRACKS[block.track]
        sessions.append(
            Session(
                block.start,
                end,
                track,
                tuple(pieces),
                block.because,
            )
        )
    return tuple(sessions)


def pages_between(
    reading: tuple[Pages, int] | None,
    start: int,
    end: int,
) -> Pages | None:
    """Return the pages read from minute `start` to minute `end` of a unit, at an even pace.

    Consecutive pieces share no page and together cover all of them. A piece too short for a page
    names the page it is in the middle of; a piece after the reading (exercises) names none, nor
    does one that begins in the last half page, when all pages are counted as read.

    >>> pages_between((Pages(321, 338), 108), 0, 54)
    Pages(first=321, last=329)
    >>> pages_between((Pages(321, 338), 108), 107, 160) is None
    True
    """
    if reading is None:
        return None
    pages, minutes = reading
    if start >= minutes:
        return None
    first = _open_page(pages, start, minutes)
    if first > pages.last:
        return None
    next_page = _open_page(pages, min(end, minutes), minutes)
    return Pages(first, max(first, next_page - 1))


def _open_page(
    pages: Pages,
    moment: int,
    minutes: int,
) -> int:
    """Return the page that is open at a moment; at the last one, the page after the last."""
    return pages.first + pages_turned(len(pages), moment, minutes)
