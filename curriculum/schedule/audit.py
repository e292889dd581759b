"""Check a finished plan against its promises, from the plan alone; it shares no code with the planner.

What it finds is a bug of ours, never a mistake of the user: a plan with a finding must not be published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from curriculum.model.curriculum import Curriculum
from curriculum.model.names import UnitId
from curriculum.model.plan import EPOCH, FreeDay, Plan, Session
from curriculum.model.settings import Settings


def audit(
    plan: Plan, curriculum: Curriculum, free: Sequence[FreeDay], settings: Settings, zone: tzinfo
) -> tuple[str, ...]:
    """Return what is wrong with a plan, one sentence each; nothing when promises P1 to P3 hold."""
    return (
        *_sessions(plan, settings),
        *_outside(plan, free),
        *_tracks(plan),
        *_minutes(plan, curriculum),
        *_order(plan, curriculum),
        *_early(plan, curriculum, zone),
        *_late(plan, curriculum, zone),
        *_certificates(plan, curriculum, zone),
    )


def _sessions(plan: Plan, settings: Settings) -> Iterator[str]:
    longest = settings.session.longest // timedelta(minutes=1)
    for session in plan.sessions:
        length = session.end - session.start
        if length != sum(piece.minutes for piece in session.pieces) or min(p.minutes for p in session.pieces) < 1:
            yield f"the pieces of the session at {_at(session.start)} do not add up to its length"
        if length > longest:
            yield f"the session at {_at(session.start)} is longer than {longest} minutes"
        if session.start < plan.start:
            yield f"the session at {_at(session.start)} begins before the plan"
    for earlier, later in pairwise(plan.sessions):
        if later.start < earlier.end:
            yield f"the sessions at {_at(earlier.start)} and {_at(later.start)} overlap"


def _outside(plan: Plan, free: Sequence[FreeDay]) -> Iterator[str]:
    stretches = sorted(stretch for day in free for stretch in day.intervals)
    position = 0
    for session in plan.sessions:
        while position < len(stretches) and stretches[position][1] < session.end:
            position += 1
        if position == len(stretches) or session.start < stretches[position][0]:
            yield f"the session at {_at(session.start)} lies outside the free time"
            return


def _tracks(plan: Plan) -> Iterator[str]:
    track = {placement.unit: placement.track for placement in plan.units}
    for session in plan.sessions:
        if any(track[piece.unit] != session.track for piece in session.pieces):
            yield f"the session at {_at(session.start)} holds a unit of another track"


def _minutes(plan: Plan, curriculum: Curriculum) -> Iterator[str]:
    found: dict[UnitId, int] = defaultdict(int)
    for session in plan.sessions:
        for piece in session.pieces:
            found[piece.unit] += piece.minutes
    for unplaced in plan.unplaced:
        found[unplaced.unit] += unplaced.minutes
    if set(found) != set(curriculum.units) or len(plan.units) != len(curriculum.units):
        yield "the plan and the curriculum do not hold the same units"
    for unit, effort in curriculum.efforts.items():
        if unit in found and found[unit] != effort:
            yield f"'{unit}' needs {effort} minutes and the plan accounts for {found[unit]}"


def _order(plan: Plan, curriculum: Curriculum) -> Iterator[str]:
    first, last = _extents(plan.sessions)
    missing = {unplaced.unit for unplaced in plan.unplaced}
    for unit, required in curriculum.requires.items():
        for other in required:
            if unit in first and (other in missing or first[unit] < last[other]):
                yield f"'{unit}' starts before '{other}' is finished"


def _early(plan: Plan, curriculum: Curriculum, zone: tzinfo) -> Iterator[str]:
    first, _ = _extents(plan.sessions)
    for reached in curriculum.goals:
        if reached.goal.from_ is None:
            continue
        release = _local(reached.goal.from_, zone)
        for unit in reached.units:
            if unit in first and first[unit] < release:
                yield f"'{unit}' starts before {_at(release)}"


def _late(plan: Plan, curriculum: Curriculum, zone: tzinfo) -> Iterator[str]:
    """A unit past its due date is a finding unless a certificate names why something must be late."""
    dues = _dues(curriculum, zone)
    _, last = _extents(plan.sessions)
    missing = {unplaced.unit for unplaced in plan.unplaced}
    late = [unit for unit, due in dues.items() if unit in missing or last.get(unit, 0) > due]
    if late and not plan.overload:
        yield f"'{min(late)}' is late and nothing says why"
    for placement in plan.units:
        if placement.deadline != dues.get(placement.unit):
            yield f"the deadline of '{placement.unit}' is not the one its goals give it"


def _certificates(plan: Plan, curriculum: Curriculum, zone: tzinfo) -> Iterator[str]:
    dues = _dues(curriculum, zone)
    for overload in plan.overload:
        if any(dues.get(unit, overload.before + 1) > overload.before for unit in overload.units):
            yield f"the certificate before {_at(overload.before)} names a unit that is not due by then"
        most = sum(curriculum.efforts[unit] for unit in overload.units)
        if not overload.free < overload.needed <= most:
            yield f"the certificate before {_at(overload.before)} does not show an overload"


def _dues(curriculum: Curriculum, zone: tzinfo) -> Mapping[UnitId, int]:
    """Return the due minutes of all units: those of the goals, passed on to whatever they require."""
    dues: dict[UnitId, int] = {}
    for reached in curriculum.goals:
        by = reached.goal.by
        if by is None:
            continue
        due = _local(by if isinstance(by, datetime) else by + timedelta(days=1), zone)
        for unit in reached.units:
            if unit in curriculum.efforts:
                dues[unit] = min(due, dues.get(unit, due))
    for unit in reversed(curriculum.units):
        for other in curriculum.requires.get(unit, ()) if unit in dues else ():
            dues[other] = min(dues[unit], dues.get(other, dues[unit]))
    return dues


def _extents(sessions: Sequence[Session]) -> tuple[dict[UnitId, int], dict[UnitId, int]]:
    first: dict[UnitId, int] = {}
    last: dict[UnitId, int] = {}
    for session in sessions:
        now = session.start
        for piece in session.pieces:
            first.setdefault(piece.unit, now)
            now += piece.minutes
            last[piece.unit] = now
    return first, last


def _local(moment: date, zone: tzinfo) -> int:
    local = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return (local.replace(tzinfo=zone) - EPOCH) // timedelta(minutes=1)


def _at(instant: int) -> str:
    return f"{EPOCH + timedelta(minutes=instant):%Y-%m-%dT%H:%MZ}"
