"""How much of the planned study was really done, over all published sessions of the past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta, tzinfo

from curriculum.model.forecast import Attendance
from curriculum.model.identifiers import UnitId
from curriculum.model.lived_days import fact_day, session_day
from curriculum.model.plan import Session
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import Done, Named


def attendance_of(
    sessions: Sequence[Named],
    done: Mapping[str, Done],
    progress: Progress,
    today: date,
    zone: tzinfo,
) -> Attendance | None:
    """Return the minutes studied and planned in the sessions of the days before today.

    None without such a session. Minutes beyond those planned for one session make up for another
    one, but never add up to more than was planned. Minutes planned for a unit on the day it was
    finished or skipped, or later, count only as far as they were studied: nobody had to keep them.

    Args:
        sessions: The published sessions that are over. Those of today are left out: what was
            studied may not be logged yet.
        done: UID of a session to what was really studied in it.
        progress: When units were finished or skipped.
        today: The local day.
        zone: The zone of the person's clock.
    """
    settled = _settled_days(progress, zone)
    studied: Counter[date] = Counter()
    planned: Counter[date] = Counter()
    for uid, session in sessions:
        day = session_day(session, zone)
        if day >= today:
            continue
        monday = day - timedelta(days=day.weekday())
        actual = Counter(dict(done.get(uid, ())))
        studied[monday] += actual.total()
        for unit, minutes in _planned(session).items():
            is_needed = day < settled.get(unit, today)
            planned[monday] += minutes if is_needed else min(minutes, actual[unit])
    weeks = sorted(monday for monday, minutes in planned.items() if minutes)
    if not weeks:
        return None
    shares = tuple(min(1.0, studied[monday] / planned[monday]) for monday in weeks)
    return Attendance(min(studied.total(), planned.total()), planned.total(), shares)


def _settled_days(progress: Progress, zone: tzinfo) -> dict[UnitId, date]:
    """Return the local day on which each unit was finished or skipped."""
    facts = {**progress.skipped, **progress.finished}
    return {unit: fact_day(fact, zone) for unit, fact in facts.items()}


def _planned(session: Session) -> Counter[UnitId]:
    planned: Counter[UnitId] = Counter()
    for piece in session.pieces:
        planned[piece.unit] += piece.minutes
    return planned
