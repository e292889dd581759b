"""Which units rest today, for the days that must pass between two units of a work."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from curriculum.disk.workspace import read_syllabi
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.lived_days import fact_day
from curriculum.schedule.next_units import resting_units
from curriculum.services.errors import ProblemsError
from curriculum.services.remaining import remaining_curriculum
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace

_KEY = re.compile(rb"""^["']?gap["']?[ \t]*:""", re.MULTILINE)


def resting_today(snapshot: Snapshot) -> Mapping[UnitId, date]:
    """Return each unit that only the gap of its work keeps from being studied, and until when.

    Nothing is said while a file has a problem.

    Raises:
        CurriculumError: A file cannot be read.
    """
    # Few people have gaps, and then the works need not be read: most of the time is theirs.
    if not _may_rest(snapshot):
        return {}
    workspace = snapshot
    if not isinstance(workspace, Workspace):
        workspace = Workspace(snapshot.context, results="none")
    try:
        curriculum = remaining_curriculum(workspace)
    except ProblemsError:
        return {}
    return resting_units(curriculum, snapshot.today)


def _may_rest(snapshot: Snapshot) -> bool:
    """Say whether a work may have a gap that is not over, by the settings and the syllabi."""
    finished = snapshot.progress.finished
    default = snapshot.settings.gap
    if default:
        since = snapshot.today - default
        if any(fact_day(fact, snapshot.zone) > since for fact in finished.values()):
            return True
    return bool(finished) and _says_gap(snapshot.context.root, set(map(work_of, finished)))


def _says_gap(root: Path, works: Collection[str]) -> bool:
    """Say whether the workspace's own syllabus of one of some works has a gap."""
    own = (file for file in read_syllabi(root).syllabi if file.stem in works)
    return any(_KEY.search(file.data) for file in own)
