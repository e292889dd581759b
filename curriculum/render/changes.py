"""What a publication changes against the one before, as a value, as lines and as JSON; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, NamedTuple

from curriculum.graph.history import Missed
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Session
from curriculum.render.plan_json import utc
from curriculum.render.words import clock, day, hours, last_day, local

MOST_SESSIONS = 3
MOST_GOALS = 3
WEEK = 7 * 24 * 60

Json = dict[str, Any]  # Any: a tree of JSON values


class Move(NamedTuple):
    """A session that keeps its UID and is held at another time."""

    uid: str
    before: Session
    after: Session


class GoalMove(NamedTuple):
    """A goal, as typed, that is finished at another minute than before; None where the plan does not finish it."""

    goal: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes of the sessions and the goals.

    Attributes:
        moved: Sessions that are held at another time, by where they were.
        new: Sessions that are published for the first time, with their UIDs, in calendar order.
        gone: Sessions that are not held any more, with their UIDs, in calendar order.
        goals: Goals that are finished at another time, sorted by name.
    """

    moved: tuple[Move, ...]
    new: tuple[tuple[str, Session], ...]
    gone: tuple[tuple[str, Session], ...]
    goals: tuple[GoalMove, ...]

    @property
    def first(self) -> int | None:
        """The first minute that a session leaves or takes; None when no session changes."""
        moved = (session.start for move in self.moved for session in (move.before, move.after))
        return min((*moved, *(session.start for _, session in (*self.new, *self.gone))), default=None)

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.moved or self.new or self.gone or self.goals)


def changes_of(before: Ledger, after: Ledger) -> Changes:
    """Return what changes from one publication to the next."""
    old, new = dict(before.sessions()), dict(after.sessions())
    both = [Move(uid, session, new[uid]) for uid, session in old.items() if uid in new]
    return Changes(
        moved=tuple(move for move in both if _when(move.before) != _when(move.after)),
        new=tuple((uid, session) for uid, session in new.items() if uid not in old),
        gone=tuple((uid, session) for uid, session in old.items() if uid not in new),
        goals=tuple(
            GoalMove(goal, before.finishes.get(goal), after.finishes.get(goal))
            for goal in sorted(before.finishes.keys() | after.finishes.keys())
            if before.finishes.get(goal) != after.finishes.get(goal)
        ),
    )


def _when(session: Session) -> tuple[int, int]:
    return session.start, session.end


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
    yield f"{every} {verb}: {said}; from {day(changes.first, zone)} on"


def _moves(changes: Changes, zone: tzinfo) -> Iterator[str]:
    """Yield the first sessions that move, when there are so few that each can be named."""
    if len(changes.moved) > MOST_SESSIONS:
        return
    for move in changes.moved:
        names = ", ".join(dict.fromkeys(piece.unit for piece in move.before.pieces))
        yield f"  {_spelt(move.before, zone)} moves to {_spelt(move.after, zone)}: {names}"


def _spelt(session: Session, zone: tzinfo) -> str:
    return f"{day(session.start, zone)[:-5]} {clock(session.start, session.end, zone)}"


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


def changes_json(changes: Changes) -> Json:
    """Return what changes as JSON values; instants in UTC."""
    return {
        "first": utc(changes.first),
        "moved": [{"uid": uid, "before": _span(before), "after": _span(after)} for uid, before, after in changes.moved],
        "new": [{"uid": uid, **_span(session)} for uid, session in changes.new],
        "gone": [{"uid": uid, **_span(session)} for uid, session in changes.gone],
        "goals": [{"goal": goal, "before": utc(before), "after": utc(after)} for goal, before, after in changes.goals],
    }


def _span(session: Session) -> Json:
    return {
        "start": utc(session.start),
        "end": utc(session.end),
        "track": session.track,
        "units": list(dict.fromkeys(piece.unit for piece in session.pieces)),
    }


def missed_lines(missed: Sequence[Missed], now: int) -> Iterator[str]:
    """Yield what of the last week is planned again because nothing says that it was studied."""
    lately = [one for one in missed if one.session.start > now - WEEK]
    if lately:
        total, count = hours(sum(one.minutes for one in lately)), len(lately)
        sessions = "1 session" if count == 1 else f"{count} sessions"
        yield f"not accounted for, and planned again: {total} of {sessions}; if you studied them: curriculum done"
