"""What a workspace has published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from curriculum.calendars.ledger_json import ledger_of
from curriculum.disk.publication import read_published
from curriculum.model.ledger import LEDGER, Ledger
from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Settings


class NothingPublishedError(CurriculumError):
    """No plan was published yet."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(f"nothing is published in '{folder}' yet; run 'curriculum plan' first")


class PublishedFolder:
    """A folder of published calendars, parsed again only when its bytes have changed."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        renamed: Callable[[Ledger], Ledger] = lambda ledger: ledger,
    ) -> None:
        """Read nothing yet.

        Args:
            folder: The folder.
            settings: What a new plan's id is made of.
            renamed: Gives the sessions of a ledger the names that works have now.
        """
        self._folder = folder
        self._settings = settings
        self._renamed = renamed
        self._files: Mapping[str, bytes] | None = None
        self._ledger: Ledger | None = None
        self._is_as_written = True

    @property
    def ledger(self) -> Ledger:
        """What was published when it was first asked for, or when it was last read again."""
        if self._ledger is None:
            return self.read_again()
        return self._ledger

    def read_again(self) -> Ledger:
        """Return what is published now: another run may have published in the meantime.

        Raises:
            CurriculumError: A file is there and cannot be read.
        """
        files = read_published(self._folder)
        if self._ledger is None or files != self._files:
            self._files = files
            written = ledger_of(files, self._settings)
            self._ledger = self._renamed(written)
            self._is_as_written = self._ledger == written
        return self._ledger

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files of which the ledger was read; without its own where names were changed."""
        files = self._files or {}
        if self._is_as_written:
            return files
        return {name: data for name, data in files.items() if name != LEDGER}
