"""Check that each track is studied only in hours that are open to it, from the plan alone.

As all of the audit it shares no code with the planner: it reads the clock at each minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta, tzinfo

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import Track
from curriculum.model.plan import EPOCH, Plan, Session
from curriculum.model.study_hours import Week

_MINUTE = timedelta(minutes=1)


def in_hours_of_others(
    plan: Plan, week: Week, zone: tzinfo, kept: Sequence[Session]
) -> Iterator[str]:
    """Yield a sentence for each session in hours that are closed to its track.

    Sessions that stay in place are held whatever the hours say.
    """
    if not any(window.track for windows in week for window in windows):
        return
    for session in plan.sessions:
        if any(one.start <= session.start and session.end <= one.end for one in kept):
            continue
        for minute in range(session.start, session.end):
            if _is_closed(minute, session.track, week, zone):
                begin = EPOCH + minute * _MINUTE
                yield f"{session.track} are studied at {begin:%Y-%m-%dT%H:%MZ}, in other hours"
                break


def _is_closed(minute: int, track: Track, week: Week, zone: tzinfo) -> bool:
    """Return whether a minute lies in a window of the other track, and in none open to this one."""
    shown = (EPOCH + minute * _MINUTE).astimezone(zone)
    clock = 60 * shown.hour + shown.minute
    found = {one.track for one in week[shown.weekday()] if one.start <= clock < one.end}
    # A window over midnight belongs to the day before.
    clock += 24 * 60
    found |= {one.track for one in week[shown.weekday() - 1] if one.start <= clock < one.end}
    return bool(found) and found.isdisjoint(("", track))


def without_proof(plan: Plan, curriculum: Curriculum, *, is_exact: bool) -> Iterator[str]:
    """Yield a sentence if units are late without a certificate where certificates are complete.

    They are, unless units have dates before which they may not start or require some of the other
    track.
    """
    if plan.unproven and is_exact and not _is_inexact(curriculum):
        yield f"'{plan.unproven[0]}' is late without a certificate, and these are complete here"


def _is_inexact(curriculum: Curriculum) -> bool:
    if any(reached.goal.from_ is not None for reached in curriculum.goals):
        return True
    track = {unit: one.track for unit, one in curriculum.details.items()}
    return any(
        track[other] != track[unit]
        for unit, required in curriculum.requires.items()
        for other in required
        if other in track and unit in track
    )
