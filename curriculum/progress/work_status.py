"""How much of each work is done, what it took and what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from curriculum.model.curriculum import Curriculum
from curriculum.model.first_readings import FIRST_READING, is_first_reading
from curriculum.model.identifiers import Track, UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.progress import Progress
from curriculum.progress.time_spent import TimeSpent, time_spent, total_of


@dataclass(frozen=True, slots=True)
class WorkStatus:
    """Where the person stands with a work, as far as the goals reach.

    Attributes:
        work: Its name.
        track: Its track.
        units: How many units of it the goals need, those that are done included.
        done: How many of them are finished.
        skipped: How many of them are left out.
        spent: Minutes that went into it: logged, given with 'done', and assumed.
        left: Minutes it still needs.
        next: The first unit still to be studied, in need order; None when there is none.
    """

    work: str
    track: Track
    units: int
    done: int
    skipped: int
    spent: TimeSpent
    left: int
    next: UnitId | None


def standings(
    left: Curriculum,
    whole: Curriculum,
    progress: Progress,
    efforts: Mapping[UnitId, int],
    library: Library,
) -> tuple[WorkStatus, ...]:
    """Return a row for each work that the goals need or that was studied, in need order.

    Args:
        left: The curriculum after what was done.
        whole: The curriculum as it is without any progress.
        progress: What was done; units that no syllabus defines any more are passed over.
        efforts: Every unit to its whole effort in minutes.
        library: The works.
    """
    units: defaultdict[str, dict[UnitId, None]] = defaultdict(dict)
    for unit in (
        *whole.units,
        *left.units,
        *progress.finished,
        *progress.skipped,
        *progress.studied,
    ):
        if unit in efforts and not _is_surpassed(unit, progress):
            units[work_of(unit)][unit] = None
    spent = time_spent(progress, efforts)
    return tuple(
        WorkStatus(
            work=work,
            track=library.works[work].track,
            units=len(own),
            done=sum(unit in progress.finished for unit in own),
            skipped=sum(unit in progress.skipped for unit in own),
            spent=_spent_on(own, spent),
            left=sum(left.efforts.get(unit, 0) for unit in own),
            next=next((unit for unit in left.units if unit in own), None),
        )
        for work, own in units.items()
    )


def _is_surpassed(unit: UnitId, progress: Progress) -> bool:
    """Say whether a first reading is no longer needed, since the whole unit is done."""
    if not is_first_reading(unit) or unit in progress.studied or unit in progress.done:
        return False
    return UnitId(unit.removesuffix(FIRST_READING)) in progress.done


def _spent_on(units: Iterable[UnitId], spent: Mapping[UnitId, TimeSpent]) -> TimeSpent:
    return total_of(spent[unit] for unit in units if unit in spent)
