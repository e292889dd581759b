"""What counts for the caps of a week before a plan is made in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from curriculum.model.ledger import Ledger
from curriculum.model.plan import instant, midnight
from curriculum.model.settings import Cap, DayRange
from curriculum.progress.session_outcomes import missed_minutes
from curriculum.progress.study_record import study_record
from curriculum.schedule.caps import WeekSoFar
from curriculum.schedule.slots import monday_of
from curriculum.services.past_sessions import PastSessions
from curriculum.services.workspace import Workspace


def week_so_far(
    workspace: Workspace, ledger: Ledger, past: PastSessions, now: int
) -> WeekSoFar | None:
    """Return what there was before a minute in its week; None where nothing is capped.

    Args:
        workspace: The workspace.
        ledger: What is published.
        past: What became of it.
        now: The minute that the plan is made for.
    """
    if workspace.settings.cap == Cap():
        return None
    zone = workspace.zone
    today = instant(now).astimezone(zone).date()
    monday = midnight(monday_of(today), zone)
    pins = workspace.progress.pins
    sessions = [
        session
        for uid, session in ledger.sessions()
        if uid not in pins or pins[uid].start < now  # one that is held later is still to come
    ]
    studied = studied_in_week(workspace, now)
    # The time of a session that was said to be missed is not free any more.
    still_free = (one for one in past.missed if one.uid not in workspace.progress.missed)
    return WeekSoFar(
        since=min((session.start for session in sessions), default=now),
        sessions=tuple(one for one in sessions if monday <= one.start < now),
        logged_today=studied.get(today, 0),
        logged=sum(studied.values()),
        missed=missed_minutes(still_free, now, zone),
    )


def studied_in_week(workspace: Workspace, now: int) -> Mapping[date, int]:
    """Return the minutes of study recorded on each day of the week of a minute, until then.

    Nothing is recorded where nothing is capped.
    """
    found = Counter[date]()
    if workspace.settings.cap == Cap():
        return found
    zone = workspace.zone
    monday = monday_of(instant(now).astimezone(zone).date())
    week = DayRange(monday, monday + timedelta(days=6))
    for entry in study_record(workspace.progress, workspace.efforts, week, zone):
        found[entry.day] += entry.minutes
    return found
