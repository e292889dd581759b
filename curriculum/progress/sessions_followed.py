"""What to record so that the log says that the published plan was followed until now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Session, minute
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import SessionOutcome
from curriculum.progress.time_spent import Credit, credits_of


class FollowedStep(NamedTuple):
    """Minutes of study to log.

    Attributes:
        unit: The unit.
        minutes: Minutes of it.
        session: The session in which it was studied.
        is_finished: Whether the unit was finished with them.
    """

    unit: UnitId
    minutes: int
    session: Session
    is_finished: bool


def followed(
    outcomes: Iterable[SessionOutcome],
    progress: Progress,
    left: Mapping[UnitId, int],
    unsaid: Iterable[SessionOutcome] = (),
) -> Iterator[FollowedStep]:
    """Yield what makes the log say that the sessions were held as planned, in calendar order.

    A session counts in full, also where its unit needed less: what was studied was studied. The
    last session of a unit that needs no more then finishes it, unless there is a later one of which
    nothing is said yet: it may have been held as well.

    Args:
        outcomes: What became of the sessions that were held, in calendar order.
        progress: What was done. A unit gets nothing more after it was finished or left out, nor
            when it was said in all, or had to be assumed, what it took.
        left: Unit to the minutes it still needs; a unit that no syllabus defines any more is never
            finished.
        unsaid: What became of other sessions that are over and may have been held.
    """
    open_until = _ends(unsaid)
    steps = list(_steps(outcomes, progress))
    studied: Counter[UnitId] = Counter()
    last: dict[UnitId, int] = {}
    for place, (unit, minutes, _) in enumerate(steps):
        studied[unit] += minutes
        last[unit] = place
    for place, (unit, minutes, session) in enumerate(steps):
        is_enough = unit in left and studied[unit] >= left[unit]
        is_last = place == last[unit] and session.end >= open_until.get(unit, 0)
        is_finished = is_enough and is_last and unit not in progress.done
        yield FollowedStep(unit, minutes, session, is_finished)


def _ends(outcomes: Iterable[SessionOutcome]) -> dict[UnitId, int]:
    """Return the minute at which the last of some sessions that hold a unit ended."""
    ends: dict[UnitId, int] = {}
    for outcome in outcomes:
        session = outcome.session
        for piece in session.pieces:
            ends[piece.unit] = max(session.end, ends.get(piece.unit, 0))
    return ends


def _steps(
    outcomes: Iterable[SessionOutcome], progress: Progress
) -> Iterator[tuple[UnitId, int, Session]]:
    """Yield the minutes of each unit that are not logged yet, with the session."""
    added = credits_of(progress)
    for outcome in outcomes:
        session = outcome.session
        logged = Counter(dict(outcome.done))
        for piece in session.pieces:
            given = min(piece.minutes, logged[piece.unit])
            logged[piece.unit] -= given
            rest = piece.minutes - given
            if rest and not _was_settled(piece.unit, session, progress, added):
                yield piece.unit, rest, session


def _was_settled(
    unit: UnitId, session: Session, progress: Progress, added: Mapping[UnitId, Credit]
) -> bool:
    """Say whether a unit was finished or left out before a session, or has all its time."""
    fact = progress.finished.get(unit) or progress.skipped.get(unit)
    if fact is None:
        return False
    return unit in added or minute(fact.at) < session.end
