"""Look at the notebook beside what the journal knows of its days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from curriculum.disk.texts import shown_text
from curriculum.model.journal import Scored
from curriculum.model.lived_days import fact_day
from curriculum.model.settings import DayRange
from curriculum.model.suggestions import suggestion
from curriculum.practice.entries import read_notes
from curriculum.practice.notebook import NotebookDay, NoteFilter
from curriculum.services.errors import UsageError
from curriculum.services.followups import entry_files
from curriculum.services.linked_files import linked_files
from curriculum.services.snapshot import Snapshot
from curriculum.services.study_log import study_of_days
from curriculum.services.workspace import Workspace


def notebook(
    snapshot: Snapshot, days: DayRange, wanted: NoteFilter, *, with_files: bool = False
) -> tuple[NotebookDay, ...]:
    """Return the days of the notebook that hold what is asked for, in order.

    Args:
        snapshot: The workspace.
        days: The days that are looked at.
        wanted: The notes that are asked for; when it is all of them, each day comes with what the
            journal knows of it.
        with_files: Whether the files that notes link to are looked at.

    Raises:
        CurriculumError: A file cannot be read.
    """
    shown = tuple(_days(snapshot, days, wanted))
    if with_files:
        shown = tuple(replace(one, linked=linked_files(snapshot, one.entry)) for one in shown)
    if not wanted.is_empty or not shown:
        return shown
    return tuple(_with_journal(snapshot, shown))


def require_known(workspace: Workspace, name: str) -> None:
    """Refuse a name about which there is no note, and which no syllabus defines.

    Raises:
        UsageError: It is one.
    """
    units = workspace.catalogue.units
    works = workspace.library.works
    if name in works or name in units:
        return
    known = [*works, *units] if "/" in name else list(works)
    hint = suggestion(name, known, "see 'curriculum library'", most=3)
    message = f"'{name}' names neither days nor a work or unit; {hint}"
    raise UsageError(message, "[DAYS] [WORK|UNIT]")


def evening(snapshot: Snapshot) -> date:
    """Return the day to which what is noted now belongs: at night, by the settings, yesterday."""
    context = snapshot.context
    now = context.now.astimezone(snapshot.zone)
    is_night = context.day is None and now.time() < snapshot.settings.day_ends
    return snapshot.today - timedelta(days=is_night)


def _days(snapshot: Snapshot, days: DayRange, wanted: NoteFilter) -> Iterator[NotebookDay]:
    for day, file in entry_files(snapshot, days):
        text = shown_text(snapshot.context.root, file)
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
        yield replace(
            one,
            studied=tuple(entry for entry in studied if entry.day == day),
            scored=tuple(fact for fact in scored if fact_day(fact, snapshot.zone) == day),
        )
