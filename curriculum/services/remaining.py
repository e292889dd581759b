"""What is left of the goals after what was done, and where the person stands; nothing is decided here."""

from __future__ import annotations

from fractions import Fraction

from curriculum.model.curriculum import Curriculum
from curriculum.model.pace import PaceNote
from curriculum.model.progress import Progress
from curriculum.progress.balance_carryover import balance_carryover
from curriculum.progress.pace import pace_notes, pace_of
from curriculum.progress.remaining import with_progress
from curriculum.progress.work_status import WorkStatus, standings
from curriculum.schedule.demand import releases_of
from curriculum.services.workspace import Workspace


def left_for(names: tuple[str, ...], gathered: Workspace, progress: Progress) -> Curriculum:
    """Return the curriculum that leads to the goals, with the efforts that are still left.

    Raises:
        UsageError: A goal on the command line names nothing.
    """
    curriculum = gathered.curriculum(names, progress.done)
    speeds = gathered.settings.speed
    pace = pace_of(progress, gathered.library, speeds)
    return with_progress(curriculum, gathered.library, speeds, progress, pace)


def owed_before(
    names: tuple[str, ...],
    gathered: Workspace,
    progress: Progress,
    shares: tuple[Fraction, Fraction],
) -> Fraction:
    """Return the minutes that the textbooks are owed after what was done."""
    if not progress.live:
        return Fraction(0)
    whole = gathered.curriculum(names)
    return balance_carryover(
        progress, whole, gathered.library, shares, releases_of(whole, gathered.zone)
    )


def paces_of(gathered: Workspace, progress: Progress) -> tuple[PaceNote, ...]:
    """Return what the journal shows of the person's pace."""
    speeds = gathered.settings.speed
    return pace_notes(pace_of(progress, gathered.library, speeds), gathered.library, speeds)


def standings_of(
    gathered: Workspace, left: Curriculum, progress: Progress
) -> tuple[WorkStatus, ...]:
    """Return where the person stands with each work."""
    return standings(left, gathered.curriculum(), progress, gathered.efforts, gathered.library)
