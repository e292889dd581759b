"""Why a unit is planned when it is, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.graph.frontier import first_goals
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.json_value import Json
from curriculum.model.plan import Binding, Overload, Placement, Unplaced, Wait
from curriculum.views.json.plan import overload_json, placement_json, utc, value_json


def why_json(
    placement: Placement,
    bound: Binding,
    unplaced: Unplaced | None,
    overload: Iterable[Overload],
    curriculum: Curriculum,
) -> Json:
    """Return what bound a unit; instants in UTC, efforts and cushions in minutes."""
    not_placed = None
    if unplaced is not None:
        not_placed = {"minutes": unplaced.minutes, "reason": unplaced.reason}
    return {
        **placement_json(placement),
        "start": utc(placement.start),
        "reason": bound.reason.value,
        "enabler": placement.enabler,
        "available": utc(placement.available),
        "capped": placement.capped,
        "waited": {wait.reason.value: wait.minutes for wait in bound.waited},
        "waits": [_wait_json(wait) for wait in bound.waited],
        "unplaced": not_placed,
        "overload": [overload_json(one) for one in overload if placement.unit in one.units],
        "goal": _goal_json(placement.unit, curriculum),
        "goals_by_value": [str(curriculum.goals[turn].goal) for turn in curriculum.turns],
    }


def _goal_json(unit: UnitId, curriculum: Curriculum) -> Json | None:
    """Return the goal that a unit is first needed for."""
    reached = first_goals(curriculum).get(unit)
    if reached is None:
        return None
    goal = reached.goal
    return {"goal": str(goal), "value": value_json(goal), "why": goal.why}


def _wait_json(wait: Wait) -> Json:
    return {
        "reason": wait.reason.value,
        "minutes": wait.minutes,
        "also": [reason.value for reason in wait.also],
        "ahead": list(wait.ahead),
    }
