"""A what-if beside today's plan as JSON, stable across versions and settings."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.json_value import Json
from curriculum.model.plan import Plan
from curriculum.model.plan_comparison import (
    GoalInBoth,
    deadlines_of,
    goals_of_both,
    minutes_late,
    study_minutes,
)
from curriculum.views.json.plan import (
    balance_json,
    evenness_json,
    goal_json,
    overload_json,
    unplaced_json,
    utc,
)


def what_if_json(changes: Sequence[str], today: Plan, changed: Plan) -> Json:
    """Return what becomes of the goals in both plans; instants in UTC, efforts in minutes.

    Args:
        changes: The changes of the settings, as they were typed.
        today: The plan with the settings of the file.
        changed: The plan with the changes.
    """
    return {
        "with": list(changes),
        "today": _plan(today),
        "what_if": _plan(changed),
        "goals": list(map(_goal, goals_of_both(today, changed))),
    }


def _plan(plan: Plan) -> Json:
    kept, due = deadlines_of(plan)
    return {
        "start": utc(plan.start),
        "finish": utc(plan.finish),
        "minutes": study_minutes(plan),
        "deadlines": {"kept": kept, "missed": due - kept},
        "balance": balance_json(plan),
        "evenness": evenness_json(plan.evenness),
        "overload": list(map(overload_json, plan.overload)),
        "unplaced": list(map(unplaced_json, plan.unplaced)),
    }


def _goal(both: GoalInBoth) -> Json:
    plans: Json = {}
    for key, planned in (("today", both.first), ("what_if", both.second)):
        plans[key] = None
        if planned is not None:
            plans[key] = {**goal_json(planned), "minutes_late": minutes_late(planned)}
    return {"goal": both.name, **plans, "minutes_later": both.minutes_later}
