"""What is wrong with the notebook: dead links, units that are gone, ids twice, files left over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from curriculum.model.identifiers import UnitId
from curriculum.model.problems import Place, Problem, Severity
from curriculum.model.suggestions import suggestion
from curriculum.practice.entries import NotebookEntry
from curriculum.practice.followups import NextLine
from curriculum.practice.notebook import entry_file


def unit_problems(entries: Iterable[NotebookEntry], units: Collection[UnitId]) -> Iterator[Problem]:
    """Yield the notes about units that no syllabus defines."""
    for entry in entries:
        for note in entry.notes:
            if note.unit is None or note.unit in units:
                continue
            place = Place(entry_file(entry.day), note.line, _HEADING_COLUMN)
            message = f"the note is about '{note.unit}', which no syllabus defines"
            hint = suggestion(note.unit, units, "was the work renamed?")
            yield Problem(place, "unknown-unit", message, hint, Severity.WARNING)


_HEADING_COLUMN = len("## 09:40 ") + 1


def dead_link(file: str, line: int, target: str) -> Problem:
    """Return the problem of a link that leads nowhere."""
    message = f"the link to '{target}' leads nowhere"
    hint = "was the file moved or removed?"
    return Problem(Place(file, line, 1), "dead-link", message, hint, Severity.WARNING)


def orphan(file: str) -> Problem:
    """Return the problem of an attached file to which nothing links any more."""
    message = f"no note links to '{file}'"
    hint = "remove it if nobody needs it"
    return Problem(Place(file), "orphan-file", message, hint, Severity.WARNING)


def not_text(file: str) -> Problem:
    """Return the problem of an entry that is not UTF-8."""
    message = f"'{file}' is not UTF-8 text, so commands leave it as it is"
    return Problem(Place(file), "encoding", message, "convert it to UTF-8", Severity.WARNING)


def id_problems(twice: Iterable[NextLine]) -> Iterator[Problem]:
    """Yield the lines whose id another line had first."""
    for line in twice:
        message = f"the id '^{line.id}' stands in another line, too"
        hint = "'curriculum followups' gives this line a new one"
        place = Place(line.file, line.line, 1)
        yield Problem(place, "duplicate-id", message, hint, Severity.WARNING)
