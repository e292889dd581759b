"""What to record so that the log says that the published plan was followed until now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import Done, Named


class FollowedStep(NamedTuple):
    """Minutes of study to log.

    Attributes:
        unit: The unit.
        minutes: Minutes of it.
        end: The minute at which the session ended.
        is_finished: Whether the unit was finished with them.
    """

    unit: UnitId
    minutes: int
    end: int
    is_finished: bool


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
            if piece.unit in rest:
                rest[piece.unit] -= minutes
            is_finished = rest.get(piece.unit, 1) <= 0
            yield FollowedStep(piece.unit, minutes, session.end, is_finished)
