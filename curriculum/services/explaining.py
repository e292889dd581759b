"""Why a unit is planned when it is."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.model.plan import Placement, Reason, Unplaced
from curriculum.schedule.reasons import binding
from curriculum.services.planning import Planned, make_plan
from curriculum.services.unit_names import require_name
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Explanation:
    """What bound a unit in a plan.

    Attributes:
        planned: The plan.
        placement: When the unit is studied.
        reason: What bound it.
        unplaced: What of it found no place; None when nothing is left.
    """

    planned: Planned
    placement: Placement
    reason: Reason
    unplaced: Unplaced | None


def explain(workspace: Workspace, unit: str) -> Explanation | None:
    """Return why a unit is planned when it is; None for a unit that is not planned at all.

    Raises:
        ProblemsError: A file has an error.
        UsageError: There is no such unit.
        CurriculumError: There is nothing to plan, or a file cannot be read.
    """
    planned = make_plan(workspace)
    require_name(unit, workspace.library, "UNIT")
    placement = next((one for one in planned.plan.units if one.unit == unit), None)
    if placement is None:
        return None
    unplaced = next((one for one in planned.plan.unplaced if one.unit == unit), None)
    return Explanation(planned, placement, binding(placement), unplaced)
