"""What can be studied now."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.graph.frontier import ready_units
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.services.remaining import remaining_curriculum
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NextUnits:
    """The units whose prerequisites are all known or done, and the curriculum they are part of."""

    units: tuple[UnitId, ...]
    curriculum: Curriculum


def next_units(workspace: Workspace, goals: tuple[str, ...] = ()) -> NextUnits:
    """Return the units that can be studied now.

    Raises:
        ProblemsError: A file has an error.
        UsageError: A goal that was typed leads nowhere.
    """
    curriculum = remaining_curriculum(workspace, goals)
    return NextUnits(tuple(ready_units(curriculum)), curriculum)
