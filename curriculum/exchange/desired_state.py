"""What is to stand on a server, each thing as bytes of its own: published events, and a to-do for every unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from curriculum.calendars.icalendar_writer import escaped_text, event_bytes, folded, resource_bytes
from curriculum.calendars.uids import DOMAIN
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact
from curriculum.model.ledger import CALENDARS, Ledger, PublishedEvent
from curriculum.model.plan import Session, instant

TODOS = "todos"
NAMES = tuple(file.removesuffix(".ics") for file in CALENDARS)
"""The calendars, without what is asked for specially."""


def resource_name(uid: str) -> str:
    """Return what the resource of an event is called."""
    return f"{uid}.ics"


def wanted_events(ledger: Ledger, name: str) -> dict[str, bytes]:
    """Return UID to the bytes that are to stand in a calendar."""
    events = {
        uid: event for uid, event in ledger.events.items() if event.entry.file == f"{name}.ics"
    }
    return {uid: resource_bytes(event_bytes(event)) for uid, event in events.items()}


def todo_uid(unit: UnitId, plan: str) -> str:
    """Return the UID of a unit's to-do."""
    return f"todo.{unit.replace('/', '_', 1)}.{plan}{DOMAIN}"


def wanted_todos(
    ledger: Ledger,
    over: int,
    titles: Mapping[UnitId, str],
    finished: Mapping[UnitId, Fact],
    known: Iterable[str],
) -> dict[str, bytes]:
    """Return UID to the bytes of a to-do: one for each unit that has sessions ahead, due when its last one ends.

    Of units that are done, those that stand on the server stay there, completed.

    Args:
        ledger: What was published.
        over: The minute of now.
        titles: What units are called.
        finished: Unit to the fact that finished it.
        known: UIDs of the to-dos that stand on the server.
    """
    there = set(known)
    last: dict[UnitId, PublishedEvent] = {}
    for uid, session in ledger.sessions():
        for piece in session.pieces:
            if session.end > over and piece.unit not in finished:
                last[piece.unit] = ledger.events[uid]
    found = {
        todo_uid(unit, ledger.plan): _todo(unit, ledger.plan, titles, event)
        for unit, event in last.items()
    }
    for unit, fact in finished.items():
        uid = todo_uid(unit, ledger.plan)
        if uid in there:
            found[uid] = _completed(unit, uid, titles, fact)
    return found


def _todo(unit: UnitId, plan: str, titles: Mapping[UnitId, str], event: PublishedEvent) -> bytes:
    session = event.session
    assert isinstance(session, Session), "only sessions have pieces"
    lines = (
        f"DUE:{_instant(instant(session.end))}",
        f"CATEGORIES:{escaped_text(session.track)}",
        "STATUS:NEEDS-ACTION",
    )
    return _component(unit, todo_uid(unit, plan), titles, event.stamp, lines)


def _completed(unit: UnitId, uid: str, titles: Mapping[UnitId, str], fact: Fact) -> bytes:
    lines = (f"COMPLETED:{_instant(fact.at)}", "PERCENT-COMPLETE:100", "STATUS:COMPLETED")
    return _component(unit, uid, titles, fact.at, lines)


def _component(
    unit: UnitId, uid: str, titles: Mapping[UnitId, str], stamp: datetime, lines: Iterable[str]
) -> bytes:
    def all_lines() -> Iterator[str]:
        yield from (
            "BEGIN:VTODO",
            f"UID:{escaped_text(uid)}",
            f"DTSTAMP:{_instant(stamp)}",
            f"LAST-MODIFIED:{_instant(stamp)}",
        )
        yield f"SUMMARY:{escaped_text(titles.get(unit, unit))}"
        yield from lines
        yield from (f"X-CURRICULUM-UNIT:{escaped_text(unit)}", "END:VTODO")

    return resource_bytes(b"".join(map(folded, all_lines())))


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
