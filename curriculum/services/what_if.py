"""A plan with other settings beside today's plan; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from curriculum.disk.workspace import SETTINGS
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan_comparison import GoalInBoth, goals_of_both
from curriculum.services.context import LATER
from curriculum.services.errors import ProblemsError
from curriculum.services.planning import NO_OPTIONS, Planned, PlanOptions, make_plan
from curriculum.services.settings import Setting
from curriculum.services.workspace import Workspace
from curriculum.syllabus.changed_settings import read_changed_settings

CHANGES = "--with"
"""What changes of settings are called in problems."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Today's plan and the plan with other settings, from the same facts at the same minute.

    Attributes:
        changes: The changes of the settings, as they were typed.
        today: The plan with the settings of the file.
        changed: The plan with the changes.
    """

    changes: tuple[str, ...]
    today: Planned
    changed: Planned

    @property
    def goals(self) -> tuple[GoalInBoth, ...]:
        """The goals of both plans."""
        return goals_of_both(self.today.plan, self.changed.plan)


def what_if(
    workspace: Workspace, changes: Sequence[str], options: PlanOptions = NO_OPTIONS
) -> WhatIf:
    """Return the plan with changes of the settings beside the plan without them.

    Args:
        workspace: The workspace.
        changes: Lines as in the settings file, like `load: 70%`; each replaces its setting, and
            `away` adds days.
        options: What is asked of both plans.

    Raises:
        ProblemsError: A file or a change has an error.
        UsageError: A goal that was typed leads nowhere.
        CurriculumError: There is nothing to plan, or a file cannot be read.
    """
    workspace.require_sound()
    changed = workspace.with_setting(_changed_setting(workspace, changes))
    today = make_plan(workspace, options)
    # The calendars that were just asked for are not asked for again.
    return WhatIf(tuple(changes), today, make_plan(changed, replace(options, oldest=LATER)))


def _changed_setting(workspace: Workspace, changes: Sequence[str]) -> Setting:
    """Return the settings with changes.

    Raises:
        ProblemsError: A change has an error.
    """
    text = workspace.setting.text
    typed = "\n".join(changes)
    read = read_changed_settings(SETTINGS, text, CHANGES, changes)
    if read.settings is None:
        raise ProblemsError(read.problems, {SETTINGS: text, CHANGES: typed})
    return Setting(read.settings, read.source, text=text, changes=(CHANGES, typed))
