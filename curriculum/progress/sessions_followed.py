"""What to record when a plan was followed until now; what the plan was made from is not known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Kind
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import Done, Named


class FollowedStep(NamedTuple):
    """One fact to record: minutes of a unit up to an instant, or that it was finished then."""

    kind: Kind
    unit: UnitId
    minutes: int | None
    at: int


def followed(
    sessions: Sequence[Named],
    done: Mapping[str, Done],
    progress: Progress,
    left: Mapping[UnitId, int],
) -> Iterator[FollowedStep]:
    """Yield what makes the log say that the sessions were held as planned, in calendar order.

    Args:
        sessions: The published sessions that are over, in calendar order; those that were missed are passed over.
        done: What of them is accounted for already.
        progress: What was done; units that are done get nothing more.
        left: Unit to the minutes it still needs; the session that uses them up finishes it.
    """
    rest = dict(left)
    for uid, session in sessions:
        if uid in progress.missed:
            continue
        real = Counter(dict(done.get(uid, ())))
        for piece in session.pieces:
            given = min(piece.minutes, real[piece.unit])
            real[piece.unit] -= given
            minutes = piece.minutes - given
            if piece.unit in progress.done or not minutes or rest.get(piece.unit, 1) <= 0:
                continue
            yield FollowedStep(Kind.STUDIED, piece.unit, minutes, session.end)
            if piece.unit in rest:
                rest[piece.unit] -= minutes
                if rest[piece.unit] <= 0:
                    yield FollowedStep(Kind.FINISHED, piece.unit, None, session.end)
