"""When units and goals are finished, by the plan or in fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.formatting import local, zone_named
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished
from curriculum.model.ledger import PublishedEvent
from curriculum.model.lived_days import session_day, session_zone
from curriculum.model.plan import Placement, Plan, Session, minute
from curriculum.model.progress import Progress


def finish_of(
    reached: ReachedGoal,
    placements: Mapping[UnitId, Placement],
    finished: Mapping[UnitId, int],
) -> int | None:
    """Return the minute at which the last unit of a goal is finished.

    None when the plan does not finish one of them, or none of them is ever studied.

    Args:
        reached: The goal.
        placements: Units to be studied, and when.
        finished: Units that are done, and when they were.
    """
    finishes = []
    for unit in reached.units:
        if unit in placements:
            finish = placements[unit].finish
            if finish is None:
                return None
            finishes.append(finish)
        elif unit in finished:
            finishes.append(finished[unit])
    return max(finishes, default=None)


def goal_finishes(
    curriculum: Curriculum,
    placements: Mapping[UnitId, Placement],
    finished: Mapping[UnitId, int],
) -> dict[str, int]:
    """Return goal, as typed, to the minute at which it is finished, for those that are; sorted."""
    found = []
    for reached in curriculum.goals:
        finish = finish_of(reached, placements, finished)
        if finish is not None:
            found.append((str(reached.goal), finish))
    # Of two goals with one name the later finish is kept.
    return dict(sorted(found))


def finished_minutes(progress: Progress, past: Iterable[PublishedEvent]) -> dict[UnitId, int]:
    """Return the minute at which each unit that is done was finished.

    The end of a published session, and any moment of a day on which one held the unit, mean the end
    of the unit's last part there, as the plan did: so a goal is finished at the same minute before
    and after the plan was followed.

    Args:
        progress: The facts.
        past: The published events whose session is over.
    """
    parts: dict[UnitId, list[tuple[int, Session]]] = {}
    for event in past:
        if event.session is None:
            continue
        for unit, end in _ends(event.session):
            parts.setdefault(unit, []).append((end, event.session))
    finished = {}
    for unit, fact in progress.finished.items():
        finished[unit] = _minute_meant(fact, parts.get(unit, []))
    return finished


def _minute_meant(fact: Finished, parts: Iterable[tuple[int, Session]]) -> int:
    zone = zone_named(fact.zone)
    moment = minute(fact.at)
    day = local(moment, zone).date()
    meant = []
    for end, session in parts:
        there = session_zone(session, zone)
        days = (session_day(session, there), local(end, there).date())
        if session.end == moment or day in days:
            meant.append(end)
    return max(meant, default=moment)


def _ends(session: Session) -> Iterator[tuple[UnitId, int]]:
    """Yield the unit of each piece with the minute at which the piece ends."""
    now = session.start
    for piece in session.pieces:
        now += piece.minutes
        yield piece.unit, now


def enablers_of(
    plan: Plan,
    curriculum: Curriculum,
    progress: Progress,
) -> dict[UnitId, UnitId]:
    """Return which of the units that each unit requires was finished last.

    Args:
        plan: The plan; what it finishes comes after all that is done.
        curriculum: Which of the units required are done.
        progress: When they were, and in which order that was recorded.
    """
    recorded = {fact.id: number for number, fact in enumerate(progress.live)}
    enablers = {}
    for unit, required in curriculum.met.items():
        done = []
        for one in required:
            fact = progress.finished.get(one)
            if fact is not None:
                done.append((fact.at, recorded.get(fact.id, -1), one))
        if done:
            enablers[unit] = max(done)[-1]
    for placed in plan.units:
        if placed.enabler is not None:
            enablers[placed.unit] = placed.enabler
    return enablers
