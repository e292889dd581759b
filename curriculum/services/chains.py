"""The chain of units that fixes when a goal is finished, in the plan of a workspace."""

from __future__ import annotations

from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.critical_chain import ChainLink, critical_chain
from curriculum.services.explaining import reasons_for, units_explained
from curriculum.services.planning import Planned, make_plan
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlannedChain:
    """A plan, and the chain in it that fixes when something is finished.

    Attributes:
        planned: The plan.
        links: The units, the first to be studied first; empty when nothing is finished in the plan.
        is_done: Whether nothing is left to study.
    """

    planned: Planned
    links: tuple[ChainLink, ...]
    is_done: bool


def chain_to(workspace: Workspace, name: str) -> PlannedChain:
    """Return the chain that fixes when a unit, a work or what teaches a topic is finished.

    Args:
        workspace: The workspace.
        name: A unit, a range of units, a work, a part of its name, or `topic:NAME`.

    Raises:
        ProblemsError: A file has an error.
        UsageError: The name means nothing, or several works.
        CurriculumError: There is nothing to plan, or a file cannot be read.
    """
    planned = make_plan(workspace)
    units = units_explained(workspace, name)
    links = critical_chain(planned.plan, reasons_for(planned), units)
    return PlannedChain(planned, links, workspace.progress.done.issuperset(units))
