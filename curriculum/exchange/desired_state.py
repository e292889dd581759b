"""What a server should show: each published event, and a to-do for each unit, as bytes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime

from curriculum.calendars.icalendar_writer import (
    escaped_text,
    event_bytes,
    folded,
    resource_bytes,
    utc_text,
)
from curriculum.calendars.uids import DOMAIN
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished
from curriculum.model.ledger import CALENDARS, SITTING_FILES, Ledger, PublishedEvent
from curriculum.model.plan import Session, instant

_TODO = "todo."

TODOS = "todos"
"""The calendar of to-dos, which is there only if the settings ask for it."""

EVENT_CALENDARS = tuple(file.removesuffix(".ics") for file in CALENDARS)
"""The calendars of events that every plan has, by name."""

SITTING_CALENDARS = tuple(file.removesuffix(".ics") for file in SITTING_FILES.values())
"""The calendars of habits, reviews and exploration: there if the settings ask for them."""


def event_calendars(ledger: Ledger, known: Container[str] = ()) -> tuple[str, ...]:
    """Return the names of the calendars of events that are to be synced.

    Args:
        ledger: What is published.
        known: The calendars that an earlier sync sent: what is in them may have to go.
    """
    published = {event.entry.file for event in ledger.events.values()}
    sittings = (name for name in SITTING_CALENDARS if name in known or f"{name}.ics" in published)
    return (*EVENT_CALENDARS, *sittings)


def resource_name(uid: str) -> str:
    """Return the name of the resource of an event."""
    return f"{uid}.ics"


def wanted_events(ledger: Ledger, name: str) -> dict[str, bytes]:
    """Return UID to the bytes of each event of a calendar."""
    file = f"{name}.ics"
    found: dict[str, bytes] = {}
    for uid, event in ledger.events.items():
        if event.entry.file == file:
            found[uid] = resource_bytes(event_bytes(event))
    return found


def newest_stamp(ledger: Ledger) -> str:
    """Return the newest DTSTAMP of all that is published or was withdrawn; empty if nothing is."""
    events = (*ledger.events.values(), *ledger.cancelled.values())
    return max((utc_text(event.stamp) for event in events), default="")


def todo_uid(unit: UnitId, plan: str) -> str:
    """Return the UID of a unit's to-do."""
    return f"{_TODO}{unit.replace('/', '_', 1)}.{plan}{DOMAIN}"


def is_todo(uid: str) -> bool:
    """Whether a UID is that of a to-do."""
    return uid.startswith(_TODO)


def wanted_todos(
    ledger: Ledger,
    now: int,
    titles: Mapping[UnitId, str],
    finished: Mapping[UnitId, Finished],
    known: Iterable[str],
) -> dict[str, bytes]:
    """Return UID to the bytes of a to-do for each unit with sessions ahead, due as the last ends.

    The to-dos of units that are done stay, completed, if they are on the server already.

    Args:
        ledger: What was published.
        now: The minute of now.
        titles: The titles of units.
        finished: Unit to the fact that finished it.
        known: UIDs of the to-dos that are on the server.
    """
    found: dict[str, bytes] = {}
    for unit, event in _last_sessions(ledger, now).items():
        if unit not in finished:
            found[todo_uid(unit, ledger.plan)] = _todo(unit, ledger.plan, titles, event)
    # To-dos of units that were done before to-dos were asked for would only be noise.
    on_server = set(known)
    for unit, fact in finished.items():
        uid = todo_uid(unit, ledger.plan)
        if uid in on_server:
            found[uid] = _completed(unit, uid, titles, fact)
    return found


def _last_sessions(ledger: Ledger, now: int) -> dict[UnitId, PublishedEvent]:
    """Return unit to the event of its last session that is not over."""
    last: dict[UnitId, PublishedEvent] = {}
    for uid, session in ledger.sessions():  # in the order of time
        if session.end > now:
            for piece in session.pieces:
                last[piece.unit] = ledger.events[uid]
    return last


def _todo(unit: UnitId, plan: str, titles: Mapping[UnitId, str], event: PublishedEvent) -> bytes:
    session = event.session
    assert isinstance(session, Session), "only sessions have pieces"
    lines = (
        f"DUE:{utc_text(instant(session.end))}",
        f"CATEGORIES:{escaped_text(session.track)}",
        "STATUS:NEEDS-ACTION",
    )
    return _component(unit, todo_uid(unit, plan), titles, event.stamp, lines)


def _completed(unit: UnitId, uid: str, titles: Mapping[UnitId, str], fact: Finished) -> bytes:
    lines = (f"COMPLETED:{utc_text(fact.at)}", "PERCENT-COMPLETE:100", "STATUS:COMPLETED")
    return _component(unit, uid, titles, fact.at, lines)


def _component(
    unit: UnitId, uid: str, titles: Mapping[UnitId, str], stamp: datetime, lines: Iterable[str]
) -> bytes:
    all_lines = (
        "BEGIN:VTODO",
        f"UID:{escaped_text(uid)}",
        f"DTSTAMP:{utc_text(stamp)}",
        f"LAST-MODIFIED:{utc_text(stamp)}",
        f"SUMMARY:{escaped_text(titles.get(unit, unit))}",
        *lines,
        f"X-CURRICULUM-UNIT:{escaped_text(unit)}",
        "END:VTODO",
    )
    return resource_bytes(b"".join(map(folded, all_lines)))
