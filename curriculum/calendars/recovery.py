"""The ledger from the calendars themselves: one that was lost, or of the first version; no file is opened here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from curriculum.calendars.icalendar_reader import ForeignEventError, read_events
from curriculum.calendars.uids import plan_id, plan_id_in
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.ledger import (
    CALENDARS,
    DEADLINES,
    LEDGER,
    Ledger,
    PublishedEvent,
    calendar_file,
)
from curriculum.model.plan import Piece, Session, minute
from curriculum.model.problems import CurriculumError
from curriculum.model.quantities import Pages
from curriculum.model.settings import Settings

_STAMP = "%Y%m%dT%H%M%SZ"
_TRACKS = {calendar_file(track): track for track in TRACKS}
_PAGES = re.compile(r", pp?\. (\d+)(?:-(\d+))?(?: of [\d-]+)?; ")
_Row = tuple[str, str, int, str]
_ROWS: TypeAdapter[dict[str, _Row]] = TypeAdapter(dict[str, _Row])
_NAMES: TypeAdapter[list[str]] = TypeAdapter(list[str])
_DIGESTS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])


class ForeignCalendarError(CurriculumError):
    """A file that we did not publish stands where a calendar is to be written."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's name."""
        super().__init__(
            f"'{file}' in the output folder was not published by curriculum and '{LEDGER}' does not know it, "
            "so nothing was written; move it away, or choose another folder with --output"
        )


def recovered(published: Mapping[str, bytes], settings: Settings) -> Ledger:
    """Return the ledger made anew from the calendars, an empty one when there are none.

    Args:
        published: The calendars by their names, so far as they exist.
        settings: What the plan id is made of when no event tells it.

    Raises:
        ForeignCalendarError: A file that is not ours has the name of a calendar.
    """
    events = dict(_events(published))
    plans = (plan for uid in events if (plan := plan_id_in(uid)) is not None)
    return Ledger(next(plans, plan_id(settings)), {uid: events[uid] for uid in sorted(events)})


def first_version(found: Mapping[str, Any], published: Mapping[str, bytes]) -> Ledger:  # Any: JSON
    """Return the ledger that a file of the first version and its calendars hold together.

    That version kept the SEQUENCE and the stamp of each event, and left to the calendars what it says. A name whose
    event no calendar shows is spent.

    Raises:
        ForeignCalendarError: A calendar is not ours any more.
        KeyError: A part is missing.
        ValueError: A part is not what it should be.
    """
    rows = _ROWS.validate_python(found["events"])
    shown = dict(_events(published))
    known = {uid: _dated(shown[uid], *rows[uid][2:]) for uid in sorted(rows) if uid in shown}
    return Ledger(
        plan=found["plan"],
        events=known,
        retired=frozenset(_NAMES.validate_python(found["retired"])) | (rows.keys() - known.keys()),
        files=_DIGESTS.validate_python(found["files"]),
    )


def _dated(event: PublishedEvent, sequence: int, stamp: str) -> PublishedEvent:
    return replace(
        event, sequence=sequence, stamp=datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    )


def _events(published: Mapping[str, bytes]) -> Iterator[tuple[str, PublishedEvent]]:
    for file in CALENDARS:
        try:
            events = read_events(file, published[file]) if file in published else []
        except ForeignEventError as error:
            raise ForeignCalendarError(file) from error
        for event in events:
            yield event.entry.uid, replace(event, session=session_of(event.entry))


def session_of(entry: CalendarEntry) -> Session | None:
    """Return the session an entry stands for, None for a deadline; why its track got the time is not known any more."""
    if (
        entry.file == DEADLINES
        or not isinstance(entry.start, datetime)
        or not isinstance(entry.end, datetime)
    ):
        return None
    lines = [*entry.description.split("\n")[1:], *[""] * len(entry.pieces)]
    pieces = (
        Piece(UnitId(unit), minutes, _pages(line))
        for (unit, minutes), line in zip(entry.pieces, lines, strict=False)
    )
    return Session(minute(entry.start), minute(entry.end), _TRACKS[entry.file], tuple(pieces))


def _pages(line: str) -> Pages | None:
    """Return the pages that a line of a description cites; a title may look the same, but it comes before."""
    found = _PAGES.findall(line)
    return Pages(int(found[-1][0]), int(found[-1][1] or found[-1][0])) if found else None
