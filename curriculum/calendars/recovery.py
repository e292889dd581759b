"""Make the ledger from the calendars themselves: one that was lost, or of the first version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from curriculum import model
from curriculum.calendars.icalendar_reader import ForeignEventError, read_events
from curriculum.calendars.uids import plan_id, plan_id_in
from curriculum.calendars.validation import ForeignCalendarError
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import TRACKS
from curriculum.model.late_patterns import late_pattern
from curriculum.model.ledger import (
    CALENDARS,
    SITTING_FILES,
    Ledger,
    PublishedEvent,
    calendar_file,
    has_sessions,
)
from curriculum.model.plan import Piece, Session, minute
from curriculum.model.quantities import Pages
from curriculum.model.settings import Settings

_STAMP = "%Y%m%dT%H%M%SZ"
_TRACKS = {calendar_file(track): track for track in TRACKS}
_CITED_PAGES = late_pattern(r", pp?\. (\d+)(?:-(\d+))?(?: of [\d-]+)?; ")
_Row = tuple[str, str, int, str]


def recovered(published: Mapping[str, bytes], settings: Settings) -> Ledger:
    """Return the ledger made again from the calendars, an empty one when there are none.

    Args:
        published: The calendars by their names, if they exist.
        settings: What the plan id is made of when no event names it.

    Raises:
        ForeignCalendarError: A file that is not ours has the name of a calendar.
    """
    events = _events(published)
    plan = plan_id(settings)
    for uid in events:
        found = plan_id_in(uid)
        if found is not None:
            plan = found
            break
    return Ledger(plan, dict(sorted(events.items())))


def first_version(found: Mapping[str, Any], published: Mapping[str, bytes]) -> Ledger:  # Any: JSON
    """Return the ledger that a file of the first version and its calendars hold together.

    That version kept the SEQUENCE and the stamp of each event; what it says is in the calendars. A
    UID whose event no calendar shows is spent.

    Raises:
        ForeignCalendarError: A calendar is not ours any more.
        KeyError: A part is missing.
        ValueError: A part is not what it should be.
    """
    rows = model.checking.checker(dict[str, _Row]).validate_python(found["events"])
    retired = model.checking.checker(list[str]).validate_python(found["retired"])
    shown = _events(published)
    known = {}
    for uid in sorted(rows.keys() & shown.keys()):
        _, _, sequence, stamp = rows[uid]
        known[uid] = replace(shown[uid], sequence=sequence, stamp=_instant(stamp))
    return Ledger(
        plan=found["plan"],
        events=known,
        retired=frozenset(retired) | (rows.keys() - known.keys()),
        files=model.checking.checker(dict[str, str]).validate_python(found["files"]),
    )


def _instant(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def _events(published: Mapping[str, bytes]) -> dict[str, PublishedEvent]:
    """Return the events of the calendars with their sessions, by their UIDs, in file order."""
    found = {}
    for file in (*CALENDARS, *SITTING_FILES.values()):
        if file not in published:
            continue
        try:
            events = read_events(file, published[file])
        except ForeignEventError as error:
            raise ForeignCalendarError(file) from error
        for event in _with_pages(events):
            found[event.entry.uid] = replace(event, session=session_of(event.entry))
    return found


def _with_pages(events: Sequence[PublishedEvent]) -> Iterator[PublishedEvent]:
    """Yield the events of a file, with the pages that their descriptions cite if it has no X-PAGES.

    Before X-PAGES was added, late in 0.1.0, the pages of a piece were written in the description
    only. A file that has X-PAGES anywhere was written since: its descriptions are not read.
    """
    for event in events:
        for piece in event.entry.pieces:
            if piece.pages is not None:
                yield from events
                return
    for event in events:
        pieces = tuple(_pieces_with_cited_pages(event.entry))
        yield replace(event, entry=replace(event.entry, pieces=pieces))


def _pieces_with_cited_pages(entry: CalendarEntry) -> Iterator[Piece]:
    # The first line says why the session is now; then comes a line for each piece.
    lines = entry.description.split("\n")[1:]
    for number, piece in enumerate(entry.pieces):
        pages = None
        if number < len(lines):
            pages = _cited_pages(lines[number])
        yield replace(piece, pages=pages)


def _cited_pages(line: str) -> Pages | None:
    """Return the pages that a line cites; a title may look the same, but it comes before."""
    found = _CITED_PAGES.findall(line)
    if not found:
        return None
    first, last = found[-1]
    return Pages(int(first), int(last or first))


def session_of(entry: CalendarEntry) -> Session | None:
    """Return the session of an entry; None for a deadline or a habit. Its reason is lost."""
    if not has_sessions(entry.file):
        return None
    start, end = entry.start, entry.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    return Session(minute(start), minute(end), _TRACKS[entry.file], entry.pieces)
