"""The sessions of a day or a week, what of them is done, and what was missed; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from curriculum.model.formatting import clock_text, counted, day_text, hours_text, local
from curriculum.model.journal import Started
from curriculum.model.ledger import PublishedEvent
from curriculum.progress.agenda import Days, state
from curriculum.progress.session_outcomes import SessionOutcome

MOST_MISSED = 5


def day_lines(days: Days) -> Iterator[str]:
    """Yield the sessions with their pieces, then the timer, and what was missed with the ways on."""
    if not days.is_published:
        yield "Nothing is published yet; 'curriculum plan' makes a plan."
        return
    shown = ""
    for event in days.sessions:
        assert event.session is not None, "only sessions are ever shown"
        today = day_text(event.session.start, days.zone)
        if today != shown:
            yield today
            shown = today
        yield from _session_lines(event, days)
    if not days.sessions:
        yield _nothing(days)
    if days.progress.timer is not None:
        yield from ("", _timer(days.progress.timer, days.now))
    yield from _missed_lines(days.missed, days.zone)


def _session_lines(event: PublishedEvent, days: Days) -> Iterator[str]:
    session = event.session
    assert session is not None
    marks = [
        _MARKS[state(event, days)],
        *(["pinned"] if event.entry.uid in days.progress.pins else []),
    ]
    told = ", ".join(mark for mark in marks if mark)
    yield f"  {clock_text(session.start, session.end, days.zone)}  {event.entry.summary}{f'  ({told})' if told else ''}"
    for piece in session.pieces:
        pages = f", pages {piece.pages}" if piece.pages is not None else ""
        yield f"               {piece.unit}: {hours_text(piece.minutes)}{pages}"


_MARKS = {"done": "done", "partly": "partly done", "missed": "", "now": "now", "ahead": ""}


def _nothing(days: Days) -> str:
    if days.ahead is None or days.ahead.session is None:
        return "Nothing is on, and nothing is planned ahead; 'curriculum plan' plans what is left."
    session = days.ahead.session
    when = (
        f"{day_text(session.start, days.zone)}, {clock_text(session.start, session.end, days.zone)}"
    )
    return f"Nothing is on. Next: {when}, {days.ahead.entry.summary}."


def _timer(timer: Started, now: int) -> str:
    return f"Timer: {timer.unit}, for {hours_text(max(0, now - int(timer.at.timestamp()) // 60))}."


def _missed_lines(missed: Sequence[SessionOutcome], zone: tzinfo) -> Iterator[str]:
    if not missed:
        return
    total = hours_text(sum(one.minutes_left for one in missed))
    yield from ("", f"Not accounted for: {total} in {counted(len(missed), 'session')}")
    if len(missed) > MOST_MISSED:
        yield f"  {len(missed) - MOST_MISSED} earlier ones, and"
    for one in missed[-MOST_MISSED:]:
        when = f"{local(one.session.start, zone):%a} {local(one.session.start, zone).day}"
        units = ", ".join(dict.fromkeys(piece.unit for piece in one.session.pieces))
        yield f"  {when} {clock_text(one.session.start, one.session.end, zone)}  {units}"
    yield "Studied as planned? 'curriculum done'. Otherwise 'curriculum plan' goes on from here."
