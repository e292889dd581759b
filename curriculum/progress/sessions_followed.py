"""What to record so that the log says that the published plan was followed until now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import SessionOutcome


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
    outcomes: Iterable[SessionOutcome], progress: Progress, left: Mapping[UnitId, int]
) -> Iterator[FollowedStep]:
    """Yield what makes the log say that the sessions were held as planned, in calendar order.

    Args:
        outcomes: What became of the sessions that were held, in calendar order.
        progress: What was done; units that are done get nothing more.
        left: Unit to the minutes it still needs; the session that uses them up finishes it.
    """
    rest = dict(left)
    for outcome in outcomes:
        studied = Counter(dict(outcome.done))
        for piece in outcome.session.pieces:
            unit = piece.unit
            given = min(piece.minutes, studied[unit])
            studied[unit] -= given
            minutes = piece.minutes - given
            if not minutes or _needs_nothing(unit, progress, rest):
                continue
            if unit in rest:
                rest[unit] -= minutes
            is_finished = _needs_nothing(unit, progress, rest)
            yield FollowedStep(unit, minutes, outcome.session.end, is_finished)


def _needs_nothing(unit: UnitId, progress: Progress, rest: Mapping[UnitId, int]) -> bool:
    """Say whether a unit is done; one that no syllabus defines any more is not known to be."""
    return unit in progress.done or rest.get(unit, 1) <= 0
