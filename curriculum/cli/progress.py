"""What the journal of a workspace comes to; nothing is decided here."""

from __future__ import annotations

from curriculum.cli.desk import Desk
from curriculum.disk.journal import JOURNAL, read_facts
from curriculum.graph.folding import fold
from curriculum.model.progress import Progress


def progress_of(desk: Desk) -> Progress:
    """Return what the journal of the workspace comes to.

    Raises:
        CurriculumError: The journal cannot be read.
    """
    return fold(Progress(), read_facts(desk.root / JOURNAL))
