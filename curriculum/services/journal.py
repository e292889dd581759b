"""What the journal of a workspace comes to; nothing is decided here."""

from __future__ import annotations

from curriculum.disk.journal import JOURNAL, read_facts
from curriculum.model.progress import Progress
from curriculum.progress.state import replay
from curriculum.services.context import Context


def progress_of(desk: Context) -> Progress:
    """Return what the journal of the workspace comes to.

    Raises:
        CurriculumError: The journal cannot be read.
    """
    return replay(read_facts(desk.root / JOURNAL))
