"""When units and goals are finished, by the plan or in fact; which words are made of it is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.formatting import local, zone_named
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Finished
from curriculum.model.ledger import PublishedEvent
from curriculum.model.plan import Placement, Plan, Session, minute
from curriculum.model.progress import Progress


def finish_of(
    reached: ReachedGoal, placements: Mapping[UnitId, Placement], finished: Mapping[UnitId, int]
) -> int | None:
    """Return the minute at which the last unit of a goal is finished.

    None when the plan does not finish one of them, or none of them is ever studied.

    Args:
        reached: The goal.
        placements: Units to be studied, and when.
        finished: Units that are done, and when they were.
    """
    finishes = [placements[unit].finish for unit in reached.units if unit in placements]
    if any(finish is None for finish in finishes):
        return None
    done = (finished[unit] for unit in reached.units if unit in finished and unit not in placements)
    return max([*(finish for finish in finishes if finish is not None), *done], default=None)


def goal_finishes(
    curriculum: Curriculum, placements: Mapping[UnitId, Placement], finished: Mapping[UnitId, int]
) -> dict[str, int]:
    """Return the minute at which each goal is finished, for goals that are, by the goal as typed; sorted."""
    found = (
        (str(reached.goal), finish_of(reached, placements, finished))
        for reached in curriculum.goals
    )
    return dict(sorted((goal, finish) for goal, finish in found if finish is not None))


def finished_minutes(progress: Progress, past: Iterable[PublishedEvent]) -> dict[UnitId, int]:
    """Return the minute at which each unit that is done was finished.

    The end of a published session, and any moment of a day on which one held the unit, mean the end of the unit's last
    part there, as the plan did: so a goal is finished at the same minute before and after the plan was followed.

    Args:
        progress: The facts.
        past: The published events whose session is over.
    """
    parts: dict[UnitId, list[tuple[int, Session]]] = {}
    for session in (event.session for event in past if event.session is not None):
        for unit, end in _ends(session):
            parts.setdefault(unit, []).append((end, session))
    return {unit: _moment(fact, parts.get(unit, [])) for unit, fact in progress.finished.items()}


def _moment(fact: Finished, parts: Iterable[tuple[int, Session]]) -> int:
    zone, moment = zone_named(fact.zone), minute(fact.at)
    day = local(moment, zone).date()
    meant = [
        end for end, session in parts if session.end == moment or local(end, zone).date() == day
    ]
    return max(meant, default=moment)


def _ends(session: Session) -> Iterator[tuple[UnitId, int]]:
    """Yield the unit of each piece with the minute at which the piece ends."""
    now = session.start
    for piece in session.pieces:
        now += piece.minutes
        yield piece.unit, now


def enablers_of(plan: Plan, curriculum: Curriculum, progress: Progress) -> dict[UnitId, UnitId]:
    """Return what each unit requires and was finished last: by the plan, or else by the latest fact recorded.

    Args:
        plan: The plan; what it finishes comes after all that is done.
        curriculum: Which of the units required are done.
        progress: When they were.
    """
    recorded = {fact.id: number for number, fact in enumerate(progress.live)}
    order = {
        unit: (fact.at, recorded.get(fact.id, -1), unit) for unit, fact in progress.finished.items()
    }
    met = {
        unit: [order[one] for one in required if one in order]
        for unit, required in curriculum.met.items()
    }
    done = {unit: max(facts)[-1] for unit, facts in met.items() if facts}
    return done | {
        placed.unit: placed.enabler for placed in plan.units if placed.enabler is not None
    }
