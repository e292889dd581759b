"""Why a unit, or each unit of a work or a goal, is planned when it is."""

from __future__ import annotations

from curriculum.model.first_readings import first_reading_id
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Binding, Placement, Reason, Unplaced
from curriculum.schedule.planning import reasons_of
from curriculum.schedule.reasons import Reasons
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
        bound: What bound it.
        unplaced: What of it found no place; None when nothing is left.
    """

    planned: Planned
    placement: Placement
    bound: Binding
    unplaced: Unplaced | None

    @property
    def reason(self) -> Reason:
        """What bound it, as one word."""
        return self.bound.reason


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """Why a unit is planned when it is; None for `explanation` when nothing of it is planned.

    Attributes:
        unit: The unit.
        explanation: What bound it.
        is_done: Whether it is finished or skipped.
        is_read_once: Whether only a first reading of it is planned.
    """

    unit: UnitId
    explanation: Explanation | None
    is_done: bool
    is_read_once: bool = False


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
    reasons = reasons_for(planned)
    return _explanation(planned, reasons, UnitId(name_meant(unit, workspace, "UNIT")))


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
    reasons = reasons_for(planned)
    done = workspace.progress.done
    answers: list[UnitAnswer] = []
    for unit in units_explained(workspace, name):
        explanation = _explanation(planned, reasons, unit)
        once = first_reading_id(unit)
        is_read_once = explanation is None and once in planned.curriculum.efforts
        answers.append(UnitAnswer(unit, explanation, unit in done, is_read_once))
    return Answers(planned, tuple(answers))


def reasons_for(planned: Planned) -> Reasons:
    """Return what bound the start of each unit of a plan."""
    return reasons_of(planned.curriculum, planned.request, planned.free)


def _explanation(
    planned: Planned,
    reasons: Reasons,
    unit: UnitId,
) -> Explanation | None:
    placement = next((one for one in planned.plan.units if one.unit == unit), None)
    if placement is None:
        return None
    unplaced = next((one for one in planned.plan.unplaced if one.unit == unit), None)
    return Explanation(planned, placement, reasons.of(placement), unplaced)


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
