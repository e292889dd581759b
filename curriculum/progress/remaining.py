"""What is left of units, by the minutes logged, the pages read and the person's own estimates."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from curriculum.model.curriculum import Curriculum
from curriculum.model.efforts import effort, reading_part
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.library import Library
from curriculum.model.pace import Pace
from curriculum.model.progress import Progress, Reached
from curriculum.model.settings import Speeds

LEAST_LEFT = 15
"""Minutes that an unfinished unit still needs when the time expected for it is used up."""

AS_ESTIMATED = Pace()


def with_progress(
    curriculum: Curriculum,
    library: Library,
    speeds: Speeds,
    progress: Progress,
    pace: Pace = AS_ESTIMATED,
) -> Curriculum:
    """Return the curriculum with the efforts that are still left, at the person's pace."""
    factors = {
        unit: pace.factor(work_of(unit), library.works[work_of(unit)].kind)
        for unit in curriculum.units
    }
    whole = {
        unit: whole_effort(effort, factors[unit]) for unit, effort in curriculum.efforts.items()
    }
    left = {
        unit: _left(unit, whole[unit], factors[unit], library, speeds, progress) for unit in whole
    }
    started = {work_of(unit) for unit, minutes in progress.studied.items() if minutes}
    return replace(
        curriculum,
        efforts=left,
        behind={unit: whole[unit] - left[unit] for unit in whole if whole[unit] > left[unit]},
        paces={unit: factor for unit, factor in factors.items() if factor != 1},
        opened=curriculum.opened | started,
    )


def whole_effort(effort: int, factor: Fraction) -> int:
    """Return the minutes a unit needs in all at the person's pace, at least 1."""
    return max(1, round(effort * factor))


def left_of(unit: UnitId, library: Library, speeds: Speeds, progress: Progress, pace: Pace) -> int:
    """Return the minutes that any unit of the library still needs at the person's pace."""
    work = library.works[work_of(unit)]
    factor = pace.factor(work_of(unit), work.kind)
    whole = whole_effort(effort(library.unit(unit), work.kind, speeds), factor)
    return _left(unit, whole, factor, library, speeds, progress)


def _left(
    unit: UnitId, whole: int, factor: Fraction, library: Library, speeds: Speeds, progress: Progress
) -> int:
    """Return what was said last, or the whole effort, less what was studied since."""
    studied = progress.studied.get(unit, 0)
    statement = progress.left.get(unit)
    if statement is not None:
        return _at_least(statement.left, studied - statement.studied)
    reached = progress.reached.get(unit)
    if reached is None:
        return _at_least(whole, studied)
    read = _read(unit, reached, factor, library, speeds)
    return _at_least(whole, read + studied - reached.studied)


def _at_least(total: int, since: int) -> int:
    if since < total:
        return total - since
    return min(LEAST_LEFT, total)


def _read(
    unit: UnitId, reached: Reached, factor: Fraction, library: Library, speeds: Speeds
) -> int:
    """Return the minutes that lie behind the last page read."""
    entry = library.unit(unit)
    kind = library.works[work_of(unit)].kind
    minutes = max(1, round(reading_part(entry, kind, speeds) * factor))
    if entry.pages is None or not entry.pages.first <= reached.page <= entry.pages.last:
        return reached.studied
    read = reached.page - entry.pages.first + 1
    count = len(entry.pages)
    # Pages that the minutes lead to anyway say nothing new: the plan must not move by a rounding.
    if pages_turned(count, min(reached.studied, minutes), minutes) == read:
        return reached.studied
    return -(-minutes * read // count)


def pages_turned(pages: int, moment: int, minutes: int) -> int:
    """Return how many pages are read at a moment, at an even pace, rounded to whole ones.

    Args:
        pages: How many there are.
        moment: The minute of reading.
        minutes: How long all of them take.
    """
    return (2 * pages * moment + minutes) // (2 * minutes)
