"""Whether a person may go beyond a goal: what is still to study, and what to reproduce."""

from __future__ import annotations

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import unit_id, work_of
from curriculum.reproduction.readiness import Readiness, RequiredPaper
from curriculum.services.comparisons import judged_papers, readable_work_meant
from curriculum.services.workspace import Workspace

_SETTINGS_GOALS = "the goals"
_READING_STEP = "read"
"""The step of a paper that asks for nothing to be reproduced."""


def ready(workspace: Workspace, goal: str | None = None) -> Readiness:
    """Return what a goal, a topic or the goals of the settings still require.

    Raises:
        ProblemsError: The files have errors.
        UsageError: The goal does not name anything.
    """
    name = None if goal is None else _goal_meant(workspace, goal)
    whole = workspace.curriculum(() if name is None else (name,))
    progress = workspace.progress
    papers = judged_papers(workspace, _works_to_reproduce(whole), progress)
    return Readiness(
        goal=name or _SETTINGS_GOALS,
        left=tuple(unit for unit in whole.units if unit not in progress.done),
        units=len(whole.units),
        papers=tuple(RequiredPaper(paper.work, paper.verdict) for paper in papers),
    )


def _works_to_reproduce(whole: Curriculum) -> tuple[str, ...]:
    """Return the works that a person chose to reproduce, in need order.

    These are the goals that are whole works, and the works of which a goal requires more than to
    read them. A paper that is only read is background: its results may take months that the goal
    does not need.
    """
    chosen = {str(reached.goal) for reached in whole.goals}
    for unit in whole.units:
        if unit != unit_id(work_of(unit), _READING_STEP):
            chosen.add(work_of(unit))
    works = dict.fromkeys(work_of(unit) for unit in whole.units)
    return tuple(work for work in works if work in chosen)


def _goal_meant(workspace: Workspace, word: str) -> str:
    """Return a goal as the resolver reads it: a work or unit, or a topic as `topic:NAME`.

    A topic may be written without its prefix, a work by a part of its name.
    """
    works = workspace.library.works
    if word.startswith("topic:") or word.partition("/")[0] in works:
        return word
    for work in works.values():
        if any(word in unit.teaches for unit in work.units):
            return f"topic:{word}"
    return readable_work_meant(workspace, word, "GOAL")
