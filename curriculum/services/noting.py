"""Write notes into the entries of the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from curriculum import services
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact
from curriculum.model.progress import Progress
from curriculum.practice.note_text import NewNote, entry_begun, with_note
from curriculum.practice.notebook import entry_file
from curriculum.services.errors import UsageError
from curriculum.services.notebook_files import (
    NO_ATTACHMENTS,
    Attachments,
    blocks_of_files,
    copies_to_make,
    write_copies,
)
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.said_time import NOW, SaidTime, moment_said
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, texts_written


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """A note as a person typed it.

    Attributes:
        text: The words; `finding: ...` makes a line of that kind.
        unit: The unit it is about, as it is typed; None means that of the running timer.
        said: When it was.
        attached: Files that belong to it.
    """

    text: str
    unit: str | None = None
    said: SaidTime = NOW
    attached: Attachments = NO_ATTACHMENTS


def add_note(workspace: Workspace, request: NoteRequest) -> Recorded:
    """Add a note to the entry of a day.

    Raises:
        UsageError: The note is empty, the unit is not known, a file is missing or the time is still
            to come.
        CurriculumError: A file cannot be read or written.
    """
    root = workspace.context.root
    at = _moment(workspace, request.said)
    day = at.date()
    attached = request.attached
    copies = copies_to_make(root, day, attached)
    blocks = blocks_of_files(root, day, attached, copies)
    note = NewNote(at, _unit(workspace, request.unit), _words(request.text, blocks), blocks)
    writer = journal_writer(workspace)
    edits: dict[str, TextEdit] = {entry_file(day): lambda old: [with_note(old, day, note)]}

    def decide(_: Progress) -> list[Fact]:
        return [*write_copies(writer, copies), *texts_written(writer, edits)]

    facts = writer.record(decide).facts
    large = tuple(copy.file for copy in copies if copy.is_large)
    return Recorded(workspace, facts, large_files=large)


def begin_entry(workspace: Workspace, said: SaidTime = NOW) -> date:
    """Begin the entry of a day where there is none, and return the day.

    Raises:
        UsageError: The day is still to come.
        CurriculumError: A file cannot be read or written.
    """
    day = _moment(workspace, said).date()
    writer = journal_writer(workspace)
    edits: dict[str, TextEdit] = {entry_file(day): lambda old: entry_begun(old, day)}
    writer.record(lambda _: texts_written(writer, edits))
    return day


def _words(text: str, blocks: Sequence[object]) -> str:
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words and not blocks:
        raise UsageError("the note is empty", "TEXT")
    return words


def _unit(workspace: Workspace, typed: str | None) -> UnitId | None:
    if typed is not None:
        return services.unit_names.single_unit(typed.split(), workspace)
    timer = workspace.progress.timer
    return None if timer is None else timer.unit


def _moment(workspace: Workspace, said: SaidTime) -> datetime:
    """Return the time of a note on the person's clock; of a day alone, it has the time of now.

    Raises:
        UsageError: It is still to come.
    """
    now = workspace.context.now.astimezone(workspace.zone)
    if said.at is not None:
        return moment_said(workspace, said).astimezone(workspace.zone)
    day = said.day or workspace.today
    if day > workspace.today:
        raise UsageError(f"{day} is still to come", "--on")
    return datetime.combine(day, now.timetz())
