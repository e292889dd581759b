"""In which turn goals are studied for, where some say what they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from curriculum.graph.catalogue import UnitNumbers
from curriculum.graph.goal_values import GoalNeeds, order_by_value
from curriculum.graph.goals import Aim
from curriculum.graph.order import Edges, depth_first
from curriculum.model.curriculum import StudyUnit
from curriculum.model.identifiers import TRACKS


def turns_by_value(
    goals: Sequence[tuple[Aim, UnitNumbers]],
    requires: Edges,
    details: Sequence[StudyUnit],
    shares: tuple[Fraction, Fraction],
) -> tuple[int, ...]:
    """Return the positions of the goals in the order of their value; empty where none has one.

    What a goal takes are the whole efforts of its units that are not done. A unit counts in full
    until it is done: the order would otherwise change from day to day.

    Args:
        goals: Each goal with the units it names, in the user's order.
        requires: Hard edges between units to be studied; its keys are all these units.
        details: What the syllabi say of every unit.
        shares: The share of the study time that textbooks and papers get.
    """
    if all(aim.goal.value is None for aim, _ in goals):
        return ()
    values = tuple(aim.goal.worth for aim, _ in goals)
    of_goals = [units for _, units in goals]
    return order_by_value(GoalNeeds(values, _parts(of_goals, requires, details)), shares)


def _parts(
    goals: Sequence[UnitNumbers], requires: Edges, details: Sequence[StudyUnit]
) -> dict[int, tuple[int, int]]:
    """Return the minutes of the units that the same goals need, by the set of these goals."""
    needing = dict.fromkeys(requires, 0)
    for position, units in enumerate(goals):
        starts = [unit for unit in units if unit in requires]
        for unit in depth_first(starts, requires.__getitem__):
            needing[unit] |= 1 << position
    minutes: dict[int, list[int]] = {}
    for unit, bits in needing.items():
        track = TRACKS.index(details[unit].track)
        minutes.setdefault(bits, [0, 0])[track] += details[unit].effort
    return {bits: (textbooks, papers) for bits, (textbooks, papers) in minutes.items()}
