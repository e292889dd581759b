"""Compare two publications: which sessions and goals move."""

from __future__ import annotations

from curriculum.model.changes import Changes, GoalMove, Move
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Session


def changes_of(before: Ledger, after: Ledger) -> Changes:
    """Return what changes from one publication to the next."""
    old = dict(before.sessions())
    new = dict(after.sessions())
    return Changes(
        moved=_moved(old, new),
        new=tuple((uid, session) for uid, session in new.items() if uid not in old),
        gone=tuple((uid, session) for uid, session in old.items() if uid not in new),
        goals=_goal_moves(before, after),
    )


def _moved(old: dict[str, Session], new: dict[str, Session]) -> tuple[Move, ...]:
    moved = []
    for uid, before in old.items():
        after = new.get(uid)
        if after is not None and (before.start, before.end) != (after.start, after.end):
            moved.append(Move(uid, before, after))
    return tuple(moved)


def _goal_moves(before: Ledger, after: Ledger) -> tuple[GoalMove, ...]:
    moves = []
    for goal in sorted(before.finishes.keys() | after.finishes.keys()):
        move = GoalMove(goal, before.finishes.get(goal), after.finishes.get(goal))
        if move.before != move.after:
            moves.append(move)
    return tuple(moves)
