"""What a workspace has published; what to publish is not decided here."""

from __future__ import annotations

from pathlib import Path

from curriculum.calendars.ledger_json import ledger_of
from curriculum.disk.publication import read_published
from curriculum.model.ledger import Ledger
from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Settings


class NothingPublishedError(CurriculumError):
    """There is nothing to give out yet."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(f"nothing is published in '{folder}' yet; run 'curriculum plan' first")


def published_in(folder: Path, settings: Settings) -> Ledger:
    """Return what is published in a folder; an empty ledger when nothing is."""
    return ledger_of(read_published(folder), settings)


def require_published(folder: Path, settings: Settings) -> Ledger:
    """Return what is published in a folder.

    Raises:
        NothingPublishedError: Nothing is.
    """
    ledger = published_in(folder, settings)
    if not ledger.events:
        raise NothingPublishedError(folder)
    return ledger
