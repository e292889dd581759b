"""Say of each unit and each goal when the plan finishes it, and how that stands to its due date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.plan import Placement, PlannedGoal, Session
from curriculum.model.quantities import Pages
from curriculum.schedule.demand import NEVER, Demand, GoalDemand
from curriculum.schedule.planner import Allocation


def placements_of(
    demand: Demand,
    allocation: Allocation,
    sessions: tuple[Session, ...],
    cushions: Mapping[int, int],
) -> tuple[Placement, ...]:
    """Return when each unit is studied, in need order.

    Args:
        demand: The units.
        allocation: What was found for them.
        sessions: The sessions made of it.
        cushions: Due minute to the minutes left before it.
    """
    starts, ends = _spans(sessions)
    placements = []
    for unit, name in enumerate(demand.units):
        finish = None
        # A unit with minutes left over ends nowhere, whatever of it was placed.
        if not allocation.left[unit]:
            finish = ends[name]
        enabler = None
        if allocation.enabler[unit] >= 0:
            enabler = demand.units[allocation.enabler[unit]]
        placement = Placement(
            unit=name,
            track=TRACKS[demand.tracks[unit]],
            effort=demand.efforts[unit],
            start=starts.get(name),
            finish=finish,
            deadline=_or_none(demand.dues[unit]),
            cushion=cushions.get(demand.dues[unit]),
            available=_or_none(allocation.available[unit]),
            enabler=enabler,
            release=demand.releases[unit] or None,
            pages=_pages(demand, unit),
            gap=_gap(demand, allocation, unit),
        )
        placements.append(placement)
    return tuple(placements)


def _gap(demand: Demand, allocation: Allocation, unit: int) -> int:
    """Return the days for which a gap held a unit back until it was available."""
    if demand.gaps is None or allocation.gap_until[unit] != allocation.available[unit]:
        return 0
    return demand.gaps.days[unit]


def _pages(demand: Demand, unit: int) -> Pages | None:
    reading = demand.reading[unit]
    if reading is None:
        return None
    pages, _ = reading
    return pages


def planned_goals(
    demand: Demand,
    placements: Sequence[Placement],
    cushions: Mapping[int, int],
) -> tuple[PlannedGoal, ...]:
    """Return when each goal is finished, in the user's order.

    Args:
        demand: The goals.
        placements: When each unit is studied, in need order.
        cushions: Due minute to the minutes left before it, for the goals' due minutes as well.
    """
    return tuple(_planned_goal(goal, placements, cushions) for goal in demand.goals)


def _planned_goal(
    goal: GoalDemand,
    placements: Sequence[Placement],
    cushions: Mapping[int, int],
) -> PlannedGoal:
    finishes = [placements[unit].finish for unit in goal.units]
    finished = [finish for finish in finishes if finish is not None]
    unfinished = len(finishes) - len(finished)
    finish = None
    if finished and not unfinished:
        finish = max(finished)
    return PlannedGoal(
        goal=goal.goal,
        units=len(finishes),
        unfinished=unfinished,
        finish=finish,
        due=_or_none(goal.due),
        cushion=cushions.get(goal.due),
    )


def _or_none(minute: int) -> int | None:
    if minute == NEVER:
        return None
    return minute


def _spans(sessions: tuple[Session, ...]) -> tuple[dict[UnitId, int], dict[UnitId, int]]:
    """Return the minutes at which each unit is begun and put away for the last time."""
    starts: dict[UnitId, int] = {}
    ends: dict[UnitId, int] = {}
    for session in sessions:
        now = session.start
        for piece in session.pieces:
            starts.setdefault(piece.unit, now)
            now += piece.minutes
            ends[piece.unit] = now
    return starts, ends
