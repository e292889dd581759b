"""Sessions as a page shows them: when, what, what became of them, and what may be done."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.formatting import clock_text, day_text, local
from curriculum.model.habits import SittingKind
from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import PublishedEvent
from curriculum.model.lived_days import shown_zone
from curriculum.model.plan import Piece, Session
from curriculum.progress.agenda import Days
from curriculum.progress.pins import is_held
from curriculum.views.html.markup import plain_text
from curriculum.views.text.today import BECAME, became


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session as a page shows it.

    Attributes:
        uid: Its UID, by which forms name it.
        name: What a person calls it on the command line: its local start.
        day: Its local day, in words.
        clock: From when to when.
        start: Its local start, as a field of a form takes it.
        track: Its track.
        title: What it is called in calendars.
        pieces: What is studied in it.
        state: What became of it, or `ahead`.
        said: The same in words; empty while it is ahead.
        is_over: Whether it is over.
        is_pinned: Whether it is held where it is.
        held_at: When the next plan will hold it instead, in words; empty where nobody said so.
    """

    uid: str
    name: str
    day: str
    clock: str
    start: str
    track: Track
    title: str
    pieces: tuple[Piece, ...]
    state: str
    said: str
    is_over: bool
    is_pinned: bool
    held_at: str = ""

    @property
    def units(self) -> tuple[UnitId, ...]:
        """The units that are studied in it, each once."""
        return tuple(dict.fromkeys(piece.unit for piece in self.pieces))


@dataclass(frozen=True, slots=True)
class ShownSitting:
    """A habit, the review or exploration on a day."""

    day: str
    clock: str
    title: str
    kind: SittingKind


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day with what is on, in the order of time."""

    name: str
    parts: tuple[ShownSession | ShownSitting, ...]


def shown_days(days: Days) -> Iterator[ShownDay]:
    """Yield each day on which something is on, with its sessions and sittings."""
    parts: list[tuple[int, ShownSession | ShownSitting]] = [
        (_start(event), shown_session(event, days)) for event in days.sessions
    ]
    parts += [
        (one.start, _shown_sitting(one.name, one.start, one.end, one.kind, days))
        for one in days.sittings
    ]
    found: dict[str, list[ShownSession | ShownSitting]] = {}
    for _, part in sorted(parts, key=lambda one: one[0]):
        found.setdefault(part.day, []).append(part)
    for name, own in found.items():
        yield ShownDay(name, tuple(own))


def _start(event: PublishedEvent) -> int:
    assert event.session is not None, "only sessions are ever shown"
    return event.session.start


def shown_session(event: PublishedEvent, days: Days) -> ShownSession:
    """Return a session as a page shows it."""
    session = event.session
    assert session is not None, "only sessions are ever shown"
    zone = shown_zone(session, days.now, days.zone)
    state = became(event, days)
    uid = event.entry.uid
    held = held_elsewhere(event, days)
    return ShownSession(
        uid=uid,
        name=f"{local(session.start, days.zone):%Y-%m-%dT%H:%M}",
        day=day_text(session.start, zone),
        clock=clock_text(session.start, session.end, zone),
        start=f"{local(session.start, days.zone):%Y-%m-%dT%H:%M}",
        track=session.track,
        title=plain_text(event.entry.summary),
        pieces=session.pieces,
        state=state,
        said=BECAME.get(state, ""),
        is_over=session.end <= days.now,
        is_pinned=is_held(uid, session, days.progress),
        held_at="" if held is None else _when(held, days),
    )


def held_elsewhere(event: PublishedEvent, days: Days) -> Session | None:
    """Return a session ahead where the next plan will hold it; None where that is where it is."""
    session = event.session
    assert session is not None, "only sessions are ever shown"
    pin = days.progress.pins.get(event.entry.uid)
    if pin is None or pin.start == session.start or session.end <= days.now:
        return None
    return session.moved_to(pin.start, pin.end)


def _when(session: Session, days: Days) -> str:
    clock = clock_text(session.start, session.end, days.zone)
    return f"{day_text(session.start, days.zone)}, {clock}"


def _shown_sitting(name: str, start: int, end: int, kind: SittingKind, days: Days) -> ShownSitting:
    return ShownSitting(day_text(start, days.zone), clock_text(start, end, days.zone), name, kind)
