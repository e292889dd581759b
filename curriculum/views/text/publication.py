"""What a publication changed, in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from curriculum.model.formatting import counted


def publication_line(folder: Path, counts: Mapping[str, int], *, is_news: bool) -> str:
    """Return how many events a publication added, moved, changed, removed and left as they were.

    Args:
        folder: Where the calendars are.
        counts: What became of events, as `new` or `moved`, to how many there are.
        is_news: Whether any file changed.
    """
    events = "nothing changed"
    if is_news:
        told = [f"{count} {word}" for word, count in counts.items() if count]
        events = ", ".join(told) or "no events"
    return f"Published to {folder}: {events}"


WHAT_IF = "This is a what-if: nothing was published. Add '--publish' to publish it."
"""What is said below a plan for goals that were typed, when another one is published."""

WITH_OTHER_SETTINGS = "This is a what-if: nothing was written."
"""What is said below a plan with other settings."""


def replacing_line(removed: int, coming: int) -> str:
    """Return what becomes of the sessions of a published plan that is about to be replaced.

    Args:
        removed: How many sessions will be removed.
        coming: How many sessions are not over.
    """
    sessions = counted(coming, "coming session")
    return f"Replacing the published plan: {removed} of its {sessions} will be removed."


def vdir_line(vdir: Path, written: int, removed: int) -> str:
    """Return how many events of a vdir changed."""
    return f"Wrote {counted(written, 'event')} to {vdir}, removed {removed}"


def import_line(folder: Path, written: Sequence[str], events: int, cancelled: int | None) -> str:
    """Return how many events were written for import, and which files changed.

    Args:
        folder: Where the files are.
        written: The files that changed.
        events: How many events they hold.
        cancelled: How many of these are withdrawn; None when withdrawn events are left out.
    """
    count = counted(events, "event")
    if cancelled is not None:
        count = f"{count}, {cancelled} of them cancelled"
    change = "nothing changed"
    if written:
        change = f"{', '.join(written)} written"
    return f"{count} in {folder}: {change}"
