"""The sessions of a day or a week, what became of them, and what was missed, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from operator import itemgetter

from curriculum.model.formatting import clock_text, counted, day_text, hours_text, local
from curriculum.model.habits import SittingKind
from curriculum.model.journal import Started
from curriculum.model.ledger import PublishedEvent
from curriculum.model.lived_days import session_zone, shown_zone
from curriculum.progress.agenda import Days
from curriculum.progress.agenda import state as state_of
from curriculum.progress.pins import is_held
from curriculum.progress.session_outcomes import SessionOutcome
from curriculum.views.text.lines import ADVICE, Part, StyledLine, advice, line, marked
from curriculum.views.text.signs import SIGNS
from curriculum.views.text.study_log import minutes_text

MOST_MISSED_LISTED = 5
"""Sessions without a record that are listed; earlier ones are only counted."""

_RECENT_MINUTES = 7 * 24 * 60

BECAME = {
    "done": "done",
    "partly": "partly done",
    "missed": "missed",
    "unlogged": "not logged",
    "now": "now",
}
"""What became of a session, in words; nothing is said of one that is ahead."""

_TITLE_COLUMN = 17
"""Where the titles of sessions begin, and what is below them."""

_CLOCK_COLUMN = 2

_Shown = tuple[int, str, tuple[StyledLine, ...]]
"""When something begins, its day in words, and its lines."""


def day_lines(days: Days) -> Iterator[StyledLine]:
    """Yield the sessions with their pieces, then the timer, then what was missed."""
    if not days.is_published:
        yield line("Nothing is published yet", ("; 'curriculum plan' makes a plan.", ADVICE))
        return
    shown = ""
    for _, today, lines in sorted((*_sessions(days), *_habits(days)), key=itemgetter(0)):
        if today != shown:
            yield line((today, "heading"))
            shown = today
        yield from lines
    if not days.sessions:
        yield _nothing(days)
    yield from _resting_lines(days)
    if days.recorded:
        yield line("")
        yield line(f"Recorded: {minutes_text(days.recorded)}.")
    if days.progress.timer is not None and not days.is_over:
        yield line("")
        yield line(_timer(days.progress.timer, days.now))
    yield from _missed_lines(days.unlogged.open, days.zone)
    yield from _settled_lines(days)


def _sessions(days: Days) -> Iterator[_Shown]:
    for event in days.sessions:
        assert event.session is not None, "only sessions are ever shown"
        zone = shown_zone(event.session, days.now, days.zone)
        start = event.session.start
        yield start, day_text(start, zone), tuple(_session_lines(event, days))


def _habits(days: Days) -> Iterator[_Shown]:
    for one in days.sittings:
        clock = clock_text(one.start, one.end, days.zone)
        name = f"habit: {one.name}" if one.kind is SittingKind.HABIT else one.name
        habit = line(f"{'':{_CLOCK_COLUMN}}{clock}  {name}", hang=_TITLE_COLUMN)
        yield one.start, day_text(one.start, days.zone), (habit,)


def _session_lines(event: PublishedEvent, days: Days) -> Iterator[StyledLine]:
    session = event.session
    assert session is not None
    zone = shown_zone(session, days.now, days.zone)
    clock = clock_text(session.start, session.end, zone)
    state = became(event, days)
    sign = SIGNS.get(state, "")
    yield line(
        (f"{sign:<{_CLOCK_COLUMN}}", state),
        f"{clock}  ",
        marked(session.track),
        f" {event.entry.summary}",
        *_notes(event, state, days),
        hang=_TITLE_COLUMN,
    )
    for piece in session.pieces:
        pages = "" if piece.pages is None else f", pages {piece.pages}"
        yield line(f"{'':{_TITLE_COLUMN}}{piece.unit}: {hours_text(piece.minutes)}{pages}")


def became(event: PublishedEvent, days: Days) -> str:
    """Return what became of a session; one of which nothing is known is `unlogged`."""
    found = state_of(event, days)
    is_open = any(one.uid == event.entry.uid for one in days.unlogged.open)
    return "unlogged" if found == "missed" and is_open else found


def _notes(event: PublishedEvent, state: str, days: Days) -> Iterator[Part]:
    """Yield in words what became of a session, and whether it is pinned."""
    if state in BECAME:
        yield "  ", ""
        yield f"({BECAME[state]})", state
    assert event.session is not None
    if is_held(event.entry.uid, event.session, days.progress):
        yield "  ", ""
        yield marked("pinned", "pinned")


def _nothing(days: Days) -> StyledLine:
    if days.is_over:
        return line("Nothing was planned.")
    if days.ahead is None or days.ahead.session is None:
        todo = "; 'curriculum plan' plans what is left."
        return line("Nothing is on, and nothing is planned ahead", (todo, ADVICE))
    session = days.ahead.session
    day = day_text(session.start, days.zone)
    clock = clock_text(session.start, session.end, days.zone)
    return line(f"Nothing is on. Next: {day}, {clock}, {days.ahead.entry.summary}.")


def _resting_lines(days: Days) -> Iterator[StyledLine]:
    if days.resting:
        yield line("")
    for unit, day in days.resting.items():
        yield line(f"{unit} {rest_text(day)}.")


def rest_text(day: date) -> str:
    """Return in words until when a unit rests."""
    return f"rests until {day:%a} {day.day} {day:%b %Y}, for the gap of its work"


def _timer(timer: Started, now: int) -> str:
    started = int(timer.at.timestamp()) // 60
    return f"Timer: {timer.unit}, for {hours_text(max(0, now - started))}."


def _settled_lines(days: Days) -> Iterator[StyledLine]:
    """Yield what is known of sessions that were not logged: nothing more needs to be done."""
    missed, rescheduled = days.unlogged.missed, days.unlogged.rescheduled
    if missed:
        yield line("")
        todo = "; 'curriculum plan' reschedules what is left to do."
        yield line((f"Missed: {_total(missed)}", "missed"), (todo, ADVICE))
    at = days.unlogged.rescheduled_at
    if at is None or at < days.now - _RECENT_MINUTES:
        return
    was = "was" if len(rescheduled) == 1 else "were"
    sessions = counted(len(rescheduled), "unlogged session")
    total = hours_text(sum(one.minutes_left for one in rescheduled))
    yield line("")
    yield line(f"{sessions} ({total}) {was} rescheduled on {day_text(at, days.zone)}.")
    since = local(rescheduled[0].session.start, days.zone).date()
    yield advice(f"Studied as planned after all? 'curriculum done --since {since}'.")


def _missed_lines(missed: Sequence[SessionOutcome], zone: tzinfo) -> Iterator[StyledLine]:
    if not missed:
        return
    yield line("")
    yield line((f"Not logged: {_total(missed)}", "unlogged"))
    earlier = len(missed) - MOST_MISSED_LISTED
    if earlier > 0:
        yield line(f"  {earlier} earlier, and")
    for one in missed[-MOST_MISSED_LISTED:]:
        there = session_zone(one.session, zone)
        start = local(one.session.start, there)
        clock = clock_text(one.session.start, one.session.end, there)
        units = ", ".join(dict.fromkeys(piece.unit for piece in one.session.pieces))
        yield line(f"  {start:%a} {start.day} {clock}  ", marked(one.session.track), f" {units}")
    yield advice(
        "Studied as planned? 'curriculum done'. Otherwise 'curriculum plan' reschedules the rest."
    )


def _total(sessions: Sequence[SessionOutcome]) -> str:
    total = hours_text(sum(one.minutes_left for one in sessions))
    return f"{total} in {counted(len(sessions), 'session')}"
