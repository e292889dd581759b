"""What a publication changes against the one before, as a value, as lines and as JSON; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from curriculum.model.changes import Changes, GoalMove
from curriculum.model.formatting import clock_text, day_text, hours_text, last_day, local
from curriculum.model.plan import Session
from curriculum.progress.session_outcomes import SessionOutcome

MOST_SESSIONS = 3
MOST_GOALS = 3
WEEK = 7 * 24 * 60


def changes_lines(changes: Changes, zone: tzinfo) -> tuple[str, ...]:
    """Return what changes in at most eight lines of plain text; none when nothing does."""
    lines = [*_counted(changes, zone), *_moves(changes, zone), *_finishes(changes, zone)]
    return tuple(lines)


def _counted(changes: Changes, zone: tzinfo) -> Iterator[str]:
    if changes.first is None:
        return
    counts = {"moved": len(changes.moved), "new": len(changes.new), "gone": len(changes.gone)}
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    every = sum(counts.values())
    verb = "session changes" if every == 1 else "sessions change"
    yield f"{every} {verb}: {said}; from {day_text(changes.first, zone)} on"


def _moves(changes: Changes, zone: tzinfo) -> Iterator[str]:
    """Yield the first sessions that move, when there are so few that each can be named."""
    if len(changes.moved) > MOST_SESSIONS:
        return
    for move in changes.moved:
        names = ", ".join(dict.fromkeys(piece.unit for piece in move.before.pieces))
        yield f"  {_spelt(move.before, zone)} moves to {_spelt(move.after, zone)}: {names}"


def _spelt(session: Session, zone: tzinfo) -> str:
    return f"{day_text(session.start, zone)[:-5]} {clock_text(session.start, session.end, zone)}"


def _finishes(changes: Changes, zone: tzinfo) -> Iterator[str]:
    for move in changes.goals[:MOST_GOALS]:
        yield f"  {move.goal}: {_finish(move, zone)}"
    if len(changes.goals) > MOST_GOALS:
        yield f"  and {len(changes.goals) - MOST_GOALS} more goals are finished at another time"


def _finish(move: GoalMove, zone: tzinfo) -> str:
    if move.after is None:
        return f"not finished by the plan any more, before on {last_day(move.before or 0, zone)}"
    finish = f"finished on {last_day(move.after, zone)}"
    if move.before is None:
        return finish
    days = (local(move.after - 1, zone).date() - local(move.before - 1, zone).date()).days
    if not days:
        return f"{finish}, that day as before"
    return f"{finish}, {abs(days)} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'earlier'}"


def missed_lines(missed: Sequence[SessionOutcome], now: int) -> Iterator[str]:
    """Yield what of the last week is planned again because nothing says that it was studied."""
    lately = [one for one in missed if one.session.start > now - WEEK]
    if lately:
        total, count = hours_text(sum(one.minutes_left for one in lately)), len(lately)
        sessions = "1 session" if count == 1 else f"{count} sessions"
        yield f"not accounted for, and planned again: {total} of {sessions}; if you studied them: curriculum done"
