"""Time that was spent, and how much of it nobody said, as text."""

from __future__ import annotations

from curriculum.model.formatting import hours_text


def spent_text(minutes: int, assumed: int) -> str:
    """Return minutes of study, and how many of them are assumed."""
    total = hours_text(minutes)
    if not assumed:
        return total
    return f"{total} ({hours_text(assumed)} of it assumed for units marked as done)"
