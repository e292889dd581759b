"""Check a finished plan against its promises, from the plan alone; it shares no code with the planner.

What it finds is a bug of ours, never a mistake of the user: a plan with a finding must not be published.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.plan import EPOCH, FreeDay, Plan, Session
from curriculum.model.settings import Settings


def audit(
    plan: Plan,
    curriculum: Curriculum,
    free: Sequence[FreeDay],
    settings: Settings,
    zone: tzinfo,
    kept: Sequence[Session] = (),
) -> tuple[str, ...]:
    """Return what is wrong with a plan, one sentence each; nothing when promises P1 to P3 hold.

    Args:
        plan: The plan.
        curriculum: What is to be studied.
        free: The free days, as far as the plan reaches.
        settings: How long sessions may be, and how full days and weeks.
        zone: The zone of the settings' dates.
        kept: The sessions that were to stay in place; of two that overlap, the one named first.
    """
    return (
        *_sessions(plan, settings, kept),
        *_outside(plan, free),
        *_tracks(plan),
        *_minutes(plan, curriculum),
        *_order(plan, curriculum),
        *_early(plan, curriculum, zone),
        *_late(plan, curriculum, zone),
        *_certificates(plan, curriculum, zone, kept),
        *_moved(plan, curriculum, free, zone, kept),
        *_full(plan, free, settings, kept),
    )


def _sessions(plan: Plan, settings: Settings, kept: Sequence[Session]) -> Iterator[str]:
    longest = settings.session.longest // timedelta(minutes=1)
    for session in plan.sessions:
        length = session.end - session.start
        if (
            length != sum(piece.minutes for piece in session.pieces)
            or min(p.minutes for p in session.pieces) < 1
        ):
            yield f"the pieces of the session at {_at(session.start)} do not add up to its length"
        if length > longest and not _is_inside(session, kept):
            yield f"the session at {_at(session.start)} is longer than {longest} minutes"
        if session.start < plan.start and not _is_inside(session, kept):
            yield f"the session at {_at(session.start)} begins before the plan"
    for earlier, later in pairwise(plan.sessions):
        if later.start < earlier.end:
            yield f"the sessions at {_at(earlier.start)} and {_at(later.start)} overlap"


def _is_inside(session: Session, kept: Sequence[Session]) -> bool:
    return any(one.start <= session.start and session.end <= one.end for one in kept)


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
    for unit, release in _releases(curriculum, zone).items():
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


def _certificates(
    plan: Plan, curriculum: Curriculum, zone: tzinfo, kept: Sequence[Session]
) -> Iterator[str]:
    dues, needs = _dues(curriculum, zone), _needs(plan, curriculum, kept)
    for overload in plan.overload:
        latest = overload.before
        if any(
            min(dues.get(unit, latest + 1), needs.get(unit, latest + 1)) > latest
            for unit in overload.units
        ):
            yield f"the certificate before {_at(overload.before)} names a unit that is not due by then"
        most = sum(curriculum.efforts[unit] for unit in overload.units)
        if not overload.free < overload.needed <= most:
            yield f"the certificate before {_at(overload.before)} does not show an overload"


def _needs(plan: Plan, curriculum: Curriculum, kept: Sequence[Session]) -> Mapping[UnitId, int]:
    """Return when what a kept session requires must be finished, for sessions that stayed."""
    places = {(session.start, session.track) for session in kept}
    needs: dict[UnitId, int] = {}
    for session in plan.sessions:
        now = session.start
        for piece in session.pieces if (session.start, session.track) in places else ():
            for other in _required(piece.unit, curriculum):
                needs[other] = min(now, needs.get(other, now))
            now += piece.minutes
    return needs


def _required(unit: UnitId, curriculum: Curriculum) -> set[UnitId]:
    found: set[UnitId] = set()
    waiting = list(curriculum.requires.get(unit, ()))
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += curriculum.requires.get(other, ())
    return found


def _moved(
    plan: Plan,
    curriculum: Curriculum,
    free: Sequence[FreeDay],
    zone: tzinfo,
    kept: Sequence[Session],
) -> Iterator[str]:
    """A kept session is in the plan when all of it can be studied then.

    Those after the first one that waits for other work are not judged: whether they may stay depends on the rest.
    """
    planned = {_told(session) for session in plan.sessions}
    track = {placement.unit: placement.track for placement in plan.units}
    left, releases = dict(curriculum.efforts), _releases(curriculum, zone)
    for session in _standing(kept, free, plan.start):
        now = session.start
        for piece in (piece for piece in session.pieces if track.get(piece.unit) == session.track):
            if any(left[other] for other in curriculum.requires.get(piece.unit, ())):
                return
            minutes = (
                min(piece.minutes, left[piece.unit]) if releases.get(piece.unit, 0) <= now else 0
            )
            left[piece.unit], now = left[piece.unit] - minutes, now + minutes
        if now == session.end and _told(session) not in planned:
            yield f"the session at {_at(session.start)} was to stay and did not"


def _standing(kept: Sequence[Session], free: Sequence[FreeDay], start: int) -> list[Session]:
    """Return the kept sessions that are not over and lie in free time, without those that overlap an earlier one."""
    found: list[Session] = []
    for session in kept:
        inside = any(
            begin <= session.start and session.end <= end
            for day in free
            for begin, end in day.intervals
        )
        clear = all(session.end <= other.start or other.end <= session.start for other in found)
        if session.end > start and inside and clear:
            found.append(session)
    return sorted(found, key=lambda session: session.start)


def _told(session: Session) -> tuple[int, int, str, tuple[tuple[UnitId, int], ...]]:
    return (
        session.start,
        session.end,
        session.track,
        tuple((piece.unit, piece.minutes) for piece in session.pieces),
    )


def _full(
    plan: Plan, free: Sequence[FreeDay], settings: Settings, kept: Sequence[Session]
) -> Iterator[str]:
    """No day is fuller than the load allows, and no later week than its time for catching up; kept sessions may be."""
    reserved = -(-settings.catch_up // timedelta(minutes=1))
    room: dict[date, int] = defaultdict(int)
    spent: dict[date, int] = defaultdict(int)
    for day, minutes in _spent(plan, free, kept):
        allowed = int(sum(end - start for start, end in day.intervals) * settings.load)
        if minutes > allowed:
            yield f"{day.day} holds {minutes} minutes of study, and its load allows {allowed}"
        monday = day.day - timedelta(days=day.day.weekday())
        room[monday], spent[monday] = room[monday] + allowed, spent[monday] + minutes
    for monday in sorted(room)[2:-1]:
        if spent[monday] > max(0, room[monday] - reserved):
            yield f"the week of {monday} leaves no {reserved} minutes to catch up"


def _spent(
    plan: Plan, free: Sequence[FreeDay], kept: Sequence[Session]
) -> Iterator[tuple[FreeDay, int]]:
    """Yield each free day with the minutes of its sessions, apart from those in the time of a kept one."""
    rows = [session for session in plan.sessions if not _is_inside(session, kept)]
    starts = [session.start for session in rows]
    for day in free:
        yield (
            day,
            sum(
                rows[index].end - rows[index].start
                for start, end in day.intervals
                for index in range(bisect_left(starts, start), bisect_left(starts, end))
            ),
        )


def _releases(curriculum: Curriculum, zone: tzinfo) -> Mapping[UnitId, int]:
    releases: dict[UnitId, int] = {}
    for reached in curriculum.goals:
        if reached.goal.from_ is not None:
            release = _local(reached.goal.from_, zone)
            releases |= {unit: max(release, releases.get(unit, release)) for unit in reached.units}
    return releases


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
