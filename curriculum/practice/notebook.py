"""Where the entries of the notebook are kept, and which of their notes a person asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from curriculum.model.identifiers import work_of
from curriculum.model.journal import Scored
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.practice.entries import LineKind, Note, NotebookEntry, NoteLine, NoteLink
from curriculum.progress.study_record import StudyEntry

NOTEBOOK = "notebook"
FILES = f"{NOTEBOOK}/files"
_ENTRY_FILE = late_pattern(rf"{NOTEBOOK}/\d{{4}}/(?P<day>\d{{4}}-\d{{2}}-\d{{2}})\.md")


def entry_file(day: date) -> str:
    """Return the file of a day's entry, by its path in the workspace.

    >>> entry_file(date(2027, 1, 4))
    'notebook/2027/2027-01-04.md'
    """
    return f"{NOTEBOOK}/{day:%Y}/{day.isoformat()}.md"


def entry_day(file: str) -> date | None:
    """Return the day whose entry a file holds; None for any other file."""
    match = _ENTRY_FILE.fullmatch(file)
    if match is None:
        return None
    try:
        return date.fromisoformat(match["day"])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file that a note links to.

    Attributes:
        link: The link.
        file: The file, by its path in the workspace.
        size: Its bytes; None when there is no such file.
        sha256: The digest of its content in hexadecimal; None likewise.
    """

    link: NoteLink
    file: str
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class NotebookDay:
    """A day of the notebook, and what the journal knows of it.

    Attributes:
        entry: What was noted.
        file: The file of the entry, by its path in the workspace.
        studied: The study that was recorded on the day, in the order of time.
        scored: The scores that were recorded on the day.
        linked: The files that it links to; none unless they were asked for.
    """

    entry: NotebookEntry
    file: str
    studied: tuple[StudyEntry, ...] = ()
    scored: tuple[Scored, ...] = ()
    linked: tuple[LinkedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes are asked for; what is None asks for everything.

    Attributes:
        name: The work or the unit that they are about.
        kind: The kind of their lines.
        words: Words that stand in them, in any case.
    """

    name: str | None = None
    kind: LineKind | None = None
    words: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether every note is asked for."""
        return self == NoteFilter()

    def may_hold(self, text: str) -> bool:
        """Whether an entry's text can hold such a note; quicker than reading it."""
        return self.words is None or self.words.casefold() in text.casefold()

    def applied_to(self, entry: NotebookEntry) -> NotebookEntry:
        """Return an entry with the notes and the lines that are asked for."""
        notes = (self._applied_to_note(note) for note in entry.notes if self._is_about(note))
        return replace(entry, notes=tuple(note for note in notes if note is not None))

    def _is_about(self, note: Note) -> bool:
        if self.name is None:
            return True
        if note.unit is None:
            return False
        return self.name in (note.unit, work_of(note.unit))

    def _applied_to_note(self, note: Note) -> Note | None:
        if self.kind is None and self.words is None:
            return note
        lines = tuple(line for line in note.lines if self._asks_for(line, note.title))
        return replace(note, lines=lines) if lines else None

    def _asks_for(self, line: NoteLine, title: str) -> bool:
        if self.kind is not None and line.kind != self.kind:
            return False
        words = (self.words or "").casefold()
        return words in line.text.casefold() or words in title.casefold()
