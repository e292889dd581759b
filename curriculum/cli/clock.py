"""The clock, read once for each command."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from curriculum.services.context import Context


def context_at(root: Path, day: date | None = None) -> Context:
    """Return the context of a command: its folder, now, and the day set as today."""
    return Context(root, datetime.now(UTC), day)


def clock_day() -> date:
    """Return the day on the clock of this machine."""
    return datetime.now(UTC).astimezone().date()
