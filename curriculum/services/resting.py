"""Which units rest today, for the days that must pass between two units of a work."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from curriculum import services
from curriculum.disk.workspace import SyllabusFiles
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.lived_days import fact_day
from curriculum.services.snapshot import Snapshot
from curriculum.syllabus.top_keys import says_key


def resting_today(snapshot: Snapshot) -> Mapping[UnitId, date]:
    """Return each unit that only the gap of its work keeps from being studied, and until when.

    Nothing is said while a file has a problem.

    Raises:
        CurriculumError: A file cannot be read.
    """
    # Few people have gaps, and then the works need not be read: most of the time is theirs.
    if not _may_rest(snapshot):
        return {}
    return services.next_units.resting_in(snapshot)


def _may_rest(snapshot: Snapshot) -> bool:
    """Say whether a work may have a gap that is not over, by the settings and the syllabi."""
    finished = snapshot.progress.finished
    default = snapshot.settings.gap
    if default:
        since = snapshot.today - default
        if any(fact_day(fact, snapshot.zone) > since for fact in finished.values()):
            return True
    return bool(finished) and _says_gap(snapshot.own_files, set(map(work_of, finished)))


def _says_gap(files: SyllabusFiles, works: Collection[str]) -> bool:
    """Say whether the workspace's own syllabus of one of some works has a gap."""
    own = (file for file in files.syllabi if file.stem in works)
    return any(says_key(file.data, "gap") for file in own)
