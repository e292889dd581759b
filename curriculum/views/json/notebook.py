"""The notebook as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.json_value import Json
from curriculum.practice.entries import LineState, Note, NoteLine
from curriculum.practice.notebook import LinkedFile, NotebookDay
from curriculum.progress.fact_json import payload


def notebook_json(days: Iterable[NotebookDay]) -> list[Json]:
    """Return the days as JSON; lines are numbered from 1."""
    return [_day_json(one) for one in days]


def _day_json(shown: NotebookDay) -> Json:
    return {
        "date": shown.entry.day.isoformat(),
        "file": shown.file,
        "notes": [_note_json(note, shown) for note in shown.entry.notes],
        "logged": [{"unit": one.unit, "minutes": one.minutes} for one in shown.studied],
        "scores": [payload(fact) for fact in shown.scored],
    }


def _note_json(note: Note, shown: NotebookDay) -> Json:
    file = shown.file
    found = {one.link: one for one in shown.linked}
    return {
        "at": note.at,
        "file": file,
        "line": note.line,
        "unit": note.unit,
        "title": note.title,
        "lines": [_line_json(line, file) for line in note.lines],
        "files": [_file_json(found[link], file) for link in note.links if link in found],
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


def _file_json(one: LinkedFile, file: str) -> Json:
    return {
        "path": one.file,
        "bytes": one.size,
        "sha256": one.sha256,
        "exists": one.size is not None,
        "caption": one.link.caption,
        "file": file,
        "line": one.link.line,
    }
