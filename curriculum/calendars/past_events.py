"""Published sessions that are over: they stay as they were, with a line on what was really done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from curriculum.calendars.labels import Labels, listed
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.formatting import hours_text
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.plan import Session
from curriculum.progress.session_outcomes import Done

_MAX_DONE = 3
_DONE = "Done: "


def past_events(ledger: Ledger, over: int) -> tuple[PublishedEvent, ...]:
    """Return the published events whose session is over at a minute, in calendar order."""
    return tuple(ledger.events[uid] for uid, session in ledger.sessions() if session.end <= over)


def past_entries(
    events: Iterable[PublishedEvent],
    done: Mapping[str, Done],
    labels: Labels,
) -> Iterator[tuple[CalendarEntry, Session]]:
    """Yield each session that is over with its entry: as published, and what was done instead.

    Args:
        events: The events.
        done: UID to what was really done; an event that is not named stays as it is.
        labels: What units are called.
    """
    for event in events:
        assert event.session is not None, "only sessions are ever over"
        entry = event.entry
        if entry.uid in done:
            text = past_description(entry, done[entry.uid], labels)
            entry = replace(entry, description=text)
        yield entry, event.session


def past_description(
    entry: CalendarEntry,
    done: Done,
    labels: Labels,
) -> str:
    """Return what was planned for a session that is over, and what was done if that differs."""
    planned = _sums((piece.unit, piece.minutes) for piece in entry.pieces)
    actual = _sums(done)
    lines = _planned_lines(entry)
    if planned != actual:
        works = frozenset(work_of(unit) for unit in planned)
        lines.append(_done_line(actual, works, labels))
    return "\n".join(lines)


def _planned_lines(entry: CalendarEntry) -> list[str]:
    """Return the lines of a description without the line that is added once the session is over.

    The line of a unit called "Done" begins like that one; it comes among the first lines, though.
    """
    lines = entry.description.split("\n")
    if len(lines) > 1 + len(entry.pieces) and lines[-1].startswith(_DONE):
        return lines[:-1]
    return lines


def _sums(pieces: Iterable[tuple[UnitId, int]]) -> Counter[UnitId]:
    sums: Counter[UnitId] = Counter()
    for unit, minutes in pieces:
        sums[unit] += minutes
    return +sums


def _done_line(
    done: Counter[UnitId],
    works: frozenset[str],
    labels: Labels,
) -> str:
    if not done:
        return f"{_DONE}nothing."
    names = []
    for unit, minutes in done.items():
        names.append(f"{hours_text(minutes)} of {labels.beside(unit, works)}")
    return f"{_DONE}{listed(names, _MAX_DONE)}."
