"""Two plans beside each other: when each goal is finished in either, and what that changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan, PlannedGoal


@dataclass(frozen=True, slots=True)
class GoalInBoth:
    """A goal in two plans; None in the one that does not have it.

    Attributes:
        name: The goal as it is typed.
        first: The goal in the first plan.
        second: The goal in the second one.
    """

    name: str
    first: PlannedGoal | None
    second: PlannedGoal | None

    @property
    def minutes_later(self) -> int | None:
        """By how much the second plan finishes it later; None unless both plans finish it."""
        first = self.first.finish if self.first else None
        second = self.second.finish if self.second else None
        if first is None or second is None:
            return None
        return second - first

    @property
    def is_newly_late(self) -> bool:
        """Whether only the second plan does not finish it by its due date."""
        return _is_late(self.second) and not _is_late(self.first)

    @property
    def is_no_longer_late(self) -> bool:
        """Whether only the first plan does not finish it by its due date."""
        return _is_late(self.first) and self.second is not None and not _is_late(self.second)

    @property
    def is_same(self) -> bool:
        """Whether both plans say the same of it."""
        return self.first == self.second


def goals_of_both(first: Plan, second: Plan) -> tuple[GoalInBoth, ...]:
    """Return the goals of two plans: in the order of the second, then those of the first alone."""
    before = _by_name(first.goals)
    found = []
    for goal in second.goals:
        name = str(goal.goal)
        found.append(GoalInBoth(name, before[name].pop(0) if before[name] else None, goal))
    for name, goals in before.items():
        found.extend(GoalInBoth(name, goal, None) for goal in goals)
    return tuple(found)


def minutes_late(planned: PlannedGoal) -> int | None:
    """Return by how much a goal is late; 0 for one that is not, None for one never finished."""
    if not planned.is_late:
        return 0
    if planned.finish is None or planned.due is None:
        return None
    return planned.finish - planned.due


def deadlines_of(plan: Plan) -> tuple[int, int]:
    """Return how many of its deadlines a plan keeps and how many there are."""
    due = [goal for goal in plan.goals if goal.due is not None and goal.units]
    return sum(not goal.is_late for goal in due), len(due)


def study_minutes(plan: Plan) -> int:
    """Return the minutes of study of a plan."""
    return sum(part.minutes for part in plan.balance.values())


def _is_late(planned: PlannedGoal | None) -> bool:
    return planned is not None and planned.is_late


def _by_name(goals: Iterable[PlannedGoal]) -> defaultdict[str, list[PlannedGoal]]:
    found: defaultdict[str, list[PlannedGoal]] = defaultdict(list)
    for goal in goals:
        found[str(goal.goal)].append(goal)
    return found
