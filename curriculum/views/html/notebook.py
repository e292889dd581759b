"""The notebook as a page: each day with its notes, and what the journal knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from curriculum.model.formatting import hours_text
from curriculum.model.late_dataclasses import dataclass
from curriculum.practice.entries import LINE_KINDS, LineState, Note
from curriculum.practice.notebook import NotebookDay
from curriculum.progress.study_record import StudyEntry
from curriculum.views.html.frame import Frame
from curriculum.views.html.markdown import markdown_html
from curriculum.views.html.rendering import rendered

MOST_DAYS = 30
"""How many days of the notebook a page shows."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a kind, or a stretch of prose, as HTML."""

    kind: str
    html: Markup
    id: str
    state: str


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note of a day."""

    at: str
    about: str
    is_unit: bool
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A day of the notebook."""

    day: date
    name: str
    file: str
    notes: tuple[ShownNote, ...]
    journal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotebookSearch:
    """What of the notebook is asked for, as it is typed."""

    days: str = ""
    name: str = ""
    kind: str = ""
    words: str = ""


def notebook_content(
    frame: Frame, days: Sequence[NotebookDay], search: NotebookSearch, today: date
) -> Markup:
    """Return the days of the notebook that hold what is asked for, the newest first."""
    newest = tuple(reversed(days))
    return rendered(
        "notebook.html",
        frame=frame,
        search=search,
        is_search=search != NotebookSearch(),
        kinds=LINE_KINDS,
        entries=tuple(_entry(one) for one in newest[:MOST_DAYS]),
        hidden=max(0, len(newest) - MOST_DAYS),
        today=today,
    )


def _entry(shown: NotebookDay) -> ShownEntry:
    day = shown.entry.day
    return ShownEntry(
        day=day,
        name=f"{day:%a} {day.day} {day:%b %Y}",
        file=shown.file,
        notes=tuple(_note(one, shown.file) for one in shown.entry.notes),
        journal=tuple(_journal(shown)),
    )


def _note(note: Note, file: str) -> ShownNote:
    lines = tuple(
        ShownLine(
            kind=one.kind or "",
            html=markdown_html(one.text, file),
            id=one.id or "",
            state="" if one.state is LineState.OPEN else one.state.value,
        )
        for one in note.lines
        if one.text.strip()
    )
    return ShownNote(note.at or "", note.unit or note.title, note.unit is not None, lines)


def _journal(shown: NotebookDay) -> Iterator[str]:
    for entry in shown.studied:
        yield _study_text(entry)
    for fact in shown.scored:
        yield f"scored {fact.result}"


def _study_text(entry: StudyEntry) -> str:
    amount = f" {hours_text(entry.minutes)}" if entry.minutes else ""
    return f"{entry.unit}{amount}"
