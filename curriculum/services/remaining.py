"""What is left of the goals after what was done, and where the person stands."""

from __future__ import annotations

from fractions import Fraction

from curriculum.availability.skimming import balance_beside_skimming, skimming_allowed_for
from curriculum.availability.track_hours import track_hours
from curriculum.model.curriculum import Curriculum
from curriculum.model.ledger import Ledger
from curriculum.model.pace import PaceNote
from curriculum.model.progress import Progress
from curriculum.progress.balance_carryover import CountedTime, balance_carryover, balances_in_force
from curriculum.progress.gaps import with_gaps
from curriculum.progress.pace import pace_notes, pace_of
from curriculum.progress.remaining import with_progress
from curriculum.progress.skimming import skimming_beyond
from curriculum.progress.work_status import WorkStatus, standings
from curriculum.schedule.demand import releases_of
from curriculum.services.workspace import Workspace


def remaining_curriculum(workspace: Workspace, goals: tuple[str, ...] = ()) -> Curriculum:
    """Return the curriculum that leads to the goals, with the efforts that are still left.

    Args:
        workspace: The workspace.
        goals: The goals as they are typed; none means those of the settings.

    Raises:
        ProblemsError: A file has an error.
        UsageError: A goal that was typed leads nowhere.
    """
    progress = workspace.progress
    library = workspace.library
    speeds = workspace.settings.speed
    curriculum = workspace.curriculum(goals, progress.done)
    pace = pace_of(progress, library, speeds)
    left = with_progress(curriculum, library, speeds, progress, pace)
    return with_gaps(left, library, workspace.settings.gap, progress, workspace.zone)


def balance_owed(
    workspace: Workspace, goals: tuple[str, ...], ledger: Ledger, now: int
) -> Fraction:
    """Return the minutes that the textbooks are owed after what was done.

    Args:
        workspace: The workspace.
        goals: The goals as they are typed; none means those of the settings.
        ledger: What is published, for the balance that was in force.
        now: The minute from which a balance that is not published yet is in force.
    """
    progress = workspace.progress
    if not progress.live:
        return Fraction(0)
    settings = workspace.settings
    whole = with_gaps(
        workspace.curriculum(goals),
        workspace.library,
        settings.gap,
        Progress(),
        workspace.zone,
    )
    balance = balance_beside_skimming(settings)
    balances = balances_in_force(ledger.balances, balance, now)
    hours = track_hours(workspace.settings, workspace.zone)
    # What the balance allows for each week was taken from the papers' share already.
    weekly = skimming_allowed_for(settings)
    time = CountedTime(
        shared=None if hours is None else hours.shared,
        skimmed=skimming_beyond(progress.live, weekly, workspace.zone),
    )
    return balance_carryover(
        progress,
        whole,
        workspace.library,
        balances,
        releases_of(whole),
        time,
    )


def work_statuses(workspace: Workspace, left: Curriculum) -> tuple[WorkStatus, ...]:
    """Return where the person stands with each work."""
    whole = workspace.curriculum()
    return standings(left, whole, workspace.progress, workspace.efforts, workspace.library)


def pace_notes_of(workspace: Workspace) -> tuple[PaceNote, ...]:
    """Return what the journal shows of the person's pace."""
    library = workspace.library
    speeds = workspace.settings.speed
    return pace_notes(pace_of(workspace.progress, library, speeds), library, speeds)
