"""What was recorded of scores, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.attempts import ScoreEntry
from curriculum.model.formatting import counted
from curriculum.reproduction.case import Case


def recorded_lines(entry: ScoreEntry, case: Case) -> Iterator[str]:
    """Yield what was recorded, and what reading the logs noticed."""
    count = len(entry.runs)
    recorded = f"recorded {counted(count, 'run')}" if count else "noted for the runs"
    attempt = case.attempt
    declared = f"{attempt.seeds} declared, " if attempt.seeds else ""
    yield f"{recorded} of {case.name}; {declared}{len(attempt.runs)} in this attempt"
    if entry.reading is not None:
        for note in entry.reading.notes:
            yield f"note: {note}"
