"""What was recorded of scores, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.attempts import ScoreEntry
from curriculum.model.formatting import counted
from curriculum.reproduction.case import Case


def score_lines(entry: ScoreEntry, case: Case) -> Iterator[str]:
    """Yield what was recorded, and what reading the logs noticed."""
    attempt = case.attempt
    recorded = "noted for the runs"
    if entry.runs:
        recorded = f"recorded {counted(len(entry.runs), 'run')}"
    state = f"{len(attempt.runs)} in this attempt"
    if attempt.seeds:
        state = f"{attempt.seeds} declared, {state}"
    yield f"{recorded} of {case.name}; {state}"
    if entry.reading is not None:
        for note in entry.reading.notes:
            yield f"note: {note}"
