"""The sessions of a day or a week, what became of them, and what was missed, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from curriculum.model.formatting import clock_text, counted, day_text, hours_text, local
from curriculum.model.journal import Started
from curriculum.model.ledger import PublishedEvent
from curriculum.model.lived_days import session_zone, shown_zone
from curriculum.progress.agenda import Days, state
from curriculum.progress.pins import is_held
from curriculum.progress.session_outcomes import SessionOutcome
from curriculum.views.text.study_log import minutes_text

MOST_MISSED_LISTED = 5
"""Sessions without a record that are listed; earlier ones are only counted."""

_RECENT_MINUTES = 7 * 24 * 60

_MARKS = {"done": "done", "partly": "partly done", "missed": "", "now": "now", "ahead": ""}


def day_lines(days: Days) -> Iterator[str]:
    """Yield the sessions with their pieces, then the timer, then what was missed."""
    if not days.is_published:
        yield "Nothing is published yet; 'curriculum plan' makes a plan."
        return
    shown = ""
    for event in days.sessions:
        assert event.session is not None, "only sessions are ever shown"
        zone = shown_zone(event.session, days.now, days.zone)
        today = day_text(event.session.start, zone)
        if today != shown:
            yield today
            shown = today
        yield from _session_lines(event, days)
    if not days.sessions:
        yield _nothing(days)
    if days.recorded:
        yield from ("", f"Recorded: {minutes_text(days.recorded)}.")
    if days.progress.timer is not None and not days.is_over:
        yield from ("", _timer(days.progress.timer, days.now))
    yield from _missed_lines(days.unlogged.open, days.zone)
    yield from _settled_lines(days)


def _session_lines(event: PublishedEvent, days: Days) -> Iterator[str]:
    session = event.session
    assert session is not None
    marks = [_MARKS[state(event, days)]]
    if is_held(event.entry.uid, session, days.progress):
        marks.append("pinned")
    note = ", ".join(mark for mark in marks if mark)
    zone = shown_zone(session, days.now, days.zone)
    line = f"  {clock_text(session.start, session.end, zone)}  {event.entry.summary}"
    yield f"{line}  ({note})" if note else line
    for piece in session.pieces:
        line = f"               {piece.unit}: {hours_text(piece.minutes)}"
        if piece.pages is not None:
            line += f", pages {piece.pages}"
        yield line


def _nothing(days: Days) -> str:
    if days.is_over:
        return "Nothing was planned."
    if days.ahead is None or days.ahead.session is None:
        return "Nothing is on, and nothing is planned ahead; 'curriculum plan' plans what is left."
    session = days.ahead.session
    day = day_text(session.start, days.zone)
    clock = clock_text(session.start, session.end, days.zone)
    return f"Nothing is on. Next: {day}, {clock}, {days.ahead.entry.summary}."


def _timer(timer: Started, now: int) -> str:
    started = int(timer.at.timestamp()) // 60
    return f"Timer: {timer.unit}, for {hours_text(max(0, now - started))}."


def _settled_lines(days: Days) -> Iterator[str]:
    """Yield what is known of sessions that were not logged: nothing more needs to be done."""
    missed, rescheduled = days.unlogged.missed, days.unlogged.rescheduled
    if missed:
        yield ""
        yield f"Missed: {_total(missed)}; 'curriculum plan' reschedules what is left to do."
    at = days.unlogged.rescheduled_at
    if at is None or at < days.now - _RECENT_MINUTES:
        return
    was = "was" if len(rescheduled) == 1 else "were"
    sessions = counted(len(rescheduled), "unlogged session")
    total = hours_text(sum(one.minutes_left for one in rescheduled))
    yield ""
    yield f"{sessions} ({total}) {was} rescheduled on {day_text(at, days.zone)}."
    since = local(rescheduled[0].session.start, days.zone).date()
    yield f"Studied as planned after all? 'curriculum done --since {since}'."


def _missed_lines(missed: Sequence[SessionOutcome], zone: tzinfo) -> Iterator[str]:
    if not missed:
        return
    yield ""
    yield f"Not logged: {_total(missed)}"
    earlier = len(missed) - MOST_MISSED_LISTED
    if earlier > 0:
        yield f"  {earlier} earlier, and"
    for one in missed[-MOST_MISSED_LISTED:]:
        there = session_zone(one.session, zone)
        start = local(one.session.start, there)
        clock = clock_text(one.session.start, one.session.end, there)
        units = ", ".join(dict.fromkeys(piece.unit for piece in one.session.pieces))
        yield f"  {start:%a} {start.day} {clock}  {units}"
    yield "Studied as planned? 'curriculum done'. Otherwise 'curriculum plan' reschedules the rest."


def _total(sessions: Sequence[SessionOutcome]) -> str:
    total = hours_text(sum(one.minutes_left for one in sessions))
    return f"{total} in {counted(len(sessions), 'session')}"
