"""Read what the person did on the server as what it means for the plan; nothing is recorded here."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from curriculum.exchange.push import There, is_edited
from curriculum.exchange.sync_state import Known
from curriculum.model.identifiers import UnitId
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Session, instant, minute


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
        meaning: What it means.
        session: PIN, MISSED: the session as it was published.
        start: PIN: where it is held now, in minutes since the epoch.
        end: PIN: where it ends.
        units: DONE: the units that are finished.
        note: What is to be said of it besides; empty when nothing is.
    """

    uid: str
    meaning: EditKind
    session: Session | None = None
    start: int = 0
    end: int = 0
    units: tuple[UnitId, ...] = ()
    note: str = ""


def event_edits(
    ledger: Ledger,
    there: Mapping[str, There],
    known: Mapping[str, Known],
    sending: Mapping[str, str],
    now: int,
    held: Container[str] = frozenset(),
) -> Iterator[Edit]:
    """Yield what the person did with the events of one calendar since it was last taken note of, sorted by UID.

    Args:
        ledger: What was published.
        there: UID to what stands there, of the events that are ours.
        known: What is known from the last time.
        sending: UID to the digest of what was being sent when the last time broke off.
        now: The minute of now.
        held: UIDs of sessions in which something was done: who deletes one of them tidies up.
    """
    for uid in sorted(known):
        event = ledger.events.get(uid)
        if event is None or event.session is None:
            continue
        here = there.get(uid)
        if here is None:
            if known[uid].seen and uid not in held:
                yield Edit(uid, EditKind.MISSED, event.session)
        elif is_edited(here, known[uid], sending.get(uid)):
            edit = _edit(uid, event.session, here, now)
            if edit.meaning is not EditKind.NOTHING or known[uid].told != remote_digest(here):
                yield edit


def _edit(uid: str, session: Session, there: There, now: int) -> Edit:
    said = there.said
    if said is None or said.recurs:
        return _nothing(uid, session, "it recurs or cannot be read, so it is left as it is")
    if said.status == "CANCELLED":
        return Edit(uid, EditKind.MISSED, session)
    if said.is_checked:
        return Edit(
            uid,
            EditKind.DONE,
            session,
            units=tuple(dict.fromkeys(piece.unit for piece in session.pieces)),
        )
    if not isinstance(said.start, datetime) or not isinstance(said.end, datetime):
        return _nothing(uid, session, "it lasts all day there, so it is left as it is")
    start, end = minute(said.start), minute(said.end)
    if (start, end) == (session.start, session.end):
        text = "its text was changed there, which changes nothing here; push asks before it writes over it"
        return _nothing(uid, session, text)
    if end <= start:
        return _nothing(uid, session, "it has no length there, so it is left as it is")
    if end <= now:
        there_now = f"{instant(start):%Y-%m-%d %H:%M} UTC"
        return _nothing(
            uid,
            session,
            f"it was moved there to {there_now}, which is over; log what was done then",
        )
    return Edit(uid, EditKind.PIN, session, start, end)


def _nothing(uid: str, session: Session, note: str) -> Edit:
    return Edit(uid, EditKind.NOTHING, session, note=note)


def todo_edits(
    units: Mapping[str, UnitId],
    there: Mapping[str, There],
    known: Mapping[str, Known],
    sending: Mapping[str, str],
) -> Iterator[Edit]:
    """Yield the units whose to-dos the person completed since they were last taken note of, sorted by UID.

    Args:
        units: UID of a to-do to its unit.
        there: UID to what stands there.
        known: What is known from the last time.
        sending: UID to the digest of what was being sent when the last time broke off.
    """
    for uid in sorted(units.keys() & there.keys() & known.keys()):
        here = there[uid]
        if (
            is_edited(here, known[uid], sending.get(uid))
            and here.said is not None
            and here.said.is_checked
        ):
            yield Edit(uid, EditKind.DONE, units=(units[uid],))


def remote_digest(there: There) -> str:
    """Return the digest of what stands there, or that it cannot be read."""
    return there.said.digest if there.said is not None else "unreadable"


def taken_note_of(edit: Edit, known: Known, there: There | None) -> Known:
    """Return what is known of an event once what the person did there is taken over, or told of if it means nothing."""
    if there is None:
        return Known(None, "", known.sent)
    if edit.meaning is EditKind.NOTHING:
        return replace(known, told=remote_digest(there))
    return Known(there.etag, remote_digest(there), known.sent)
