"""Make an idea a goal of the settings."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.disk.workspace import SETTINGS, own_work_names
from curriculum.model.ideas import Idea, IdeaDeed, IdeaStep
from curriculum.model.problems import CurriculumError
from curriculum.model.references import UnitReference
from curriculum.practice.ideas import Adopted, written_text
from curriculum.practice.user_text import TextChange
from curriculum.services.errors import UsageError
from curriculum.services.ideas import idea_meant, step_edit
from curriculum.services.recording import journal_writer
from curriculum.services.unit_names import name_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, write_texts
from curriculum.syllabus.goal_text import with_goal, with_goals
from curriculum.syllabus.settings import read_settings


class GoalsShapeError(CurriculumError):
    """Goals that are written in a way in which none can be added."""

    def __init__(self, goal: str) -> None:
        """Build the sentence from the goal."""
        super().__init__(f"no goal can be added to '{SETTINGS}' as it is written; add it: {goal}")


def adopt_idea(
    workspace: Workspace, name: str, goals: Sequence[str] = (), *, write: bool = False
) -> Adopted:
    """Return the goals that an idea becomes; if wanted, add them to the settings.

    Args:
        workspace: The workspace.
        name: The idea.
        goals: The goals, as they are typed; none means what the idea requires.
        write: Whether they are added, and the idea is adopted.

    Raises:
        UsageError: No idea is called that, or it requires nothing and no goal is given.
        GoalsShapeError: The settings are written in a way in which no goal can be added.
        CurriculumError: A file or the journal cannot be read or written.
    """
    read = idea_meant(workspace, name)
    assert read.idea is not None, "an idea with problems is refused"
    written = tuple(_written(workspace, read.idea, goals))
    if not write:
        return Adopted(written, is_written=False)
    # Without goals, every work of one's own is one: it stays so.
    own = own_work_names(workspace.context.root) if workspace.settings.goals is None else None
    adopted = IdeaStep(on=workspace.today, did=IdeaDeed.ADOPTED)
    edits: dict[str, TextEdit] = {
        SETTINGS: lambda text: [goals_added(text, written, own)],
        read.file: step_edit(read, adopted),
    }
    facts = write_texts(journal_writer(workspace), edits)
    return Adopted(written, is_written=True, facts=facts)


def _written(workspace: Workspace, idea: Idea, goals: Sequence[str]) -> list[str]:
    """Return the goals as YAML, each on one line.

    Raises:
        UsageError: There is none, or one names nothing.
    """
    names = [name_meant(goal, workspace, "--goal") for goal in goals]
    if not names:
        names = [one.ref for one in idea.requires if isinstance(one, UnitReference)]
    if not names:
        raise UsageError("the idea names no work that could be a goal; give one", "--goal")
    why = written_text(idea.title)
    return [f"{{work: {name}, why: {why}}}" for name in names]


def goals_added(text: str, goals: Sequence[str], own: Sequence[str] | None) -> TextChange:
    """Return the change that adds goals to the settings.

    Args:
        text: The text of the settings.
        goals: The goals, as they are written there.
        own: The works that were the goals, as none was named; None where some are named.

    Raises:
        GoalsShapeError: The settings are written in a way in which none can be added.
    """
    if own is not None:
        new = with_goals(text, [*own, *goals])
    else:
        new = text
        for goal in goals:
            new = with_goal(new, goal) or new
    read = read_settings(SETTINGS, new).settings
    if new == text or read is None:
        raise GoalsShapeError(", ".join(goals))
    return TextChange(text, new)
