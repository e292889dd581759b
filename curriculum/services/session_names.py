"""What a person may call a published session."""

from __future__ import annotations

from datetime import tzinfo

from curriculum.model.formatting import local
from curriculum.model.plan import Session


def is_called(name: str, uid: str, session: Session, zone: tzinfo) -> bool:
    """Say whether a session has a name: its local start, its UID, or that up to the first dot."""
    return is_called_at(name, uid, session.start, zone)


def is_called_at(name: str, uid: str, start: int, zone: tzinfo) -> bool:
    """Say whether a session that starts at a minute has a name."""
    short = uid.rpartition("@")[0].rpartition(".")[0]
    return name in (uid, short) or name.replace(" ", "T") == _start_text(start, zone)


def start_text(session: Session, zone: tzinfo) -> str:
    """Return the local start of a session, as `2027-01-05T19:00`."""
    return _start_text(session.start, zone)


def _start_text(start: int, zone: tzinfo) -> str:
    return f"{local(start, zone):%Y-%m-%dT%H:%M}"
