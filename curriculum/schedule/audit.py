"""Check a finished plan against its promises, from the plan alone.

It shares no code with the planner. What it finds is a bug of ours, never a mistake of the user: a
plan with a finding must not be published.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate, pairwise
from typing import NamedTuple

from curriculum.model.curriculum import Curriculum
from curriculum.model.habits import Habit
from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import EPOCH, FreeDay, Piece, Plan, Session
from curriculum.model.settings import Settings
from curriculum.schedule.audit_track_hours import in_hours_of_others, without_proof

_MINUTE = timedelta(minutes=1)
_END_OF_TIME = 1 << 60
_NO_STRETCH = (_END_OF_TIME, _END_OF_TIME)


@dataclass(frozen=True, slots=True)
class AuditTerms:
    """What a plan is held against.

    Attributes:
        curriculum: What is to be studied.
        free: The free days, as far as the plan reaches.
        settings: How long sessions may be, and how full days and weeks.
        zone: The zone of the settings' dates.
        kept: The sessions that were to stay in place; of two that overlap, the one named first.
        studied: Minutes of study recorded on each day of the week in which the plan starts.
        missed: Minutes missed, which the weeks give back from the time that they leave free.
    """

    curriculum: Curriculum
    free: Sequence[FreeDay]
    settings: Settings
    zone: tzinfo
    kept: Sequence[Session] = ()
    studied: Mapping[date, int] = field(default_factory=dict)
    missed: int = 0


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
        *_within_gaps(plan, terms),
        *_late(plan, terms),
        *_certificates(plan, terms),
        *_moved(plan, terms),
        *_full(plan, terms),
        *_capped(plan, terms),
        *in_hours_of_others(plan, terms.settings.week, terms.zone, terms.kept),
        *_in_habits(plan, terms),
        *_below_quotas(plan, terms),
    )


def _sessions(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    longest = terms.settings.session.longest // _MINUTE
    for session in plan.sessions:
        place = _at(session.start)
        length = session.end - session.start
        sizes = [piece.minutes for piece in session.pieces]
        if sum(sizes) != length or min(sizes) < 1:
            yield f"the pieces of the session at {place} do not add up to its length"
        if _is_inside(session, terms.kept):
            continue
        if length > longest:
            yield f"the session at {place} is longer than {longest} minutes"
        if session.start < plan.start:
            yield f"the session at {place} begins before the plan"


def _overlaps(plan: Plan) -> Iterator[str]:
    for earlier, later in pairwise(plan.sessions):
        if later.start < earlier.end:
            yield f"the sessions at {_at(earlier.start)} and {_at(later.start)} overlap"


def _is_inside(session: Session, kept: Sequence[Session]) -> bool:
    return any(one.start <= session.start and session.end <= one.end for one in kept)


def _outside(plan: Plan, free: Sequence[FreeDay]) -> Iterator[str]:
    ahead = iter(sorted(_stretches(free)))
    begin, end = next(ahead, _NO_STRETCH)
    for session in plan.sessions:
        while end < session.end:
            begin, end = next(ahead, _NO_STRETCH)
        if session.start < begin:
            yield f"the session at {_at(session.start)} lies outside the free time"
            return


def _stretches(free: Sequence[FreeDay]) -> Iterator[tuple[int, int]]:
    for day in free:
        yield from day.intervals


def _tracks(plan: Plan) -> Iterator[str]:
    track_of = {placement.unit: placement.track for placement in plan.units}
    for session in plan.sessions:
        tracks = {track_of[piece.unit] for piece in session.pieces}
        if tracks != {session.track}:
            yield f"the session at {_at(session.start)} holds a unit of another track"


def _minutes(plan: Plan, curriculum: Curriculum) -> Iterator[str]:
    found: dict[UnitId, int] = defaultdict(int)
    for piece in _timed_pieces(plan.sessions):
        found[piece.unit] += piece.end - piece.begin
    for unplaced in plan.unplaced:
        found[unplaced.unit] += unplaced.minutes
    if set(found) != set(curriculum.units) or len(plan.units) != len(curriculum.units):
        yield "the plan and the curriculum do not hold the same units"
    for unit, effort in curriculum.efforts.items():
        accounted = found.get(unit, effort)
        if accounted != effort:
            yield f"'{unit}' needs {effort} minutes and the plan accounts for {accounted}"


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


def _within_gaps(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """No unit begins before the gap is over after a unit of its work that it requires."""
    first, last = _extents(plan.sessions)
    for unit, required in terms.curriculum.requires.items():
        for other in required:
            days = _gap_between(other, unit, terms)
            if not days or unit not in first or other not in last:
                continue
            finished = _day_of(last[other] - 1, terms)
            if first[unit] < _local(finished + timedelta(days=days), terms.zone):
                yield f"'{unit}' starts less than {days} days after '{other}'"


def _gap_between(before: UnitId, after: UnitId, terms: AuditTerms) -> int:
    """Return the days between two units of one work, if the later one was not begun before."""
    spacing = terms.curriculum.spacing
    is_begun = terms.curriculum.behind.get(after, 0) > 0
    if spacing is None or is_begun or before.partition("/")[0] != after.partition("/")[0]:
        return 0
    return spacing.days.get(after, 0)


def _day_of(minute: int, terms: AuditTerms) -> date:
    return (EPOCH + minute * _MINUTE).astimezone(terms.zone).date()


def _late(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """A unit past its due date is a finding unless some certificate says why."""
    dues = _dues(terms)
    _, last = _extents(plan.sessions)
    for unplaced in plan.unplaced:
        last[unplaced.unit] = _END_OF_TIME
    late = [unit for unit, due in dues.items() if last.get(unit, 0) > due]
    if terms.settings.has_track_hours:
        is_exact = not terms.kept
        yield from without_proof(plan, terms.curriculum, is_exact=is_exact)
    if late and not (plan.overload or plan.unproven):
        yield f"'{min(late)}' is late and nothing says why"
    for placement in plan.units:
        if placement.deadline != dues.get(placement.unit):
            yield f"the deadline of '{placement.unit}' is not the one its goals give it"


def _certificates(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    dues = _dues(terms)
    needs = _needs(plan, terms)
    for overload in plan.overload:
        before = _at(overload.before)
        most = 0
        latest = 0
        for unit in overload.units:
            due = dues.get(unit, _END_OF_TIME)
            needed = needs.get(unit, _END_OF_TIME)
            latest = max(latest, min(due, needed))
            most += terms.curriculum.efforts[unit]
        if latest > overload.before:
            yield f"the certificate before {before} names a unit that is not due by then"
        if not overload.free < overload.needed <= most:
            yield f"the certificate before {before} does not show an overload"


def _needs(plan: Plan, terms: AuditTerms) -> Mapping[UnitId, int]:
    """Return when what a kept session requires must be finished, for sessions that stayed."""
    places = {(session.start, session.track) for session in terms.kept}
    stayed = [one for one in plan.sessions if (one.start, one.track) in places]
    needs: dict[UnitId, int] = {}
    for piece in _timed_pieces(stayed):
        for other in _required(piece.unit, terms.curriculum):
            needs[other] = min(piece.begin, needs.get(other, piece.begin))
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
        self._terms = terms
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
            required = self._requires.get(piece.unit, ())
            if any(self._left[other] for other in required):
                return None
            if any(_gap_between(other, piece.unit, self._terms) for other in required):
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
    stretches = list(_stretches(terms.free))
    found: list[Session] = []
    for session in terms.kept:
        is_ahead = session.end > start
        if is_ahead and _is_free(session, stretches) and not _overlaps_any(session, found):
            found.append(session)
    return sorted(found, key=lambda session: session.start)


def _is_free(session: Session, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= session.start and session.end <= end for begin, end in stretches)


def _overlaps_any(session: Session, others: Sequence[Session]) -> bool:
    return any(session.start < one.end and one.start < session.end for one in others)


def _content(session: Session) -> tuple[int, int, str, tuple[tuple[UnitId, int], ...]]:
    """Return what must be the same for a session to have stayed."""
    pieces = tuple((piece.unit, piece.minutes) for piece in session.pieces)
    return session.start, session.end, session.track, pieces


def _full(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """No day is fuller than the load allows, and no later week than its time for catching up.

    The first two weeks and the last are not whole: the plan begins or ends in them. The weeks give
    back what was missed, one after the other. Kept sessions may make a day or a week fuller.
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
    running = (EPOCH + plan.start * _MINUTE).astimezone(terms.zone).date()
    for monday in sorted(room)[2:-1]:
        weeks = -(-(monday - running).days // 7)
        free = max(0, reserved - max(0, terms.missed - weeks * reserved))
        if spent[monday] > max(0, room[monday] - free):
            yield f"the week of {monday} leaves no {free} minutes to catch up"


def _capped(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """No day and no week holds more study than its cap, but for sessions that stay in place."""
    cap = terms.settings.cap
    if cap.day is not None:
        yield from _above(plan, terms, cap.day // _MINUTE, 1)
    if cap.week is not None:
        yield from _above(plan, terms, cap.week // _MINUTE, 7)


def _above(plan: Plan, terms: AuditTerms, most: int, length: int) -> Iterator[str]:
    """Yield a sentence for each span of days, from a Monday on, with more than some minutes."""
    held: dict[int, int] = defaultdict(int)
    placed: dict[int, int] = defaultdict(int)
    for day, minutes in terms.studied.items():
        held[_span_of(day, length)] += minutes
    for session in plan.sessions:
        begin = EPOCH + session.start * _MINUTE
        span = _span_of(begin.astimezone(terms.zone).date(), length)
        if not _is_inside(session, terms.kept):
            placed[span] += session.end - session.start
        elif session.start >= plan.start:
            held[span] += session.end - session.start
    for span, minutes in placed.items():
        # Where more than the cap is pinned or done, some minutes between the pinned may be used.
        if held[span] <= most < held[span] + minutes:
            day = date.fromordinal(length * span + 1)
            total = held[span] + minutes
            yield f"{length} days from {day} hold {total} minutes, and the cap allows {most}"


def _below_quotas(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """A week with less of a track than its quota is told, while the track has work after it.

    The first week is not whole: it is not judged.
    """
    settings = terms.settings
    quotas: tuple[tuple[Track, timedelta], ...] = (
        ("textbooks", settings.textbooks.at_least),
        ("papers", settings.papers.at_least),
    )
    for track, least in quotas:
        yield from _below_quota(plan, terms, track, -(-least // _MINUTE))


def _below_quota(plan: Plan, terms: AuditTerms, track: Track, least: int) -> Iterator[str]:
    told = {one.monday: one.minutes for one in plan.shortfalls if one.track == track}
    spent: dict[int, int] = defaultdict(int)
    for session in plan.sessions:
        if session.track == track:
            spent[_week_of(session, terms)] += session.end - session.start
    for week in _weeks_judged(plan, spent, terms):
        monday = date.fromordinal(7 * week + 1)
        is_short = spent[week] < least
        if is_short and told.get(monday) != spent[week]:
            yield f"{track} get {spent[week]} minutes in the week of {monday}, and nobody says"
        if monday in told and not is_short:
            yield f"{track} are said to get too little in the week of {monday}"


def _weeks_judged(plan: Plan, spent: Mapping[int, int], terms: AuditTerms) -> list[int]:
    """Return the weeks with sessions after the first one and before the last with a track."""
    held = {_week_of(session, terms) for session in plan.sessions}
    first = _week_at(plan.start, terms) + 1
    last = max(spent, default=0)
    return sorted(week for week in held if first <= week < last)


def _week_of(session: Session, terms: AuditTerms) -> int:
    return _week_at(session.start, terms)


def _week_at(minute: int, terms: AuditTerms) -> int:
    return _span_of((EPOCH + minute * _MINUTE).astimezone(terms.zone).date(), 7)


def _in_habits(plan: Plan, terms: AuditTerms) -> Iterator[str]:
    """No session is held in the time of a habit."""
    for name, habit in _habits(terms.settings):
        for session in plan.sessions:
            for begin in _habit_starts(session, habit, terms):
                if begin < session.end and session.start < begin + habit.takes // _MINUTE:
                    yield f"the session at {_at(session.start)} is held in the time of '{name}'"


def _habits(settings: Settings) -> Iterator[tuple[str, Habit]]:
    yield from settings.habits.items()
    if settings.review is not None:
        yield "review", settings.review


def _habit_starts(session: Session, habit: Habit, terms: AuditTerms) -> Iterator[int]:
    """Yield when a habit begins on the day of a session and the days around it."""
    day = (EPOCH + session.start * _MINUTE).astimezone(terms.zone).date()
    since = habit.from_ or date(1970, 1, 5)
    for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
        weeks = _span_of(near, 7) - _span_of(since, 7)
        is_away = any(first <= near <= last for first, last in terms.settings.away)
        if is_away or near < since or weeks % (habit.every.days // 7):
            continue
        if near.weekday() in habit.on.days:
            clock = time(*divmod(habit.on.minute, 60))
            yield _local(datetime.combine(near, clock), terms.zone)


def _span_of(day: date, length: int) -> int:
    # The first day of the calendar was a Monday.
    return (day.toordinal() - 1) // length


def _spent(plan: Plan, terms: AuditTerms) -> Iterator[tuple[FreeDay, int]]:
    """Yield each free day with the minutes of its sessions that do not lie in a kept one."""
    sessions = [session for session in plan.sessions if not _is_inside(session, terms.kept)]
    starts = [session.start for session in sessions]
    lengths = [session.end - session.start for session in sessions]
    total = list(accumulate(lengths, initial=0))
    for day in terms.free:
        minutes = 0
        # A window may reach past midnight, so sessions are found by the free day's intervals.
        for begin, end in day.intervals:
            first = bisect_left(starts, begin)
            last = bisect_left(starts, end)
            minutes += total[last] - total[first]
        yield day, minutes


def _releases(terms: AuditTerms) -> Mapping[UnitId, int]:
    releases: dict[UnitId, int] = {}
    for reached in terms.curriculum.goals:
        if reached.goal.from_ is None:
            continue
        release = _local(reached.goal.from_, terms.zone)
        for unit in reached.units:
            earlier = releases.get(unit, release)
            releases[unit] = max(release, earlier)
    for unit, release in _after_done(terms):
        releases[unit] = max(release, releases.get(unit, release))
    return releases


def _after_done(terms: AuditTerms) -> Iterator[tuple[UnitId, int]]:
    """Yield units with the minute at which the gap after a done unit is over."""
    spacing = terms.curriculum.spacing
    for unit, required in terms.curriculum.met.items():
        for other in required:
            days = _gap_between(other, unit, terms)
            if spacing is not None and days and other in spacing.finished:
                first = spacing.finished[other] + timedelta(days=days)
                yield unit, _local(first, terms.zone)


def _dues(terms: AuditTerms) -> Mapping[UnitId, int]:
    """Return the due minutes of all units: those of goals, passed on to what they require."""
    curriculum = terms.curriculum
    dues = _own_dues(terms)
    for unit in reversed(curriculum.units):
        if unit not in dues:
            continue
        due = dues[unit]
        for other in curriculum.requires.get(unit, ()):
            needed = due
            days = _gap_between(other, unit, terms)
            if days:
                last = _day_of(due - 1, terms) - timedelta(days=days)
                needed = min(due, _end_of(last, terms.zone))
            dues[other] = min(needed, dues.get(other, needed))
    return dues


def _own_dues(terms: AuditTerms) -> dict[UnitId, int]:
    """Return the due minutes that goals give to the units they name."""
    dues: dict[UnitId, int] = {}
    for reached in terms.curriculum.goals:
        if reached.goal.by is None:
            continue
        due = _end_of(reached.goal.by, terms.zone)
        for unit in reached.units:
            if unit in terms.curriculum.efforts:
                dues[unit] = min(due, dues.get(unit, due))
    return dues


class _TimedPiece(NamedTuple):
    """A piece of a session with the minutes at which it begins and ends."""

    unit: UnitId
    begin: int
    end: int


def _timed_pieces(sessions: Sequence[Session]) -> Iterator[_TimedPiece]:
    for session in sessions:
        now = session.start
        for piece in session.pieces:
            end = now + piece.minutes
            yield _TimedPiece(piece.unit, now, end)
            now = end


def _extents(sessions: Sequence[Session]) -> tuple[dict[UnitId, int], dict[UnitId, int]]:
    """Return when each unit is studied first, and when last."""
    first: dict[UnitId, int] = {}
    last: dict[UnitId, int] = {}
    for piece in _timed_pieces(sessions):
        first.setdefault(piece.unit, piece.begin)
        last[piece.unit] = piece.end
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
