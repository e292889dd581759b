"""What can be studied now."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.graph.frontier import ready_units
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.schedule.next_units import NextUnit, next_reasons
from curriculum.services.remaining import remaining_curriculum
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NextUnits:
    """The units whose prerequisites are all known or done, and the curriculum they are part of.

    Attributes:
        units: The units, in need order; those that rest until a day come last.
        curriculum: What is still to be studied.
        reasons: For each of the units why it is next, and what it unlocks.
    """

    units: tuple[UnitId, ...]
    curriculum: Curriculum
    reasons: tuple[NextUnit, ...] = ()


def next_units(workspace: Workspace, goals: tuple[str, ...] = ()) -> NextUnits:
    """Return the units that can be studied now.

    Raises:
        ProblemsError: A file has an error.
        UsageError: A goal that was typed leads nowhere.
    """
    curriculum = remaining_curriculum(workspace, goals)
    reasons = next_reasons(ready_units(curriculum), curriculum, workspace.today)
    return NextUnits(tuple(one.unit for one in reasons), curriculum, reasons)
