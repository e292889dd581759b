"""What waits for the person, for commands that must not read more than there is."""

from __future__ import annotations

from curriculum import services
from curriculum.disk.texts import has_any
from curriculum.practice.waiting import NOTHING_WAITS, Waiting
from curriculum.services.snapshot import Snapshot

_FOLDERS = ("notebook", "ideas", "taste", "skim")


def what_waits(snapshot: Snapshot) -> Waiting:
    """Return what waits for the person; without a notebook, ideas and papers, nothing is read.

    Raises:
        CurriculumError: A file cannot be read.
    """
    if not has_any(snapshot.context.root, _FOLDERS):
        return NOTHING_WAITS
    return services.waiting.waiting_of(snapshot)
