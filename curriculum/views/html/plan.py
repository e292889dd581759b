"""What a new plan would change, or a new goal, before anything is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from hashlib import sha256

from markupsafe import Markup

from curriculum.model.changes import Changes
from curriculum.model.formatting import day_text, hours_text
from curriculum.model.idle_time import IdleTrack
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan, PlannedGoal
from curriculum.model.plan_comparison import GoalInBoth
from curriculum.views.html.frame import Frame
from curriculum.views.html.goal_rows import goal_rows
from curriculum.views.html.rendering import rendered
from curriculum.views.text.changes import changes_lines
from curriculum.views.text.plan import balance_lines, goal_cells


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """A plan that may be published.

    Attributes:
        plan: The plan.
        idle: The times in which a track waits.
        changes: What changes against what is published; None where nothing is.
        zone: The zone of the person's clock.
        report: The warnings about the files, as `curriculum plan` prints them.
    """

    plan: Plan
    idle: Sequence[IdleTrack]
    changes: Changes | None
    zone: tzinfo
    report: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What changes, a sentence each."""
        return () if self.changes is None else changes_lines(self.changes, self.zone)

    @property
    def mark(self) -> str:
        """A mark of what is shown: the plan that is published must be this one."""
        pieces = [f"{one.start} {one.end} {one.pieces}" for one in self.plan.sessions]
        return sha256("\n".join(pieces).encode()).hexdigest()[:16]


def plan_content(frame: Frame, preview: PlanPreview, *, is_other: bool = False) -> Markup:
    """Return what a plan would change, and the button that publishes it.

    Args:
        frame: What is around it.
        preview: The plan.
        is_other: Whether it is not the plan that was shown before.
    """
    plan = preview.plan
    return rendered(
        "plan.html",
        frame=frame,
        preview=preview,
        is_other=is_other,
        is_first=preview.changes is None,
        sessions=len(plan.sessions),
        finish=None if plan.finish is None else day_text(plan.finish, preview.zone),
        goals=tuple(goal_rows(plan, None, preview.zone)),
        unplaced=tuple(
            f"{one.unit}: {hours_text(one.minutes)}, {one.reason}" for one in plan.unplaced
        ),
        balance=tuple(map(str, balance_lines(plan, preview.idle, preview.zone))),
    )


@dataclass(frozen=True, slots=True)
class GoalChange:
    """When a goal is finished without and with a new one."""

    name: str
    before: str
    after: str
    is_same: bool
    is_newly_late: bool


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal that may be added.

    Attributes:
        name: Its full name.
        by: The day by whose end it is due; empty for none.
        written: The goal as it is written in the settings.
        planned: The goal in the plan with it.
    """

    name: str
    by: str
    written: str
    planned: PlannedGoal


def new_goal_content(
    frame: Frame, new: NewGoal, goals: Sequence[GoalInBoth], zone: tzinfo
) -> Markup:
    """Return what a new goal would do to the plan, and the button that adds it.

    Args:
        frame: What is around it.
        new: The goal.
        goals: The goals of the plans without and with it; none where there was no plan.
        zone: The zone of the person's clock.
    """
    added = new.planned
    finished, due, cushion = map(str, goal_cells(added, zone))
    return rendered(
        "new_goal.html",
        frame=frame,
        work=new.name,
        by=new.by,
        written=new.written,
        finished=finished,
        due=due,
        cushion=cushion,
        units=added.units,
        is_late=added.is_late,
        changes=tuple(_change(one, zone) for one in goals if one.first is not None),
    )


def _change(goal: GoalInBoth, zone: tzinfo) -> GoalChange:
    before = "" if goal.first is None else str(goal_cells(goal.first, zone)[0])
    after = "" if goal.second is None else str(goal_cells(goal.second, zone)[0])
    return GoalChange(goal.name, before, after, before == after, goal.is_newly_late)
