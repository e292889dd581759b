"""What is left of the goals after what was done, and where the person stands; nothing is decided here."""

from __future__ import annotations

from fractions import Fraction

from curriculum.cli.gathering import Gathered, curriculum_for
from curriculum.graph.balance import owed
from curriculum.graph.efforts import effort
from curriculum.graph.pace import pace_notes, pace_of
from curriculum.graph.remaining import begun
from curriculum.graph.standing import WorkStanding, standings
from curriculum.model.curriculum import Curriculum
from curriculum.model.names import UnitId, unit_id
from curriculum.model.pace import PaceNote
from curriculum.model.progress import Progress
from curriculum.schedule.demand import releases_of


def whole_efforts(gathered: Gathered) -> dict[UnitId, int]:
    """Return every unit's effort as the syllabi and the settings give it, in minutes."""
    speeds = gathered.settings.speed
    return {
        unit_id(name, unit.id): effort(unit, work.kind, speeds)
        for name, work in gathered.library.works.items()
        for unit in work.units
    }


def left_for(names: tuple[str, ...], gathered: Gathered, progress: Progress) -> Curriculum:
    """Return the curriculum that leads to the goals, with the efforts that are still left.

    Raises:
        click.BadParameter: A goal on the command line names nothing.
    """
    curriculum = curriculum_for(names, gathered, progress.done)
    speeds = gathered.settings.speed
    pace = pace_of(progress, gathered.library, speeds)
    return begun(curriculum, gathered.library, speeds, progress, pace)


def owed_before(
    names: tuple[str, ...], gathered: Gathered, progress: Progress, shares: tuple[Fraction, Fraction]
) -> Fraction:
    """Return the minutes that the textbooks are owed after what was done."""
    if not progress.live:
        return Fraction(0)
    whole = curriculum_for(names, gathered)
    return owed(progress, whole, gathered.library, shares, releases_of(whole, gathered.zone))


def paces_of(gathered: Gathered, progress: Progress) -> tuple[PaceNote, ...]:
    """Return what the journal shows of the person's pace."""
    speeds = gathered.settings.speed
    return pace_notes(pace_of(progress, gathered.library, speeds), gathered.library, speeds)


def standings_of(gathered: Gathered, left: Curriculum, progress: Progress) -> tuple[WorkStanding, ...]:
    """Return where the person stands with each work."""
    return standings(left, curriculum_for((), gathered), progress, whole_efforts(gathered), gathered.library)
