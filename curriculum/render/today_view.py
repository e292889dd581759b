"""The sessions of a day or a week, what of them is done, and what was missed; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from curriculum.graph.history import Done, Missed
from curriculum.model.journal import Fact
from curriculum.model.ledger import Published
from curriculum.model.plan import Piece
from curriculum.model.progress import Progress
from curriculum.render.plan_json import utc
from curriculum.render.words import clock, counted, day, hours, local

Json = dict[str, Any]  # Any: a tree of JSON values

MOST_MISSED = 5


@dataclass(frozen=True, slots=True)
class Days:
    """What is said of some days.

    Attributes:
        sessions: The published sessions of the days, in calendar order.
        done: UID of a session to what was done in it; sessions ahead may have something too.
        missed: Sessions before that were not held and are still to do, in calendar order.
        ahead: The next session after the days; None when nothing is published ahead.
        progress: The timer and the pins.
        now: The minute of now.
        zone: The zone of the person's clock.
        is_published: Whether anything was ever published.
    """

    sessions: Sequence[Published]
    done: Mapping[str, Done]
    missed: Sequence[Missed]
    ahead: Published | None
    progress: Progress
    now: int
    zone: tzinfo
    is_published: bool


def day_lines(days: Days) -> Iterator[str]:
    """Yield the sessions with their pieces, then the timer, and what was missed with the ways on."""
    if not days.is_published:
        yield "Nothing is published yet; 'curriculum plan' makes a plan."
        return
    shown = ""
    for event in days.sessions:
        assert event.session is not None, "only sessions are ever shown"
        today = day(event.session.start, days.zone)
        if today != shown:
            yield today
            shown = today
        yield from _session_lines(event, days)
    if not days.sessions:
        yield _nothing(days)
    if days.progress.timer is not None:
        yield from ("", _timer(days.progress.timer, days.now))
    yield from _missed_lines(days.missed, days.zone)


def _session_lines(event: Published, days: Days) -> Iterator[str]:
    session = event.session
    assert session is not None
    marks = [_MARKS[state(event, days)], *(["pinned"] if event.entry.uid in days.progress.pins else [])]
    told = ", ".join(mark for mark in marks if mark)
    yield f"  {clock(session.start, session.end, days.zone)}  {event.entry.summary}{f'  ({told})' if told else ''}"
    for piece in session.pieces:
        pages = f", pages {piece.pages}" if piece.pages is not None else ""
        yield f"               {piece.unit}: {hours(piece.minutes)}{pages}"


_MARKS = {"done": "done", "partly": "partly done", "missed": "", "now": "now", "ahead": ""}


def state(event: Published, days: Days) -> str:
    """Return how it stands with a session: `done`, `partly`, `missed`, `now` or `ahead`."""
    session = event.session
    assert session is not None
    real = dict(days.done.get(event.entry.uid, ()))
    if all(piece.unit in days.progress.done or real.get(piece.unit, 0) >= piece.minutes for piece in session.pieces):
        return "done"
    if real:
        return "partly"
    if session.end <= days.now:
        return "missed"
    return "now" if session.start <= days.now else "ahead"


def _nothing(days: Days) -> str:
    if days.ahead is None or days.ahead.session is None:
        return "Nothing is on, and nothing is planned ahead; 'curriculum plan' plans what is left."
    session = days.ahead.session
    when = f"{day(session.start, days.zone)}, {clock(session.start, session.end, days.zone)}"
    return f"Nothing is on. Next: {when}, {days.ahead.entry.summary}."


def _timer(timer: Fact, now: int) -> str:
    return f"Timer: {timer.unit}, for {hours(max(0, now - int(timer.at.timestamp()) // 60))}."


def _missed_lines(missed: Sequence[Missed], zone: tzinfo) -> Iterator[str]:
    if not missed:
        return
    total = hours(sum(one.minutes for one in missed))
    yield from ("", f"Not accounted for: {total} in {counted(len(missed), 'session')}")
    if len(missed) > MOST_MISSED:
        yield f"  {len(missed) - MOST_MISSED} earlier ones, and"
    for one in missed[-MOST_MISSED:]:
        when = f"{local(one.session.start, zone):%a} {local(one.session.start, zone).day}"
        units = ", ".join(dict.fromkeys(piece.unit for piece in one.session.pieces))
        yield f"  {when} {clock(one.session.start, one.session.end, zone)}  {units}"
    yield "Studied as planned? 'curriculum done'. Otherwise 'curriculum plan' goes on from here."


def days_json(days: Days) -> Json:
    """Return the sessions as JSON; instants in UTC."""
    return {
        "now": utc(days.now),
        "sessions": [_session_json(event, days) for event in days.sessions],
        "timer": None if days.progress.timer is None else _timer_json(days.progress.timer),
        "missed": [
            {"uid": one.uid, "start": utc(one.session.start), "end": utc(one.session.end), "minutes": one.minutes}
            for one in days.missed
        ],
        "next": None if days.ahead is None else _session_json(days.ahead, days),
    }


def _timer_json(timer: Fact) -> Json:
    return {"unit": timer.unit, "since": f"{timer.at:%Y-%m-%dT%H:%M:%SZ}"}


def _session_json(event: Published, days: Days) -> Json:
    session = event.session
    assert session is not None
    return {
        "uid": event.entry.uid,
        "start": utc(session.start),
        "end": utc(session.end),
        "track": session.track,
        "summary": event.entry.summary,
        "pieces": list(_pieces_json(session.pieces)),
        "done": [{"unit": unit, "minutes": minutes} for unit, minutes in days.done.get(event.entry.uid, ())],
        "state": state(event, days),
        "pinned": event.entry.uid in days.progress.pins,
    }


def _pieces_json(pieces: Iterable[Piece]) -> Iterator[Json]:
    for piece in pieces:
        pages = None if piece.pages is None else [piece.pages.first, piece.pages.last]
        yield {"unit": piece.unit, "minutes": piece.minutes, "pages": pages}
