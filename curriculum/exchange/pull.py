"""Find out what a person's edits on the server mean for the plan."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from curriculum.exchange.remote_calendar import RemoteCalendar, RemoteVersion
from curriculum.exchange.remote_event import RemoteEvent
from curriculum.exchange.sync_state import SyncedVersion
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Session, instant, minute

_UNREADABLE = "unreadable"
_BACK_NOTE = (
    "it is there again after it was deleted; if it counts as missed by now, 'curriculum undo' "
    "takes that back"
)
_TEXT_NOTE = (
    "its text was changed there, which changes nothing here; push keeps it, and asks where the "
    "plan changes the same text"
)
_SETTINGS_NOTE = "the settings say when it is, so it is left as it is; change it in them"


class EditKind(StrEnum):
    """What an edit on the server means."""

    PIN = "pin"
    MISSED = "missed"
    DONE = "done"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Edit:
    """Something the person did with an event or to-do there.

    Attributes:
        uid: The event.
        kind: What it means.
        session: PIN, MISSED: the session as it was published.
        start: PIN: where it is held now, in minutes since the epoch.
        end: PIN: where it ends.
        units: DONE: the units that are finished.
        note: NOTHING: why it is not taken over.
    """

    uid: str
    kind: EditKind
    session: Session | None = None
    start: int = 0
    end: int = 0
    units: tuple[UnitId, ...] = ()
    note: str = ""


def event_edits(
    ledger: Ledger,
    calendar: RemoteCalendar,
    now: int,
    followed: Container[str] = frozenset(),
) -> Iterator[Edit]:
    """Yield what the person did with the events of a calendar since the last sync, sorted by UID.

    Args:
        ledger: What was published.
        calendar: The calendar.
        now: The minute of now.
        followed: UIDs of past sessions in which something was done: deleting them only tidies up.
    """
    for uid in sorted(calendar.known.keys() | calendar.remote.keys()):
        event = ledger.events.get(uid)
        if event is None:
            continue
        session = event.session
        if uid in calendar.remote:
            if session is not None or _is_moved(calendar, uid):
                yield from _edit_there(uid, session, calendar, now)
        elif session is not None and calendar.was_there(uid) and uid not in followed:
            yield Edit(uid, EditKind.MISSED, session)


def _is_moved(calendar: RemoteCalendar, uid: str) -> bool:
    """Whether an event that is there is not where it was written to be."""
    event = calendar.remote[uid].event
    return calendar.is_edited(uid) and event is not None and not event.has_written_times


def _edit_there(
    uid: str, session: Session | None, calendar: RemoteCalendar, now: int
) -> Iterator[Edit]:
    """Yield the edit of an event that is there, unless it means nothing and was reported."""
    version, known = calendar.remote[uid], calendar.known.get(uid)
    if session is None:
        edit = _nothing(uid, None, _SETTINGS_NOTE)
    elif calendar.is_edited(uid):
        edit = _edit(uid, session, version.event, now)
    elif known is not None and known.is_gone:
        edit = _nothing(uid, session, _BACK_NOTE)
    else:
        return
    is_reported = known is None or known.noted == remote_digest(version)
    if edit.kind is not EditKind.NOTHING or not is_reported:
        yield edit


def _edit(uid: str, session: Session, event: RemoteEvent | None, now: int) -> Edit:
    if event is None or event.recurs:
        return _nothing(uid, session, "it recurs or cannot be read, so it is left as it is")
    # Before the check mark: a session that was called off was not studied.
    if event.status == "CANCELLED":
        return Edit(uid, EditKind.MISSED, session)
    if event.is_checked:
        units = tuple(dict.fromkeys(piece.unit for piece in session.pieces))
        return Edit(uid, EditKind.DONE, session, units=units)
    # It may be where another machine put it, which is not where this one published it.
    if event.has_written_times:
        return _nothing(uid, session, _TEXT_NOTE)
    if not isinstance(event.start, datetime) or not isinstance(event.end, datetime):
        return _nothing(uid, session, "it lasts all day there, so it is left as it is")
    return _moved(uid, session, minute(event.start), minute(event.end), now)


def _moved(uid: str, session: Session, start: int, end: int, now: int) -> Edit:
    """Return what it means that a session is from start to end now."""
    if (start, end) == (session.start, session.end):
        return _nothing(uid, session, _TEXT_NOTE)
    if end <= start:
        return _nothing(uid, session, "it has no length there, so it is left as it is")
    if end <= now:
        moved_to = f"{instant(start):%Y-%m-%d %H:%M} UTC"
        note = f"it was moved there to {moved_to}, which is over; log what was done then"
        return _nothing(uid, session, note)
    return Edit(uid, EditKind.PIN, session, start, end)


def _nothing(uid: str, session: Session | None, note: str) -> Edit:
    return Edit(uid, EditKind.NOTHING, session, note=note)


def todo_edits(units: Mapping[str, UnitId], calendar: RemoteCalendar) -> Iterator[Edit]:
    """Yield the units whose to-dos the person completed since the last sync, sorted by UID.

    Args:
        units: UID of a to-do to its unit.
        calendar: The calendar of to-dos.
    """
    for uid in sorted(units.keys() & calendar.remote.keys() & calendar.known.keys()):
        event = calendar.remote[uid].event
        if calendar.is_edited(uid) and event is not None and event.is_checked:
            yield Edit(uid, EditKind.DONE, units=(units[uid],))


def remote_digest(version: RemoteVersion) -> str:
    """Return the digest of what a version says, or that it cannot be read."""
    if version.event is None:
        return _UNREADABLE
    return version.event.digest


def acknowledged(
    edit: Edit, known: SyncedVersion | None, version: RemoteVersion | None
) -> SyncedVersion:
    """Return what is known of an event once an edit is taken over, or reported if it means nothing.

    Args:
        edit: The edit.
        known: What was known before, if anything.
        version: The edited version; None when the event was deleted.
    """
    known = known or SyncedVersion(None, "", "")
    if version is None:
        return SyncedVersion(None, "", known.sent)
    # Its digest stays unacknowledged, so that push goes on treating it as the person's.
    if edit.kind is EditKind.NOTHING:
        return replace(known, noted=remote_digest(version))
    kept = tuple(sorted(version.personal_parts))
    return SyncedVersion(
        version.etag, remote_digest(version), known.sent, kept=kept, name=version.name
    )
