"""The sessions of a day or a week, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from curriculum import services
from curriculum.availability.sittings import sittings
from curriculum.calendars.habit_events import published_sittings
from curriculum.model.habits import Sitting, SittingKind
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.lived_days import shown_zone
from curriculum.model.plan import instant, midnight
from curriculum.model.settings import DayRange
from curriculum.progress.agenda import Days
from curriculum.progress.session_outcomes import (
    Named,
    SessionOutcome,
    session_outcomes,
    units_without_minutes,
)
from curriculum.progress.unlogged import Unlogged, unlogged
from curriculum.services.resting import resting_today
from curriculum.services.snapshot import Snapshot
from curriculum.services.study_log import study_of_days


def agenda_of_today(snapshot: Snapshot, day: date | None = None) -> Days:
    """Return what there is to say of today, or of another day.

    Raises:
        CurriculumError: A file cannot be read.
    """
    shown = day or snapshot.today
    days = _days(snapshot, DayRange(shown, shown))
    if shown != snapshot.today:
        return days
    return replace(days, resting=resting_today(snapshot))


def agenda_of_week(snapshot: Snapshot, later: int = 0, days: DayRange | None = None) -> Days:
    """Return what there is to say of a week from Monday to Sunday, or of a range of days.

    Args:
        snapshot: The workspace.
        later: So many weeks after the days that are asked for.
        days: The days; a single day stands for its week, None for this week.

    Raises:
        CurriculumError: A file cannot be read.
    """
    asked = days or DayRange(snapshot.today, snapshot.today)
    first, last = asked
    if first == last:
        first -= timedelta(days=first.weekday())
        last = first + timedelta(days=6)
    moved = timedelta(weeks=later)
    return _days(snapshot, DayRange(first + moved, last + moved))


def _days(snapshot: Snapshot, days: DayRange) -> Days:
    """Return what there is to say of some days."""
    zone = snapshot.zone
    now = snapshot.minute
    ledger = snapshot.ledger
    end = midnight(days.last + timedelta(days=1), zone)
    sessions = ledger.sessions()
    shown = _uids_of_days(snapshot, sessions, days)
    later = _first_after(sessions, max(end, now))
    asked = {*shown, later}
    known = [named for named in sessions if named[1].end <= now or named[0] in asked]
    efforts = _efforts(snapshot, known)
    outcomes = session_outcomes(known, snapshot.progress, efforts, now, zone)
    is_over = days.last < snapshot.today
    return Days(
        sessions=tuple(ledger.events[uid] for uid in shown),
        outcomes=outcomes,
        ahead=None if later is None else ledger.events[later],
        unlogged=_unlogged(snapshot, outcomes, shown if is_over else tuple(outcomes)),
        progress=snapshot.progress,
        now=now,
        zone=zone,
        is_published=bool(ledger.events),
        is_over=is_over,
        recorded=study_of_days(snapshot, days),
        sittings=_sittings(snapshot, days),
    )


def _sittings(snapshot: Snapshot, days: DayRange) -> tuple[Sitting, ...]:
    """Return the habits and the review as the settings say, and the others as published."""
    held = sittings(snapshot.settings, snapshot.zone, days.first, days.last)
    published = [
        one
        for kind in (SittingKind.EXPLORATION, SittingKind.SKIM)
        for one in published_sittings(snapshot.ledger, snapshot.zone, kind)
    ]
    asked = (one for one in published if days.first <= one.day <= days.last)
    return tuple(sorted((*held, *asked), key=lambda one: (one.start, one.end, one.name)))


def _uids_of_days(snapshot: Snapshot, sessions: Iterable[Named], days: DayRange) -> list[str]:
    """Return the UIDs of the sessions of some days, each in the zone it is shown in."""
    shown: list[str] = []
    for uid, session in sessions:
        zone = shown_zone(session, snapshot.minute, snapshot.zone)
        day = instant(session.start).astimezone(zone).date()
        if days.first <= day <= days.last:
            shown.append(uid)
    return shown


def _first_after(sessions: Iterable[Named], minute: int) -> str | None:
    """Return the UID of the first session that starts at a minute or later."""
    return next((uid for uid, session in sessions if session.start >= minute), None)


def _unlogged(
    snapshot: Snapshot, outcomes: Mapping[str, SessionOutcome], uids: Iterable[str]
) -> Unlogged:
    """Return which of some sessions were not logged; a look back is about the past days alone."""
    asked = [outcomes[uid] for uid in uids]
    return unlogged(asked, snapshot.progress, snapshot.ledger.rescheduled)


def _efforts(snapshot: Snapshot, sessions: Iterable[Named]) -> Mapping[UnitId, int]:
    """Return the efforts without which it cannot be told what became of sessions.

    Mostly there are none, and then no syllabus is read: that would take longer than all the rest.
    """
    units = units_without_minutes(sessions, snapshot.progress)
    works = {work_of(unit) for unit in units}
    if not works:
        return {}
    return services.workspace.workspace_of(snapshot).efforts_of_works(works)
