"""Today as a page: what is on, what was not logged, what waits, and a note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from curriculum.model.formatting import clock_text, day_text, hours_text
from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import session_zone
from curriculum.practice.waiting import Waiting
from curriculum.progress.agenda import Days
from curriculum.progress.session_outcomes import SessionOutcome
from curriculum.views.html.frame import Frame
from curriculum.views.html.rendering import rendered
from curriculum.views.html.sessions import ShownSession, shown_days, shown_session
from curriculum.views.text.study_log import minutes_text
from curriculum.views.text.today import rest_text


@dataclass(frozen=True, slots=True)
class UnloggedSession:
    """A session that is over and of which nothing is known."""

    uid: str
    when: str
    track: Track
    units: tuple[UnitId, ...]
    minutes: int


def today_content(frame: Frame, days: Days, waiting: Waiting) -> Markup:
    """Return what there is to see and to do today."""
    shown = tuple(shown_days(days))
    return rendered(
        "today.html",
        frame=frame,
        is_published=days.is_published,
        days=shown,
        today=day_text(days.now, days.zone),
        ahead=None if days.sessions else _ahead(days),
        resting=[f"{unit} {rest_text(day)}" for unit, day in days.resting.items()],
        recorded=minutes_text(days.recorded) if days.recorded else "",
        unlogged=tuple(_unlogged(days)),
        unlogged_total=_total(days.unlogged.open),
        missed_total=_total(days.unlogged.missed),
        units=_units(shown_session(event, days) for event in days.sessions),
        waiting=waiting,
    )


def _ahead(days: Days) -> ShownSession | None:
    return None if days.ahead is None else shown_session(days.ahead, days)


def _units(sessions: Iterator[ShownSession]) -> tuple[UnitId, ...]:
    """Return the units of some sessions, each once."""
    return tuple(dict.fromkeys(unit for session in sessions for unit in session.units))


def _unlogged(days: Days) -> Iterator[UnloggedSession]:
    for one in days.unlogged.open:
        there = session_zone(one.session, days.zone)
        clock = clock_text(one.session.start, one.session.end, there)
        units = tuple(dict.fromkeys(piece.unit for piece in one.session.pieces))
        when = f"{day_text(one.session.start, there)}, {clock}"
        yield UnloggedSession(one.uid, when, one.session.track, units, one.minutes_left)


def _total(sessions: Sequence[SessionOutcome]) -> str:
    return hours_text(sum(one.minutes_left for one in sessions)) if sessions else ""
