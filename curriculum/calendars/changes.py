"""What a publication changes for the person: sessions and goals that move."""

from __future__ import annotations

from curriculum.model.changes import Changes, GoalMove, Move
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Session


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
