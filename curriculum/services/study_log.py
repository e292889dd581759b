"""The study that was recorded on some days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curriculum import services
from curriculum.model.identifiers import work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.settings import DayRange
from curriculum.progress.study_record import StudyEntry, study_record, units_assumed
from curriculum.services.snapshot import Snapshot

if TYPE_CHECKING:
    from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StudyLog:
    """The study that was recorded on some days.

    Attributes:
        entries: What was recorded, in the order of time.
        library: The works, for the titles of units.
    """

    entries: tuple[StudyEntry, ...]
    library: Library


def study_log(workspace: Workspace, days: DayRange) -> StudyLog:
    """Return the study that was recorded on some days.

    Raises:
        CurriculumError: A file cannot be read.
    """
    entries = study_record(workspace.progress, workspace.efforts, days, workspace.zone)
    return StudyLog(entries, workspace.library)


def study_of_days(snapshot: Snapshot, days: DayRange) -> tuple[StudyEntry, ...]:
    """Return the study that was recorded on some days; syllabi are read only where they matter.

    Raises:
        CurriculumError: A file cannot be read.
    """
    works = {work_of(unit) for unit in units_assumed(snapshot.progress, days, snapshot.zone)}
    if not works:
        return study_record(snapshot.progress, {}, days, snapshot.zone)
    efforts = services.workspace.workspace_of(snapshot).efforts_of_works(works)
    return study_record(snapshot.progress, efforts, days, snapshot.zone)
