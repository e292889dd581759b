"""PublishedEvent sessions that are over: they stay as they were, with a line on what was really done; no clock is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from curriculum.calendars.labels import Titles, listed
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.formatting import hours_text
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.plan import Session

MOST_DONE = 3
_DONE = "Done: "

Done = tuple[tuple[UnitId, int], ...]
"""Units and the minutes that were really studied of them."""


def past_events(ledger: Ledger, over: int) -> tuple[PublishedEvent, ...]:
    """Return the published events whose session is over at a minute, in calendar order."""
    return tuple(ledger.events[uid] for uid, session in ledger.sessions() if session.end <= over)


def past_entries(
    events: Iterable[PublishedEvent], happened: Mapping[str, Done], titles: Titles
) -> Iterator[tuple[CalendarEntry, Session]]:
    """Yield each session that is over with its entry: as it was published, and what was done if that is something else.

    Args:
        events: The events.
        happened: UID to what was really done; an event that is not named stays just as it is.
        titles: What units are called.
    """
    for event in events:
        assert event.session is not None, "only sessions are ever over"
        entry, done = event.entry, happened.get(event.entry.uid)
        text = entry.description if done is None else described(entry, done, titles)
        yield replace(entry, description=text), event.session


def described(entry: CalendarEntry, done: Done, titles: Titles) -> str:
    """Return the description of a session that is over: what was planned, and what was done if it is something else."""
    planned, real = _sums(entry.pieces), _sums(done)
    said = () if planned == real else (_done_line(real, frozenset(map(work_of, planned)), titles),)
    return "\n".join((*_planned_lines(entry), *said))


def _planned_lines(entry: CalendarEntry) -> list[str]:
    """Return the lines that stood there before it was over; a title may begin like the line that is added then."""
    lines = entry.description.split("\n")
    is_said = len(lines) > 1 + len(entry.pieces) and lines[-1].startswith(_DONE)
    return lines[:-1] if is_said else lines


def _sums(pieces: Iterable[tuple[str, int]]) -> Counter[UnitId]:
    sums: Counter[UnitId] = Counter()
    for unit, minutes in pieces:
        sums[UnitId(unit)] += minutes
    return +sums


def _done_line(done: Counter[UnitId], works: frozenset[str], titles: Titles) -> str:
    names = (
        f"{hours_text(minutes)} of {titles.beside(unit, works)}" for unit, minutes in done.items()
    )
    return f"{_DONE}{listed(names, MOST_DONE) if done else 'nothing'}."
