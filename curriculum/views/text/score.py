"""What was recorded of scores, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.attempts import ScoreEntry
from curriculum.model.formatting import counted
from curriculum.model.runs import RunRead
from curriculum.reproduction.case import Case


def score_lines(entry: ScoreEntry, case: Case) -> Iterator[str]:
    """Yield what was recorded, and what reading the logs noticed."""
    attempt = case.attempt
    recorded = "noted for the runs"
    if entry.runs:
        recorded = f"recorded {counted(len(entry.runs), 'run')}"
    which = "this attempt" if attempt.number == 1 else f"attempt {attempt.number}"
    state = f"{len(attempt.runs)} in {which}"
    if attempt.seeds:
        state = f"{attempt.seeds} declared, {state}"
    yield f"{recorded} of {case.name}; {state}"
    yield from _notes(entry)


def _notes(entry: ScoreEntry) -> Iterator[str]:
    if entry.reading is not None:
        for note in entry.reading.notes:
            yield f"note: {note}"


def reading_lines(runs_read: Sequence[RunRead]) -> Iterator[str]:
    """Yield for each run where it was read, over what, and the number it came to."""
    for run in runs_read:
        seed = "" if run.seed is None else f" seed {run.seed}"
        over = f"{run.x_name} {run.first_x:.10g} to {run.last_x:.10g}"
        read = f"'{run.tag}', {over}, {counted(run.points, 'point')}"
        yield f"{run.place}{seed}: {read}; {run.rule} {run.value:.7g}"


def prepared_lines(
    name: str, entry: ScoreEntry, runs_read: Sequence[RunRead], budget: Sequence[str]
) -> Iterator[str]:
    """Yield what would be recorded of a result, and what its logs show of the budget."""
    yield from reading_lines(runs_read)
    yield f"dry run: {counted(len(entry.runs), 'run')} of {name} would be recorded"
    yield from _notes(entry)
    for remark in budget:
        yield f"note: {remark}"
