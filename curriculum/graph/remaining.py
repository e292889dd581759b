"""Say what is left of units that were begun: from the minutes logged and what the person said; dates are not known."""

from __future__ import annotations

from dataclasses import replace

from curriculum.model.curriculum import Curriculum
from curriculum.model.library import Library
from curriculum.model.names import UnitId, work_of
from curriculum.model.pace import Pace
from curriculum.model.progress import Progress

LEAST_LEFT = 15
"""Minutes that a unit still needs when all it was expected to take is used up, until it is said to be finished."""

AS_ESTIMATED = Pace()


def begun(curriculum: Curriculum, library: Library, progress: Progress, pace: Pace = AS_ESTIMATED) -> Curriculum:
    """Return the curriculum with the efforts that are still left, after what was studied and at the person's pace."""
    whole = {unit: whole_effort(effort, unit, library, pace) for unit, effort in curriculum.efforts.items()}
    left = {unit: left_of(unit, effort, progress) for unit, effort in whole.items()}
    factors = {unit: pace.factor(work_of(unit), library.works[work_of(unit)].kind) for unit in whole}
    started = {work_of(unit) for unit in progress.studied if progress.studied[unit]}
    return replace(
        curriculum,
        efforts=left,
        behind={unit: whole[unit] - left[unit] for unit in whole if whole[unit] > left[unit]},
        paces={unit: factor for unit, factor in factors.items() if factor != 1},
        opened=curriculum.opened | started,
    )


def whole_effort(effort: int, unit: UnitId, library: Library, pace: Pace) -> int:
    """Return the minutes a unit needs in all at the person's pace, at least 1."""
    work = work_of(unit)
    return max(1, round(effort * pace.factor(work, library.works[work].kind)))


def left_of(unit: UnitId, whole: int, progress: Progress) -> int:
    """Return the minutes a unit still needs: what was said last, or its whole effort, less what was studied since."""
    studied, statement = progress.studied.get(unit, 0), progress.left.get(unit)
    total, since = (whole, studied) if statement is None else (statement.left, studied - statement.studied)
    return total - since if since < total else min(LEAST_LEFT, total)
