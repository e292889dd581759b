"""Add a goal to the settings, after showing what that does to the plan."""

from __future__ import annotations

from datetime import date

from curriculum.disk.workspace import SETTINGS, own_work_names
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan_comparison import GoalInBoth, goals_of_both
from curriculum.practice.user_text import TextChange
from curriculum.services.adopting import goals_added
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.planning import NothingToPlanError, Planned, make_plan
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.settings import Setting
from curriculum.services.unit_names import name_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import write_texts
from curriculum.syllabus.settings import read_settings


@dataclass(frozen=True, slots=True)
class GoalPreview:
    """What a new goal would do to the plan.

    Attributes:
        goal: The goal, by its full name.
        written: The goal as it is written in the settings.
        today: The plan without it; None where there is nothing to plan.
        changed: The plan with it.
    """

    goal: str
    written: str
    today: Planned | None
    changed: Planned

    @property
    def goals(self) -> tuple[GoalInBoth, ...]:
        """The goals of both plans; none where there is only one."""
        if self.today is None:
            return ()
        return goals_of_both(self.today.plan, self.changed.plan)


def preview_goal(workspace: Workspace, word: str, by: date | None = None) -> GoalPreview:
    """Return what a new goal would do to the plan; nothing is written.

    Args:
        workspace: The workspace.
        word: The work or the unit, as it is typed.
        by: The day by whose end it is due; None for none.

    Raises:
        ProblemsError: A file has an error.
        UsageError: Nothing is called that, it is a goal already, or the day is over.
        GoalsShapeError: The settings are written in a way in which no goal can be added.
    """
    workspace.require_sound()
    name, written = _new_goal(workspace, word, by)
    text = _with_goal(workspace, written, workspace.setting.text).after
    read = read_settings(SETTINGS, text)
    if read.settings is None:
        raise ProblemsError(read.problems, {SETTINGS: text})
    changed = workspace.with_setting(Setting(read.settings, read.source, text=text))
    return GoalPreview(name, written, _plan_today(workspace), make_plan(changed))


def _plan_today(workspace: Workspace) -> Planned | None:
    try:
        return make_plan(workspace)
    except NothingToPlanError:
        return None


def add_goal(workspace: Workspace, word: str, by: date | None = None) -> Recorded:
    """Add a goal to the settings; nothing is planned.

    Raises:
        UsageError: Nothing is called that, it is a goal already, or the day is over.
        GoalsShapeError: The settings are written in a way in which no goal can be added.
        CurriculumError: The settings or the journal cannot be read or written.
    """
    _, written = _new_goal(workspace, word, by)
    edits = {SETTINGS: lambda text: [_with_goal(workspace, written, text)]}
    return Recorded(workspace, write_texts(journal_writer(workspace), edits))


def _new_goal(workspace: Workspace, word: str, by: date | None) -> tuple[str, str]:
    """Return the full name of a new goal, and how it is written."""
    name = name_meant(word, workspace, "GOAL")
    if any(goal.work == name for goal in workspace.goals_in_full):
        raise UsageError(f"'{name}' is a goal already", "GOAL")
    if by is None:
        return name, name
    if by < workspace.today:
        raise UsageError(f"{by} is over", "--by")
    return name, f"{{work: {name}, by: {by}}}"


def _with_goal(workspace: Workspace, written: str, text: str) -> TextChange:
    # Without goals, every work of one's own is one: it stays so.
    own = own_work_names(workspace.context.root) if workspace.settings.goals is None else None
    return goals_added(text, (written,), own)
