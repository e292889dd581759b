"""Write the published calendars to a folder of their own, for programs that only import."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path

from curriculum.calendars.publication import import_files
from curriculum.calendars.uids import holds_only_ours
from curriculum.calendars.validation import ForeignCalendarError
from curriculum.disk.publication import read_published, write_files
from curriculum.model.late_dataclasses import dataclass
from curriculum.services.errors import UsageError
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
        UsageError: The folder is that of the published calendars.
        CurriculumError: Nothing is published, a calendar of another program is in the place of one,
            or a file cannot be written.
    """
    ledger = snapshot.require_published()
    files = import_files(ledger, snapshot.settings, tombstones=tombstones)
    target = folder or snapshot.context.calendars / "import"
    _require_own_place(snapshot, target, files)
    written = write_files(target, files)
    events = len(ledger.events)
    if not tombstones:
        return WrittenFiles(target, written, events, None)
    cancelled = len(ledger.cancelled)
    return WrittenFiles(target, written, events + cancelled, cancelled)


def _require_own_place(snapshot: Snapshot, target: Path, files: Container[str]) -> None:
    """Refuse a folder in which the files would replace others than their own.

    Raises:
        UsageError: It is that of the published calendars.
        ForeignCalendarError: A calendar of another program is in the place of one.
    """
    if os.path.realpath(target) == os.path.realpath(snapshot.context.calendars):
        message = f"'{target}' holds what is published; choose another folder"
        raise UsageError(message, "--output")
    for name, data in read_published(target).items():
        if name in files and not holds_only_ours(data):
            raise ForeignCalendarError(name)
