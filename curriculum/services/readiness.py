"""Whether a person may go beyond a goal: what is still to study, and what is still to be reproduced."""

from __future__ import annotations

from curriculum.model.identifiers import work_of
from curriculum.reproduction.readiness import PaperStanding, Readiness
from curriculum.services.comparisons import claims_in
from curriculum.services.context import Context
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace


def readiness_of(desk: Context, goal: str | None) -> Readiness:
    """Return what a goal, a topic or the goals of the settings still require.

    Raises:
        UsageError: The goal names nothing.
    """
    gathered = Workspace(desk)
    progress = gathered.progress
    names = () if goal is None else (_goal(goal, gathered),)
    whole = gathered.curriculum(names)
    left = tuple(unit for unit in whole.units if unit not in progress.done)
    works = dict.fromkeys(work_of(unit) for unit in whole.units)
    papers = tuple(
        PaperStanding(one.work, one.paper)
        for one in claims_in(gathered, works, progress)
        if one.results
    )
    return Readiness(names[0] if names else "the goals", left, len(whole.units), papers)


def _goal(name: str, gathered: Workspace) -> str:
    """Return a goal as the resolver reads it: a work or unit, a topic, or the work that a part of its name names."""
    if name.startswith("topic:") or name.partition("/")[0] in gathered.library.works:
        return name
    is_topic = any(
        name in unit.teaches for work in gathered.library.works.values() for unit in work.units
    )
    return f"topic:{name}" if is_topic else work_meant(name, gathered, "GOAL")
