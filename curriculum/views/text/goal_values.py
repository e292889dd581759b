"""What goals are worth and why the person has them, in words."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.graph.frontier import first_goals
from curriculum.model.curriculum import Curriculum
from curriculum.model.formatting import names_text
from curriculum.model.identifiers import UnitId
from curriculum.model.settings import Goal

_MOST_NAMES = 4


def value_text(goal: Goal) -> str:
    """Return what a goal is worth.

    >>> value_text(Goal(work="ppo-2017"))
    '1'
    """
    return f"{float(goal.worth):g}"


def note_text(goal: Goal) -> str:
    """Return what a goal says of its value and why the person has it; empty where it says nothing.

    >>> note_text(Goal(work="ppo-2017", value="3", why="I will build on it"))
    'value 3: I will build on it'
    """
    value = "" if goal.value is None else f"value {value_text(goal)}"
    return ": ".join(part for part in (value, goal.why) if part)


def reason_lines(goals: Iterable[Goal]) -> tuple[str, ...]:
    """Return a line for each goal that says why the person has it."""
    return tuple(f"{goal}: {goal.why}" for goal in goals if goal.why is not None)


def served_lines(unit: UnitId, curriculum: Curriculum) -> tuple[str, ...]:
    """Return for which goal a unit comes first, and the order of the goals if it is by value.

    There is nothing to tell where no goal says why it is there or what it is worth.
    """
    lines: list[str] = []
    reached = first_goals(curriculum).get(unit)
    if reached is not None:
        lines += _goal_lines(reached.goal, is_by_value=bool(curriculum.turns))
    if curriculum.turns:
        names = [str(one.goal) for one in curriculum.goals_in_turn]
        text = names_text(names, _MOST_NAMES)
        lines.append(f"The goals are in the order of their value for the time they take: {text}.")
    return tuple(lines)


def _goal_lines(goal: Goal, *, is_by_value: bool) -> Iterable[str]:
    worth = f" (value {value_text(goal)})" if is_by_value else ""
    if goal.why is not None:
        yield f"It is for the goal {goal}{worth}: {goal.why}"
    elif worth:
        yield f"It is for the goal {goal}{worth}."
