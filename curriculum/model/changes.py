"""What a publication changes for the person: sessions and goals that move, as values."""

from __future__ import annotations

from typing import NamedTuple

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Session


class Move(NamedTuple):
    """A session that keeps its UID and is held at another time."""

    uid: str
    before: Session
    after: Session


class GoalMove(NamedTuple):
    """A goal, as typed, and the minutes at which it was and is finished; None where it is not."""

    goal: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes for the sessions and the goals.

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
        starts = [session.start for _, session in (*self.new, *self.gone)]
        for move in self.moved:
            starts += [move.before.start, move.after.start]
        return min(starts, default=None)

    def __bool__(self) -> bool:
        """Return whether anything changes."""
        return bool(self.moved or self.new or self.gone or self.goals)
