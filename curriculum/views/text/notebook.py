"""The notebook as text: each day with its notes, and what the journal knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curriculum.model.formatting import hours_text
from curriculum.practice.entries import LineState, Note, NoteLine
from curriculum.practice.notebook import NotebookDay
from curriculum.progress.study_record import EntryKind, StudyEntry
from curriculum.views.text.lines import StyledLine, line

_BOXES = {LineState.OPEN: "", LineState.DONE: "[x] ", LineState.DROPPED: "[-] "}


def notebook_lines(
    days: Iterable[NotebookDay], *, is_search: bool = False
) -> Iterator[str | StyledLine]:
    """Yield each day with its notes, and then what was recorded on it.

    Args:
        days: What there is to show.
        is_search: Whether days, a work, a kind or words were asked for.
    """
    is_empty = True
    for shown in days:
        if not is_empty:
            yield ""
        is_empty = False
        day = shown.entry.day
        yield line((f"{day:%a} {day.day} {day:%b %Y}", "heading"))
        for note in shown.entry.notes:
            yield from _note_lines(note)
        yield from _journal_lines(shown)
    if is_empty and is_search:
        yield "Nothing noted fits that; 'curriculum notebook' shows all notes."
    elif is_empty:
        yield "Nothing is noted; 'curriculum note TEXT' writes a note."


def _note_lines(note: Note) -> Iterator[StyledLine]:
    heading = "  ".join(part for part in (note.at, note.unit or note.title) if part)
    if heading:
        yield line(("  " + heading, "bold"))
    for one in note.lines:
        yield from _text_lines(one)


def _text_lines(shown: NoteLine) -> Iterator[StyledLine]:
    label = "" if shown.kind is None else f"{_BOXES[shown.state]}{shown.kind}: "
    name = "" if shown.id is None else f" ^{shown.id}"
    first, *rest = shown.text.split("\n")
    yield line(f"    {label}{first}{name}")
    for text in rest:
        yield line(f"    {text}")


def _journal_lines(shown: NotebookDay) -> Iterator[StyledLine]:
    parts = [_study_text(entry) for entry in shown.studied]
    parts += [f"scored {fact.result}" for fact in shown.scored]
    if parts:
        yield line(f"  journal: {', '.join(parts)}")


def _study_text(entry: StudyEntry) -> str:
    amount = f" {hours_text(entry.minutes)}" if entry.minutes else ""
    done = " done" if entry.kind in (EntryKind.GIVEN, EntryKind.ASSUMED, EntryKind.DONE) else ""
    return f"{entry.unit}{amount}{done}"
