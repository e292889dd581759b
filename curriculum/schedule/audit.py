"""Check a finished plan against its promises, from the plan alone.

It shares no code with the planner. What it finds is a bug of ours, never a mistake of the user: a
plan with a finding must not be published.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.plan import EPOCH, FreeDay, Overload, Piece, Plan, Session
from curriculum.model.settings import Settings

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AuditTerms:
    """What a plan is held against.

    Attributes:
        curriculum: What is to be studied.
        free: The free days, as far as the plan reaches.
        settings: How long sessions may be, and how full days and weeks.
        zone: The zone of the settings' dates.
        kept: The sessions that were to stay in place; of two that overlap, the one named first.
    """

    curriculum: Curriculum
    free: Sequence[FreeDay]
    settings: Settings
    zone: tzinfo
    kept: Sequence[Session] = ()


def audit(plan: Plan, terms: AuditTerms) -> tuple[str, ...]:
    """Return what is wrong with a plan, one sentence each; nothing when P1 to P3 hold."""
    return (
        *_sessions(plan, terms),
        *_overlaps(plan),
        *_outside(plan, terms.free),
        *_tracks(plan),
        *_minutes(plan, terms.curriculum),
        *_order(plan, terms.curriculum),
        *_early(plan, terms),
        *_late(plan, terms),
        *_certificates(plan, terms),
        *_moved(plan, terms),
        *_full(plan, terms),
    )


def _sessions(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    longest = terms.settings.session.longest // _MINUTE
    for session in plan.sessions:
        length = session.end - session.start
        sizes = [piece.minutes for piece in session.pieces]
        if sum(sizes) != length or min(sizes) < 1:
            yield f"the pieces of the session at {_at(session.start)} do not add up to its length"
        if _is_inside(session, terms.kept):
            continue
        if length > longest:
            yield f"the session at {_at(session.start)} is longer than {longest} minutes"
        if session.start < plan.start:
            yield f"the session at {_at(session.start)} begins before the plan"


def _overlaps(plan: Plan) -> Iterator[str]:
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
        if unit not in first:
            continue
        for other in required:
            if other in missing or first[unit] < last[other]:
                yield f"'{unit}' starts before '{other}' is finished"


def _early(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    first, _ = _extents(plan.sessions)
    for unit, release in _releases(terms).items():
        if unit in first and first[unit] < release:
            yield f"'{unit}' starts before {_at(release)}"


def _late(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """A unit past its due date is a finding unless some certificate says why."""
    dues = _dues(terms)
    _, last = _extents(plan.sessions)
    missing = {unplaced.unit for unplaced in plan.unplaced}
    late = [unit for unit, due in dues.items() if unit in missing or last.get(unit, 0) > due]
    if late and not plan.overload:
        yield f"'{min(late)}' is late and nothing says why"
    for placement in plan.units:
        if placement.deadline != dues.get(placement.unit):
            yield f"the deadline of '{placement.unit}' is not the one its goals give it"


def _certificates(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    dues = _dues(terms)
    needs = _needs(plan, terms)
    for overload in plan.overload:
        if not all(_is_due(unit, overload, dues, needs) for unit in overload.units):
            before = _at(overload.before)
            yield f"the certificate before {before} names a unit that is not due by then"
        most = sum(terms.curriculum.efforts[unit] for unit in overload.units)
        if not overload.free < overload.needed <= most:
            yield f"the certificate before {_at(overload.before)} does not show an overload"


def _is_due(
    unit: UnitId,
    overload: Overload,
    dues: Mapping[UnitId, int],
    needs: Mapping[UnitId, int],
) -> bool:
    """Return whether a unit is due, or needed for a kept session, by the end of a certificate."""
    later = overload.before + 1
    return min(dues.get(unit, later), needs.get(unit, later)) <= overload.before


def _needs(plan: Plan, terms: AuditTerms) -> Mapping[UnitId, int]:
    """Return when what a kept session requires must be finished, for sessions that stayed."""
    places = {(session.start, session.track) for session in terms.kept}
    needs: dict[UnitId, int] = {}
    for session in plan.sessions:
        if (session.start, session.track) not in places:
            continue
        now = session.start
        for piece in session.pieces:
            for other in _required(piece.unit, terms.curriculum):
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


def _moved(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """A kept session is in the plan when all of it can be studied then.

    Those after the first one that waits for other work are not judged: whether they may stay
    depends on the rest.
    """
    planned = {_content(session) for session in plan.sessions}
    study = _KeptStudy(plan, terms)
    for session in _still_valid(terms, plan.start):
        minutes = study.minutes_of(session)
        if minutes is None:
            return
        if minutes == session.end - session.start and _content(session) not in planned:
            yield f"the session at {_at(session.start)} was to stay and did not"


class _KeptStudy:
    """What is left of units while kept sessions are studied, one after the other."""

    def __init__(self, plan: Plan, terms: AuditTerms) -> None:
        self._requires = terms.curriculum.requires
        self._left = dict(terms.curriculum.efforts)
        self._releases = _releases(terms)
        self._track = {placement.unit: placement.track for placement in plan.units}

    def minutes_of(self, session: Session) -> int | None:
        """Study a session, and return the minutes it takes; None when a piece waits for others."""
        now = session.start
        for piece in session.pieces:
            if self._track.get(piece.unit) != session.track:
                continue
            if any(self._left[other] for other in self._requires.get(piece.unit, ())):
                return None
            now += self._study(piece, now)
        return now - session.start

    def _study(self, piece: Piece, now: int) -> int:
        if self._releases.get(piece.unit, 0) > now:
            return 0
        minutes = min(piece.minutes, self._left[piece.unit])
        self._left[piece.unit] -= minutes
        return minutes


def _still_valid(terms: AuditTerms, start: int) -> list[Session]:
    """Return the kept sessions that are not over and lie in free time, in calendar order.

    Of two that overlap, the one named first counts.
    """
    stretches = [stretch for day in terms.free for stretch in day.intervals]
    found: list[Session] = []
    for session in terms.kept:
        if session.end <= start:
            continue
        inside = any(begin <= session.start and session.end <= end for begin, end in stretches)
        clear = all(session.end <= other.start or other.end <= session.start for other in found)
        if inside and clear:
            found.append(session)
    return sorted(found, key=lambda session: session.start)


def _content(session: Session) -> tuple[int, int, str, tuple[tuple[UnitId, int], ...]]:
    """Return what must be the same for a session to have stayed."""
    pieces = tuple((piece.unit, piece.minutes) for piece in session.pieces)
    return session.start, session.end, session.track, pieces


def _full(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """No day is fuller than the load allows, and no later week than its time for catching up.

    The first two weeks and the last are not whole: the plan begins or ends in them, or gives back
    what was missed. Kept sessions may make a day or a week fuller.
    """
    reserved = -(-terms.settings.catch_up // _MINUTE)
    room: dict[date, int] = defaultdict(int)
    spent: dict[date, int] = defaultdict(int)
    for day, minutes in _spent(plan, terms):
        free = sum(end - start for start, end in day.intervals)
        allowed = int(free * terms.settings.load)
        if minutes > allowed:
            yield f"{day.day} holds {minutes} minutes of study, and its load allows {allowed}"
        monday = day.day - timedelta(days=day.day.weekday())
        room[monday] += allowed
        spent[monday] += minutes
    for monday in sorted(room)[2:-1]:
        if spent[monday] > max(0, room[monday] - reserved):
            yield f"the week of {monday} leaves no {reserved} minutes to catch up"


def _spent(plan: Plan, terms: AuditTerms) -> Iterator[tuple[FreeDay, int]]:
    """Yield each free day with the minutes of its sessions that do not lie in a kept one."""
    sessions = [session for session in plan.sessions if not _is_inside(session, terms.kept)]
    starts = [session.start for session in sessions]
    for day in terms.free:
        minutes = 0
        for begin, end in day.intervals:
            first = bisect_left(starts, begin)
            last = bisect_left(starts, end)
            minutes += sum(session.end - session.start for session in sessions[first:last])
        yield day, minutes


def _releases(terms: AuditTerms) -> Mapping[UnitId, int]:
    releases: dict[UnitId, int] = {}
    for reached in terms.curriculum.goals:
        if reached.goal.from_ is None:
            continue
        release = _local(reached.goal.from_, terms.zone)
        for unit in reached.units:
            releases[unit] = max(release, releases.get(unit, release))
    return releases


def _dues(terms: AuditTerms) -> Mapping[UnitId, int]:
    """Return the due minutes of all units: those of goals, passed on to what they require."""
    curriculum = terms.curriculum
    dues: dict[UnitId, int] = {}
    for reached in curriculum.goals:
        if reached.goal.by is None:
            continue
        due = _end_of(reached.goal.by, terms.zone)
        for unit in reached.units:
            if unit in curriculum.efforts:
                dues[unit] = min(due, dues.get(unit, due))
    for unit in reversed(curriculum.units):
        if unit not in dues:
            continue
        for other in curriculum.requires.get(unit, ()):
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


# Dates are turned into minutes here once more, on purpose: the audit must notice when the
# conversion that the planner relies on is wrong.
def _end_of(moment: date, zone: tzinfo) -> int:
    if isinstance(moment, datetime):
        return _local(moment, zone)
    return _local(moment + timedelta(days=1), zone)


def _local(moment: date, zone: tzinfo) -> int:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment.replace(tzinfo=zone) - EPOCH) // _MINUTE


def _at(instant: int) -> str:
    return f"{EPOCH + timedelta(minutes=instant):%Y-%m-%dT%H:%MZ}"
