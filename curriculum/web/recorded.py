"""What is said of what a command or a form recorded, besides the facts themselves."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.services.recording import Recorded, UnitLeft
from curriculum.views import text


def recorded_lines(recorded: Recorded) -> list[str]:
    """Return a line for each new fact, and the notes on them."""
    lines = text.record.fact_lines(recorded.facts, recorded.library)
    notes = list(recorded_notes(recorded))
    return [*lines, *notes] if recorded.facts else [*notes, *lines]


def recorded_notes(recorded: Recorded) -> Iterator[str]:
    """Yield what a person should know of what was recorded."""
    for unit, required in recorded.early:
        yield text.record.early_note(unit, required)
    for paper in recorded.unsettled:
        yield text.paper_verdict.unsettled_line(paper.work, paper.verdict)
    if recorded.left is not None:
        yield _left_note(recorded.left)
    if recorded.rescheduled:
        yield text.record.rescheduled_note(recorded.rescheduled, recorded.workspace.zone)
    if recorded.dropped_before is not None:
        yield text.record.dropped_note(recorded.dropped_before)
    for file in recorded.large_files:
        yield text.record.large_file_note(file)
    if recorded.long_timer is not None:
        yield text.record.timer_note(recorded.long_timer)


def _left_note(left: UnitLeft) -> str:
    if left.is_done:
        return text.record.stays_done_note(left.unit)
    return text.record.left_note(left.unit, left.minutes, is_used_up=left.is_used_up)
