"""Find when only one track has work that is ready, and what the other one waits for."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.idle_time import IdleTime
from curriculum.model.plan import Plan, Reason, Session


def idle_times(plan: Plan) -> tuple[IdleTime, ...]:
    """Return each time in which a track had nothing ready, between two of its sessions."""
    found = []
    for track in TRACKS:
        found += _idle_times(plan, track)
    return tuple(sorted(found, key=lambda idle: idle.start))


def _idle_times(plan: Plan, track: Track) -> list[IdleTime]:
    found = []
    alone: list[Session] = []
    for session in plan.sessions:
        if session.track == track:
            if alone:
                found.append(_idle_time(plan, track, alone, session))
            alone = []
        elif session.because is Reason.ORDER:
            alone.append(session)
    if alone:
        found.append(_idle_time(plan, track, alone, None))
    return found


def _idle_time(
    plan: Plan, track: Track, alone: Sequence[Session], ended_by: Session | None
) -> IdleTime:
    """Return an idle time: the sessions of the other track in it, and the one that ends it."""
    minutes = sum(session.end - session.start for session in alone)
    if ended_by is None:
        return IdleTime(track, alone[0].start, minutes)
    first = ended_by.pieces[0].unit
    placement = next(placement for placement in plan.units if placement.unit == first)
    return IdleTime(
        track,
        alone[0].start,
        minutes,
        until=ended_by.start,
        waits_for=placement.enabler,
    )
