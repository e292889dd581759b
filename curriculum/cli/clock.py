"""Where and when a command runs; the clock is read once for each command."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from curriculum.disk.discovery import workspace_around
from curriculum.services.context import Context


def context_at(root: Path | None, day: date | None = None) -> Context:
    """Return the context of a command: its workspace, now, and the day set as today.

    Without a folder, the workspace is the nearest one at or above the working folder.

    Raises:
        CurriculumError: No folder was given, and there is no working folder any more.
    """
    folder = workspace_around() if root is None else root
    return Context(folder, datetime.now(UTC), day)


def clock_day() -> date:
    """Return the day on the clock of this machine."""
    return datetime.now(UTC).astimezone().date()
