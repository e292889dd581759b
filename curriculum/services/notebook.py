"""Write notes, and look at the notebook beside what the journal knows of its days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from curriculum.disk.texts import files_below, shown_text
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Scored
from curriculum.model.lived_days import fact_day
from curriculum.model.settings import DayRange
from curriculum.practice.entries import read_notes
from curriculum.practice.note_text import NewNote, with_note
from curriculum.practice.notebook import (
    NOTEBOOK,
    NotebookDay,
    NoteFilter,
    entry_day,
    entry_file,
)
from curriculum.services.errors import UsageError
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.said_time import NOW, SaidTime, moment_said
from curriculum.services.snapshot import Snapshot
from curriculum.services.study_log import study_of_days
from curriculum.services.unit_names import single_unit
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import write_texts


def add_note(
    workspace: Workspace, text: str, unit: str | None = None, said: SaidTime = NOW
) -> Recorded:
    """Add a note to the entry of a day.

    Args:
        workspace: The workspace.
        text: The words; `finding: ...` makes a line of that kind.
        unit: The unit it is about, as it is typed; None means that of the running timer.
        said: When it was.

    Raises:
        UsageError: The text is empty, the unit is not known or the time is still to come.
        CurriculumError: A file cannot be read or written.
    """
    note = NewNote(_moment(workspace, said), _unit(workspace, unit), _words(text))
    day = note.at.date()
    writer = journal_writer(workspace)
    facts = write_texts(writer, {entry_file(day): lambda old: [with_note(old, day, note)]})
    return Recorded(workspace, facts)


def _words(text: str) -> str:
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise UsageError("the note is empty", "TEXT")
    return words


def _unit(workspace: Workspace, typed: str | None) -> UnitId | None:
    if typed is not None:
        return single_unit(typed.split(), workspace)
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


def notebook(snapshot: Snapshot, days: DayRange, wanted: NoteFilter) -> tuple[NotebookDay, ...]:
    """Return the days of the notebook that hold what is asked for, in order.

    Args:
        snapshot: The workspace.
        days: The days that are looked at.
        wanted: The notes that are asked for; when it is all of them, each day comes with what the
            journal knows of it.

    Raises:
        CurriculumError: A file cannot be read.
    """
    shown = tuple(_days(snapshot, days, wanted))
    if not wanted.is_empty or not shown:
        return shown
    return tuple(_with_journal(snapshot, shown))


def _days(snapshot: Snapshot, days: DayRange, wanted: NoteFilter) -> Iterator[NotebookDay]:
    root = snapshot.context.root
    for file in files_below(root, NOTEBOOK, ".md"):
        day = entry_day(file)
        if day is None or not days.first <= day <= days.last:
            continue
        text = shown_text(root, file)
        if wanted.may_hold(text):
            entry = wanted.applied_to(read_notes(text, day))
            if entry.notes or wanted.is_empty:
                yield NotebookDay(entry, file)


def _with_journal(snapshot: Snapshot, shown: Iterable[NotebookDay]) -> Iterator[NotebookDay]:
    """Yield the days with what the journal knows of them; it is read once."""
    found = tuple(shown)
    days = DayRange(found[0].entry.day, found[-1].entry.day)
    studied = study_of_days(snapshot, days)
    scored = [fact for fact in snapshot.progress.live if isinstance(fact, Scored)]
    for one in found:
        day = one.entry.day
        yield NotebookDay(
            one.entry,
            one.file,
            tuple(entry for entry in studied if entry.day == day),
            tuple(fact for fact in scored if fact_day(fact, snapshot.zone) == day),
        )
