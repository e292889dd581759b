"""Write the published calendars to a folder of their own, for programs that only import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from curriculum.calendars.publication import import_files
from curriculum.disk.publication import write_files
from curriculum.services.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """Calendars that were written for import.

    Attributes:
        folder: Where they are.
        written: The names of those that changed.
        events: How many events they hold.
        cancelled: How many of these are withdrawn; None when withdrawn events are left out.
    """

    folder: Path
    written: tuple[str, ...]
    events: int
    cancelled: int | None


def write_import_files(
    snapshot: Snapshot, folder: Path | None = None, *, tombstones: bool = False
) -> WrittenFiles:
    """Write what is published once more.

    Args:
        snapshot: The workspace.
        folder: Where to write; `calendars/import` by default.
        tombstones: Whether to include withdrawn events, marked as cancelled.

    Raises:
        CurriculumError: Nothing is published, or a file cannot be written.
    """
    ledger = snapshot.require_published()
    files = import_files(ledger, snapshot.settings, tombstones=tombstones)
    target = folder or snapshot.context.calendars / "import"
    written = write_files(target, files)
    events = len(ledger.events)
    if not tombstones:
        return WrittenFiles(target, written, events, None)
    cancelled = len(ledger.cancelled)
    return WrittenFiles(target, written, events + cancelled, cancelled)
