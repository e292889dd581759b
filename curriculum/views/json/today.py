"""The sessions of some days as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from curriculum.model.habits import SittingKind
from curriculum.model.journal import Started
from curriculum.model.json_value import Json
from curriculum.model.ledger import PublishedEvent
from curriculum.model.plan import Piece
from curriculum.progress.agenda import Days, state
from curriculum.progress.pins import is_held
from curriculum.views.json.plan import utc
from curriculum.views.json.study_log import totals_json


def days_json(days: Days) -> Json:
    """Return the sessions as JSON; instants in UTC."""
    return {
        "now": utc(days.now),
        "sessions": [_session_json(event, days) for event in days.sessions],
        "habits": [
            {"name": one.name, "start": utc(one.start), "end": utc(one.end)}
            for one in days.sittings
            if one.kind is SittingKind.HABIT
        ],
        "review": _sittings_json(days, SittingKind.REVIEW),
        "exploration": _sittings_json(days, SittingKind.EXPLORATION),
        "skim": _sittings_json(days, SittingKind.SKIM),
        "recorded": totals_json(days.recorded),
        "resting": [
            {"unit": unit, "rests_until": day.isoformat()} for unit, day in days.resting.items()
        ],
        "timer": None if days.progress.timer is None else _timer_json(days.progress.timer),
        "missed": [
            {
                "uid": one.uid,
                "start": utc(one.session.start),
                "end": utc(one.session.end),
                "minutes": one.minutes_left,
                "rescheduled": one in days.unlogged.rescheduled,
            }
            for one in days.missed
        ],
        "next": None if days.ahead is None else _session_json(days.ahead, days),
    }


def _sittings_json(days: Days, kind: SittingKind) -> list[Json]:
    found = (one for one in days.sittings if one.kind is kind)
    return [{"start": utc(one.start), "end": utc(one.end)} for one in found]


def _timer_json(timer: Started) -> Json:
    return {"unit": timer.unit, "since": f"{timer.at:%Y-%m-%dT%H:%M:%SZ}"}


def _session_json(event: PublishedEvent, days: Days) -> Json:
    session = event.session
    assert session is not None
    return {
        "uid": event.entry.uid,
        "start": utc(session.start),
        "end": utc(session.end),
        "track": session.track,
        "summary": event.entry.summary,
        "pieces": list(_pieces_json(session.pieces)),
        "done": [{"unit": unit, "minutes": minutes} for unit, minutes in days.done(event)],
        "state": state(event, days),
        "pinned": is_held(event.entry.uid, session, days.progress),
    }


def _pieces_json(pieces: Iterable[Piece]) -> Iterator[Json]:
    for piece in pieces:
        pages = None if piece.pages is None else [piece.pages.first, piece.pages.last]
        yield {"unit": piece.unit, "minutes": piece.minutes, "pages": pages}
