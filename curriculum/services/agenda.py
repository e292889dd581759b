"""The sessions of a day or a week, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from curriculum import services
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.plan import midnight
from curriculum.progress.agenda import Days
from curriculum.progress.session_outcomes import Named, session_outcomes, units_without_minutes
from curriculum.services.snapshot import Snapshot


def agenda_of_today(snapshot: Snapshot) -> Days:
    """Return what there is to say of today.

    Raises:
        CurriculumError: A file cannot be read.
    """
    return _days(snapshot, first=0, count=1)


def agenda_of_week(snapshot: Snapshot, later: int = 0) -> Days:
    """Return what there is to say of a week from Monday to Sunday, so many weeks after this one.

    Raises:
        CurriculumError: A file cannot be read.
    """
    return _days(snapshot, first=7 * later - snapshot.today.weekday(), count=7)


def _days(snapshot: Snapshot, *, first: int, count: int) -> Days:
    """Return what there is to say of some days; the first is so many days after today."""
    zone = snapshot.zone
    now = snapshot.minute
    ledger = snapshot.ledger
    begin = midnight(snapshot.today + timedelta(days=first), zone)
    end = midnight(snapshot.today + timedelta(days=first + count), zone)
    sessions = ledger.sessions()
    shown = [uid for uid, session in sessions if begin <= session.start < end]
    known = [named for named in sessions if named[1].end <= now or named[0] in set(shown)]
    efforts = _efforts(snapshot, known)
    later = next((uid for uid, session in sessions if session.start >= max(end, now)), None)
    return Days(
        sessions=tuple(ledger.events[uid] for uid in shown),
        outcomes=session_outcomes(known, snapshot.progress, efforts, now, zone),
        ahead=None if later is None else ledger.events[later],
        progress=snapshot.progress,
        now=now,
        zone=zone,
        is_published=bool(ledger.events),
    )


def _efforts(snapshot: Snapshot, sessions: Iterable[Named]) -> Mapping[UnitId, int]:
    """Return the efforts without which it cannot be told what became of sessions.

    Mostly there are none, and then no syllabus is read: that would take longer than all the rest.
    """
    units = units_without_minutes(sessions, snapshot.progress)
    works = {work_of(unit) for unit in units}
    if not works:
        return {}
    workspace = services.workspace.Workspace(snapshot.context, results="none")
    return workspace.efforts_of_works(works)
