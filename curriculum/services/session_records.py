"""The sessions of a plan as flat records, for tables."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from curriculum.model.formatting import local
from curriculum.model.identifiers import Track, UnitId, work_of
from curriculum.services.planning import Planned
from curriculum.services.publishing import uids_of


class SessionRecord(TypedDict):
    """A part of a session that is given to one unit; the times are local and know their zone."""

    start: datetime
    end: datetime
    minutes: int
    track: Track
    work: str
    unit: UnitId
    title: str
    first_page: int | None
    last_page: int | None
    session: str


def session_records(planned: Planned) -> list[SessionRecord]:
    """Return a record for each part of each session, in calendar order.

    `session` is the UID under which the session is published; parts of one session share it.
    """
    zone = planned.workspace.zone
    records: list[SessionRecord] = []
    for session, uid in zip(planned.plan.sessions, uids_of(planned), strict=True):
        start = session.start
        for piece in session.pieces:
            end = start + piece.minutes
            pages = piece.pages
            records.append(
                {
                    "start": local(start, zone),
                    "end": local(end, zone),
                    "minutes": piece.minutes,
                    "track": session.track,
                    "work": work_of(piece.unit),
                    "unit": piece.unit,
                    "title": planned.curriculum.details[piece.unit].title,
                    "first_page": None if pages is None else pages.first,
                    "last_page": None if pages is None else pages.last,
                    "session": uid,
                }
            )
            start = end
    return records
