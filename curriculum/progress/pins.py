"""Pinned sessions: what each of them holds, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.model.identifiers import Track, UnitId
from curriculum.model.journal import Pinned
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Piece, Session
from curriculum.model.progress import Progress


def held_units(session: Session) -> tuple[tuple[UnitId, int], ...]:
    """Return what a pin of a session is to hold: its units and their minutes."""
    return tuple((piece.unit, piece.minutes) for piece in session.pieces)


def pinned_sessions(
    progress: Progress,
    ledger: Ledger,
    tracks: Mapping[UnitId, Track],
    now: int,
) -> dict[str, Session]:
    """Return what is pinned and not over, by UID, each session where it is held.

    A pin holds what its session was about when it was pinned, as long as any of that is left to
    study: whatever is published later, the next plan holds the same.

    Args:
        progress: The pins.
        ledger: What is published: pins of earlier versions do not say what they hold.
        tracks: The units that are left to study, each with its track.
        now: The minute of now.
    """
    found: dict[str, Session] = {}
    for uid, pin in progress.pins.items():
        pieces = tuple(piece for piece in _pieces(uid, pin, ledger) if piece.unit in tracks)
        if pieces and pin.end > now:
            session = Session(pin.start, pin.end, tracks[pieces[0].unit], pieces)
            found[uid] = session.moved_to(pin.start, pin.end)
    return found


def _pieces(uid: str, pin: Pinned, ledger: Ledger) -> Iterator[Piece]:
    if pin.pieces is not None:
        for unit, minutes in pin.pieces:
            yield Piece(unit, minutes)
        return
    event = ledger.events.get(uid)
    if event is not None and event.session is not None:
        yield from event.session.pieces


def is_held(uid: str, session: Session, progress: Progress) -> bool:
    """Say whether a published session is where its pin holds it, with some of what it holds."""
    pin = progress.pins.get(uid)
    if pin is None or pin.start != session.start:
        return False
    held = pin.pieces or held_units(session)
    units = {unit for unit, _ in held}
    return any(piece.unit in units for piece in session.pieces)
