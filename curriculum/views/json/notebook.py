"""The notebook as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.json_value import Json
from curriculum.practice.entries import LineState, Note, NoteLine, NoteLink
from curriculum.practice.notebook import NotebookDay
from curriculum.progress.fact_json import payload


def notebook_json(days: Iterable[NotebookDay]) -> list[Json]:
    """Return the days as JSON; lines are numbered from 1."""
    return [_day_json(one) for one in days]


def _day_json(shown: NotebookDay) -> Json:
    return {
        "date": shown.entry.day.isoformat(),
        "file": shown.file,
        "notes": [_note_json(note, shown.file) for note in shown.entry.notes],
        "logged": [{"unit": one.unit, "minutes": one.minutes} for one in shown.studied],
        "scores": [payload(fact) for fact in shown.scored],
    }


def _note_json(note: Note, file: str) -> Json:
    return {
        "at": note.at,
        "file": file,
        "line": note.line,
        "unit": note.unit,
        "title": note.title,
        "lines": [_line_json(line, file) for line in note.lines],
        "files": [_link_json(link) for link in note.links],
    }


def _line_json(line: NoteLine, file: str) -> Json:
    return {
        "kind": line.kind,
        "text": line.text,
        "file": file,
        "line": line.line,
        "id": line.id,
        "closed": line.state is not LineState.OPEN,
    }


def _link_json(link: NoteLink) -> Json:
    return {"path": link.path, "caption": link.caption, "line": link.line}
