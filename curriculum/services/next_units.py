"""What can be studied now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from curriculum.graph.frontier import ready_units
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.next_units import NextUnit, next_reasons, resting_units
from curriculum.services.errors import ProblemsError
from curriculum.services.remaining import remaining_curriculum
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace, workspace_of


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


def resting_in(snapshot: Snapshot) -> Mapping[UnitId, date]:
    """Return each unit that only the gap of its work keeps from being studied, and until when.

    Nothing is said while a file has a problem.

    Raises:
        CurriculumError: A file cannot be read.
    """
    try:
        curriculum = remaining_curriculum(workspace_of(snapshot))
    except ProblemsError:
        return {}
    return resting_units(curriculum, snapshot.today)
