"""Show what a command recorded, as lines or as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.cli import printing
from curriculum.progress.fact_json import fact_json
from curriculum.services.recording import Recorded, UnitLeft
from curriculum.views import text


def show_recorded(recorded: Recorded, *, as_json: bool) -> None:
    """Print the new facts, and then the notes on them."""
    notes = list(_notes(recorded))
    if as_json:
        facts = [fact_json(fact) for fact in recorded.facts]
        printing.show_json({"recorded": facts, "notes": notes})
        return
    lines = text.record.fact_lines(recorded.facts, recorded.library)
    if not recorded.facts:
        lines = [*notes, *lines]
        notes = []
    printing.tell([*lines, *notes])


def _notes(recorded: Recorded) -> Iterator[str]:
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
