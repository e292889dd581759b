"""Why a unit, or each unit of a work or a goal, is planned when it is."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Placement, Reason, Unplaced
from curriculum.schedule.reasons import binding
from curriculum.services.errors import UsageError
from curriculum.services.planning import Planned, make_plan
from curriculum.services.unit_names import name_meant, units_meant
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


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """Why a unit is planned when it is; None for `explanation` when nothing of it is planned.

    Attributes:
        unit: The unit.
        explanation: What bound it.
        is_done: Whether it is finished or skipped.
    """

    unit: UnitId
    explanation: Explanation | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """The plan, and an answer for each unit that a name means."""

    planned: Planned
    units: tuple[UnitAnswer, ...]


def explain(workspace: Workspace, unit: str) -> Explanation | None:
    """Return why a unit is planned when it is; None for a unit that is not planned at all.

    Raises:
        ProblemsError: A file has an error.
        UsageError: There is no such unit.
        CurriculumError: There is nothing to plan, or a file cannot be read.
    """
    planned = make_plan(workspace)
    return _explanation(planned, UnitId(name_meant(unit, workspace, "UNIT")))


def explain_named(workspace: Workspace, name: str) -> Answers:
    """Return why each unit of a work, of a goal or of a range is planned when it is.

    Args:
        workspace: The workspace.
        name: A unit, a range of units, a work, a part of its name, or `topic:NAME`.

    Raises:
        ProblemsError: A file has an error.
        UsageError: The name means nothing, or several works.
        CurriculumError: There is nothing to plan, or a file cannot be read.
    """
    planned = make_plan(workspace)
    done = workspace.progress.done
    answers: list[UnitAnswer] = []
    for unit in units_explained(workspace, name):
        answers.append(UnitAnswer(unit, _explanation(planned, unit), unit in done))
    return Answers(planned, tuple(answers))


def _explanation(planned: Planned, unit: UnitId) -> Explanation | None:
    placement = next((one for one in planned.plan.units if one.unit == unit), None)
    if placement is None:
        return None
    unplaced = next((one for one in planned.plan.unplaced if one.unit == unit), None)
    return Explanation(planned, placement, binding(placement), unplaced)


def units_explained(workspace: Workspace, name: str) -> tuple[UnitId, ...]:
    """Return the units that a name means; those that teach a topic only as far as goals need them.

    Raises:
        UsageError: The name means nothing, or several works.
    """
    prefix, mark, topic = name.partition(":")
    if not mark or prefix != "topic":
        return units_meant([name], workspace)
    # The resolver has chosen among those who teach it; the others are not what was asked about.
    library = workspace.library
    units = workspace.curriculum().units
    found = tuple(unit for unit in units if topic in library.unit(unit).teaches)
    if not found:
        raise UsageError(f"no goal requires a unit that teaches '{topic}'", "UNIT")
    return found
