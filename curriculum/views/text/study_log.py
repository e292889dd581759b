"""The study that was recorded, day by day, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from curriculum.model.formatting import counted, hours_text
from curriculum.model.identifiers import UnitId
from curriculum.model.library import Library
from curriculum.progress.study_record import (
    EntryKind,
    StudyEntry,
    assumed_minutes,
    recorded_minutes,
)
from curriculum.views.text.time_spent import spent_text

_NOTES = {
    EntryKind.LOGGED: "",
    EntryKind.TIMED: "timer",
    EntryKind.GIVEN: "given with 'done'",
    EntryKind.ASSUMED: "assumed for 'done'",
    EntryKind.DONE: "done",
}


def study_lines(entries: Sequence[StudyEntry], library: Library) -> Iterator[str]:
    """Yield each day with its minutes and its entries, and then what they add up to."""
    if not entries:
        yield "Nothing is recorded; 'curriculum log UNIT HOURS' logs time that you studied."
        return
    for day, group in groupby(entries, lambda entry: entry.day):
        own = tuple(group)
        yield f"{_day_text(day)}: {hours_text(recorded_minutes(own))}"
        for entry in own:
            yield f"  {_entry_text(entry, library)}"
    yield ""
    yield f"Total: {minutes_text(entries)} in {counted(len(entries), 'record')}"


def minutes_text(entries: Sequence[StudyEntry]) -> str:
    """Return the minutes of some entries, and how many of them are assumed."""
    return spent_text(recorded_minutes(entries), assumed_minutes(entries))


def _entry_text(entry: StudyEntry, library: Library) -> str:
    amount = hours_text(entry.minutes) if entry.minutes else ""
    parts = [f"{amount:>11}", _unit_text(entry.unit, library)]
    notes = [_NOTES[entry.kind]]
    if entry.pages is not None:
        notes.append(f"pages {entry.pages}")
    shown = ", ".join(note for note in notes if note)
    if shown:
        parts.append(f"({shown})")
    return "  ".join(parts)


def _unit_text(unit: UnitId, library: Library) -> str:
    """Return a unit with its title, as long as a syllabus defines it."""
    try:
        return f"{unit} {library.unit(unit).title}"
    except KeyError:
        return unit


def _day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
