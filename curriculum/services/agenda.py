"""The sessions of a day or a week, and what became of them."""

from __future__ import annotations

from datetime import timedelta

from curriculum.model.plan import midnight
from curriculum.progress.agenda import Days
from curriculum.progress.session_outcomes import actual_minutes, missed
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
    over = [named for named in sessions if named[1].end <= now]
    shown = [named for named in sessions if begin <= named[1].start < end]
    ahead = [named for named in shown if named[1].end > now]
    done = actual_minutes([*over, *ahead], snapshot.progress, {}, zone)
    later = next((uid for uid, session in sessions if session.start >= max(end, now)), None)
    return Days(
        sessions=tuple(ledger.events[uid] for uid, _ in shown),
        done=done,
        missed=missed(over, done, snapshot.progress),
        ahead=None if later is None else ledger.events[later],
        progress=snapshot.progress,
        now=now,
        zone=zone,
        is_published=bool(ledger.events),
    )
