"""Write notes into the entries of the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from curriculum import services
from curriculum.model.formatting import zone_named
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Wrote
from curriculum.model.late_dataclasses import dataclass
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
from curriculum.services.written_texts import TextEdit, texts_written, write_texts


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
    day, at = _moment(workspace, request.said)
    attached = request.attached
    copies = copies_to_make(root, day, attached)
    blocks = blocks_of_files(root, day, attached, copies)
    note = NewNote(at, _unit(workspace, request.unit), _words(request.text, blocks), blocks)
    writer = journal_writer(workspace)
    file = entry_file(day)

    def decide(progress: Progress) -> list[Fact]:
        unit = note.unit or _unit_of_timer(progress)
        own = replace(note, unit=unit, is_elsewhere=_is_elsewhere(progress, file, at))
        edits: dict[str, TextEdit] = {file: lambda old: [with_note(old, day, own)]}
        return [*write_copies(writer, copies), *texts_written(writer, edits)]

    facts = writer.record(decide, names_units=False).facts
    large = tuple(copy.file for copy in copies if copy.is_large)
    return Recorded(workspace, facts, large_files=large)


def _is_elsewhere(progress: Progress, file: str, at: datetime) -> bool:
    """Whether the first note of an entry was written where the clock shows another time."""
    for fact in progress.live:
        if isinstance(fact, Wrote) and fact.file == file:
            return at.astimezone(zone_named(fact.zone, at.tzinfo or UTC)).utcoffset() != (
                at.utcoffset()
            )
    return False


def begin_entry(workspace: Workspace, said: SaidTime = NOW) -> date:
    """Begin the entry of a day where there is none, and return the day.

    Raises:
        UsageError: The day is still to come.
        CurriculumError: A file cannot be read or written.
    """
    day, _ = _moment(workspace, said)
    write_texts(journal_writer(workspace), {entry_file(day): lambda old: entry_begun(old, day)})
    return day


def _words(text: str, blocks: Sequence[object]) -> str:
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words and not blocks:
        raise UsageError("the note is empty", "TEXT")
    return words


def _unit(workspace: Workspace, typed: str | None) -> UnitId | None:
    if typed is None:
        return None
    return services.unit_names.single_unit(typed.split(), workspace)


def _unit_of_timer(progress: Progress) -> UnitId | None:
    return None if progress.timer is None else progress.timer.unit


def _moment(workspace: Workspace, said: SaidTime) -> tuple[date, datetime]:
    """Return the day whose entry holds a note, and its time on the person's clock.

    A day that is named is that of the entry; otherwise what is noted before the day ends, by the
    settings, belongs to the evening before. Of a day alone, the time is that of now.

    Raises:
        UsageError: It is still to come.
    """
    context = workspace.context
    now = context.now.astimezone(workspace.zone)
    if said.day is not None or context.day is not None:
        at = _moment_of(workspace, said, now)
        return at.date(), at
    evening = now.date() - timedelta(days=1)
    is_night = now.time() < workspace.settings.day_ends
    if is_night and said.at is not None and said.at > now.time():
        # After midnight, 23:50 is that of the evening.
        said = replace(said, day=evening)
    at = _moment_of(workspace, said, now)
    if at.time() < workspace.settings.day_ends:
        return at.date() - timedelta(days=1), at
    return at.date(), at


def _moment_of(workspace: Workspace, said: SaidTime, now: datetime) -> datetime:
    """Return the time of a note as it was said.

    Raises:
        UsageError: It is still to come.
    """
    if said.at is not None:
        return moment_said(workspace, said).astimezone(workspace.zone)
    day = said.day or workspace.today
    if day > workspace.today:
        raise UsageError(f"{day} is still to come", "--on")
    return datetime.combine(day, now.timetz())
