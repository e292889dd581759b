"""What a publication changes against the one before, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from curriculum.model.changes import Changes, GoalMove
from curriculum.model.formatting import clock_text, counted, day_text, hours_text, last_day, local
from curriculum.model.plan import Session
from curriculum.progress.session_outcomes import SessionOutcome

MOST_MOVES_NAMED = 3
"""Moved sessions up to which each is listed."""

MOST_GOALS_NAMED = 3
"""Goals with another finish that are listed."""

WEEK_MINUTES = 7 * 24 * 60


def changes_lines(changes: Changes, zone: tzinfo) -> tuple[str, ...]:
    """Return what changes in at most eight lines of plain text; none when nothing does."""
    lines = [*_counts(changes, zone), *_moves(changes, zone), *_finishes(changes, zone)]
    return tuple(lines)


def _counts(changes: Changes, zone: tzinfo) -> Iterator[str]:
    if changes.first is None:
        return
    counts = {"moved": len(changes.moved), "new": len(changes.new), "gone": len(changes.gone)}
    listed = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    total = sum(counts.values())
    verb = "session changes" if total == 1 else "sessions change"
    yield f"{total} {verb}: {listed}; from {day_text(changes.first, zone)} on"


def _moves(changes: Changes, zone: tzinfo) -> Iterator[str]:
    """Yield the sessions that move, when they are few enough to list."""
    if len(changes.moved) > MOST_MOVES_NAMED:
        return
    for move in changes.moved:
        names = ", ".join(dict.fromkeys(piece.unit for piece in move.before.pieces))
        yield f"  {_when(move.before, zone)} moves to {_when(move.after, zone)}: {names}"


def _when(session: Session, zone: tzinfo) -> str:
    """Return the day without its year, and the time."""
    day = day_text(session.start, zone)[:-5]
    return f"{day} {clock_text(session.start, session.end, zone)}"


def _finishes(changes: Changes, zone: tzinfo) -> Iterator[str]:
    for move in changes.goals[:MOST_GOALS_NAMED]:
        yield f"  {move.goal}: {_finish(move, zone)}"
    more = len(changes.goals) - MOST_GOALS_NAMED
    if more > 0:
        goals = "goal finishes" if more == 1 else "goals finish"
        yield f"  and {more} more {goals} at another time"


def _finish(move: GoalMove, zone: tzinfo) -> str:
    if move.after is None:
        return f"not finished by this plan; before, on {last_day(move.before or 0, zone)}"
    finish = f"finished on {last_day(move.after, zone)}"
    if move.before is None:
        return finish
    # A finish at midnight belongs to the day that ends then.
    after = local(move.after - 1, zone).date()
    before = local(move.before - 1, zone).date()
    days = (after - before).days
    if days == 0:
        return f"{finish}, the same day as before"
    direction = "later" if days > 0 else "earlier"
    return f"{finish}, {counted(abs(days), 'day')} {direction}"


def missed_lines(missed: Sequence[SessionOutcome], now: int, zone: tzinfo) -> Iterator[str]:
    """Yield what of the last week is planned again because it was not logged."""
    recent = [one for one in missed if one.session.start > now - WEEK_MINUTES]
    if not recent:
        return
    total = hours_text(sum(one.minutes_left for one in recent))
    sessions = counted(len(recent), "session")
    yield f"{total} in {sessions} was not logged and has been rescheduled."
    since = local(recent[0].session.start, zone).date()
    yield f"Studied it? Run 'curriculum done --since {since}', then 'curriculum plan'."
