"""What counts for the caps of a week before a plan is made in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from curriculum.model.identifiers import TRACKS, work_of
from curriculum.model.ledger import Ledger
from curriculum.model.plan import instant, midnight
from curriculum.model.settings import UNCAPPED, DayRange
from curriculum.progress.session_outcomes import missed_minutes
from curriculum.progress.study_record import StudyEntry, study_record
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
    if workspace.settings.cap == UNCAPPED:
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


def studied_by_track(workspace: Workspace, now: int) -> tuple[int, int]:
    """Return the minutes of each track recorded in the week of a minute; none without quotas."""
    settings = workspace.settings
    if not (settings.textbooks.at_least or settings.papers.at_least):
        return (0, 0)
    found = [0, 0]
    works = workspace.library.works
    for entry in _entries(workspace, now):
        work = works.get(work_of(entry.unit))
        if work is not None:
            found[TRACKS.index(work.track)] += entry.minutes
    return found[0], found[1]


def studied_in_week(workspace: Workspace, now: int) -> Mapping[date, int]:
    """Return the minutes of study recorded on each day of the week of a minute, until then.

    Nothing is recorded where nothing is capped.
    """
    found = Counter[date]()
    if workspace.settings.cap == UNCAPPED:
        return found
    for entry in _entries(workspace, now):
        found[entry.day] += entry.minutes
    return found


def _entries(workspace: Workspace, now: int) -> tuple[StudyEntry, ...]:
    """Return what was recorded in the week of a minute."""
    zone = workspace.zone
    monday = monday_of(instant(now).astimezone(zone).date())
    week = DayRange(monday, monday + timedelta(days=6))
    return study_record(workspace.progress, workspace.efforts, week, zone)
