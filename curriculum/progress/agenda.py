"""What there is to say of some days: sessions, what became of them, and the timer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from curriculum.model.ledger import PublishedEvent
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import Done, MissedSession


@dataclass(frozen=True, slots=True)
class Days:
    """What is said of some days.

    Attributes:
        sessions: The published sessions of the days, in calendar order.
        done: UID of a session to what was done in it; sessions ahead may have something too.
        missed: Sessions before that were not held and are still to do, in calendar order.
        ahead: The next session after the days; None when nothing is published ahead.
        progress: The timer and the pins.
        now: The minute of now.
        zone: The zone of the person's clock.
        is_published: Whether anything was ever published.
    """

    sessions: Sequence[PublishedEvent]
    done: Mapping[str, Done]
    missed: Sequence[MissedSession]
    ahead: PublishedEvent | None
    progress: Progress
    now: int
    zone: tzinfo
    is_published: bool


def state(event: PublishedEvent, days: Days) -> str:
    """Return how it stands with a session: `done`, `partly`, `missed`, `now` or `ahead`."""
    session = event.session
    assert session is not None
    real = dict(days.done.get(event.entry.uid, ()))
    if all(
        piece.unit in days.progress.done or real.get(piece.unit, 0) >= piece.minutes
        for piece in session.pieces
    ):
        return "done"
    if real:
        return "partly"
    if session.end <= days.now:
        return "missed"
    return "now" if session.start <= days.now else "ahead"
