"""The goals of a plan as rows of a table: when they are finished, due, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from curriculum.model.forecast import Forecast
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan
from curriculum.views.text.forecast import outlook_cells
from curriculum.views.text.goal_values import note_text
from curriculum.views.text.plan import goal_cells


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as it is shown.

    Attributes:
        name: The goal, as it is typed.
        finished: When the plan finishes it.
        due: When it is due; empty without a date.
        cushion: The time left before that, or how much is missing.
        is_late: Whether it is late, or hours are missing.
        half: The days between which it is finished as likely as not.
        most: The days between which it is finished four times in five.
        chance: How likely it is finished in time; empty without a date.
        why: What it is worth and why it is a goal; empty where the settings do not say.
    """

    name: str
    finished: str
    due: str
    cushion: str
    is_late: bool
    half: str
    most: str
    chance: str
    why: str


def goal_rows(plan: Plan, forecast: Forecast | None, zone: tzinfo) -> Iterator[GoalRow]:
    """Yield the goals of a plan, in the user's order, with their forecasts."""
    outlooks = [None] * len(plan.goals) if forecast is None else [one for _, one in forecast.goals]
    for planned, outlook in zip(plan.goals, outlooks, strict=True):
        finished, due, cushion = map(str, goal_cells(planned, zone))
        half = most = chance = ""
        if outlook is not None and outlook.half is not None:
            _, half, most, chance = outlook_cells(outlook, zone)
        yield GoalRow(
            name=str(planned.goal),
            finished=finished,
            due=due,
            cushion=cushion,
            is_late=planned.is_late or (planned.cushion is not None and planned.cushion < 0),
            half=half,
            most=most,
            chance=chance,
            why=note_text(planned.goal),
        )
