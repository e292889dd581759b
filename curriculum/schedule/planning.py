"""Schedule a curriculum: free time to sittings, sittings to a plan; how the plan is shown is not known here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from fractions import Fraction

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import TRACKS, Track, UnitId
from curriculum.model.library import Library
from curriculum.model.plan import (
    FreeDay,
    Overload,
    Placement,
    Plan,
    Session,
    TrackBalance,
    Unplaced,
    instant,
    release_minute,
)
from curriculum.model.quantities import minutes
from curriculum.model.settings import Settings
from curriculum.schedule.demand import NEVER, Demand, demand_of
from curriculum.schedule.edf import completions, run_earliest_first
from curriculum.schedule.fixed_sessions import fixed_first, reserve, still_valid
from curriculum.schedule.overload import certificates, cushions, targets, with_kept
from curriculum.schedule.planner import NOTHING, Allocation, Turns, allocate
from curriculum.schedule.reasons import waits
from curriculum.schedule.sessions import sessions_of
from curriculum.schedule.slots import Reserve, Slot, cut_slots

FARTHEST = 100 * 366
"""Days ahead after which no more free time is looked for."""

NO_TIME = f"no free time is left in the next {FARTHEST // 366} years"
TOO_SHORT = "every stretch of free time is shorter than the shortest session"
RESERVED = "the time kept for catching up takes all free time of every week"
BLOCKED = "what it requires has no place"

Free = Callable[[date, date], Sequence[FreeDay]]
"""The free days from one local date to another, both included."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """The terms of a plan: where it starts, how it is shared, how long a sitting is, what stays of the plan before.

    Attributes:
        start: The minute at which it starts; sittings that begin earlier are not used.
        first: The local day that holds it.
        shares: The share of each track; only the ratio matters.
        settings: The settings they are taken from.
        owed: Minutes the textbooks are owed from before; the papers are owed the opposite.
        published: The sessions of the plan before that are not over: a track keeps its turn where one begins, while
            that leaves the balance within a session.
        kept: The sessions that stay in place, because they begin soon or are pinned; of two that overlap, the one
            named first. One in progress began before `start`.
        missed: Minutes missed in the running week, which its time for catching up gives back.
    """

    start: int
    first: date
    shares: tuple[Fraction, Fraction]
    settings: Settings
    owed: Fraction = NOTHING
    published: tuple[Session, ...] = ()
    kept: tuple[Session, ...] = ()
    missed: int = 0

    @property
    def reserve(self) -> Reserve:
        """The time left free in every week."""
        return Reserve(minutes(self.settings.catch_up), self.first, self.missed)

    @property
    def turns(self) -> Turns:
        """Whose turn it was in the plan before."""
        tracks = {session.start: TRACKS.index(session.track) for session in self.published}
        return Turns(tracks, minutes(self.settings.session.longest))


def plan_request(settings: Settings, now: int, zone: tzinfo) -> PlanRequest:
    """Return the terms of a plan made at a minute: it starts then, or on the settings' start if that is later."""
    start = now if settings.start is None else max(now, release_minute(settings.start, zone))
    first = instant(start).astimezone(zone).date()
    return PlanRequest(
        start, first, (settings.balance.textbooks, settings.balance.papers), settings
    )


def schedule(
    curriculum: Curriculum, library: Library, terms: PlanRequest, zone: tzinfo, free: Free
) -> Plan:
    """Return the plan of a curriculum; every minute of effort is placed or named as unplaced."""
    demand = demand_of(curriculum, library, terms.settings.speed, zone)
    return plan_of(demand, terms, free)


def plan_of(demand: Demand, terms: PlanRequest, free: Free) -> Plan:
    """Return the plan of a demand, looking as far ahead as the work needs."""
    span = _first_span(demand, terms)
    while True:
        days = _days(terms, free, span)
        grid = _grid(terms, days)
        poured, overload, cushion = _pour(demand, terms, grid, days)
        if not any(poured.left) or span >= FARTHEST:
            return _plan(
                demand,
                terms,
                poured,
                overload,
                cushion,
                reason=NO_TIME if grid else _shortage(terms, free),
            )
        span = min(2 * span, FARTHEST)


def sittings_until(terms: PlanRequest, free: Free, span: int) -> tuple[Slot, ...]:
    """Return the sittings of the first `span` days of a plan, before kept sessions take their places."""
    return _grid(terms, _days(terms, free, span))


def _days(terms: PlanRequest, free: Free, span: int) -> Sequence[FreeDay]:
    """Return the free days ahead, and the day before, of which a window may reach into the first.

    With time left for catching up, the last week is whole.
    """
    last = terms.first + timedelta(days=span)
    if terms.reserve.weekly:
        last += timedelta(days=6 - last.weekday())
    return free(terms.first - timedelta(days=1), last)


def _grid(terms: PlanRequest, days: Sequence[FreeDay]) -> tuple[Slot, ...]:
    slots = cut_slots(days, terms.settings.session, terms.settings.load, terms.reserve)
    return tuple(slot for slot in slots if slot[0] >= terms.start)


def _shortage(terms: PlanRequest, free: Free) -> str:
    """Return why there is no sitting at all."""
    days = free(terms.first, terms.first + timedelta(days=366))
    if cut_slots(days, terms.settings.session, terms.settings.load):
        return RESERVED
    return TOO_SHORT if any(day.intervals for day in days) else NO_TIME


def _first_span(demand: Demand, terms: PlanRequest) -> int:
    """Return a number of days that is likely to be enough: past every date, then twice the work at the weekly hours."""
    dates = [due for due in demand.dues if due < NEVER] + [
        release for release in demand.releases if release
    ]
    dates += [session.end for session in terms.kept]
    days = (max(dates, default=terms.start) - terms.start) // 1440 + 1
    weekly = sum(
        window.end - window.start for windows in terms.settings.availability for window in windows
    )
    weeks = demand.total / max(
        float(terms.settings.load) * max(weekly, 1) - terms.reserve.weekly, 0.5
    )
    return min(FARTHEST, max(0, days) + int(weeks * 7 * 1.25) + 28)


def _pour(
    demand: Demand, terms: PlanRequest, grid: tuple[Slot, ...], days: Sequence[FreeDay]
) -> tuple[Allocation, tuple[Overload, ...], dict[int, int]]:
    held = reserve(demand, grid, still_valid(terms.kept, days, terms.start))
    clock, shortest = held.clock(), minutes(terms.settings.session.shortest)
    runs = run_earliest_first(held.rest, clock.until)
    finished = completions(fixed_first(runs, held, demand.dues, clock.until))
    goals = targets(held.rest, finished, clock.until)
    poured = allocate(
        held.rest, held.slots, goals, terms.shares, shortest, terms.owed, held.kept, terms.turns
    )
    found = certificates(held.rest, runs, clock, terms.start)
    return poured, with_kept(found, demand, held), cushions(demand, finished, clock.until)


def _plan(
    demand: Demand,
    terms: PlanRequest,
    poured: Allocation,
    overload: tuple[Overload, ...],
    cushion: dict[int, int],
    *,
    reason: str,
) -> Plan:
    sessions = sessions_of(poured.sittings, demand)
    return Plan(
        start=terms.start,
        finish=sessions[-1].end if sessions else None,
        sessions=sessions,
        units=_placements(demand, poured, sessions, cushion),
        unplaced=_unplaced(demand, poured, reason),
        balance=_balance(sessions, terms),
        largest_lag=poured.largest_lag,
        overload=overload,
    )


def _placements(
    demand: Demand, poured: Allocation, sessions: tuple[Session, ...], cushion: dict[int, int]
) -> tuple[Placement, ...]:
    starts, ends = _spans(sessions)
    waited = waits(demand, poured, sessions, starts)
    return tuple(
        Placement(
            unit=name,
            track=TRACKS[demand.tracks[unit]],
            effort=demand.efforts[unit],
            start=starts.get(name),
            finish=ends[name] if not poured.left[unit] else None,
            deadline=demand.dues[unit] if demand.dues[unit] < NEVER else None,
            cushion=cushion.get(demand.dues[unit]),
            available=poured.available[unit] if poured.available[unit] < NEVER else None,
            enabler=demand.units[poured.enabler[unit]] if poured.enabler[unit] >= 0 else None,
            release=demand.releases[unit] or None,
            waited=waited[unit],
        )
        for unit, name in enumerate(demand.units)
    )


def _spans(sessions: tuple[Session, ...]) -> tuple[dict[UnitId, int], dict[UnitId, int]]:
    starts: dict[UnitId, int] = {}
    ends: dict[UnitId, int] = {}
    for session in sessions:
        now = session.start
        for piece in session.pieces:
            starts.setdefault(piece.unit, now)
            now += piece.minutes
            ends[piece.unit] = now
    return starts, ends


def _unplaced(demand: Demand, poured: Allocation, reason: str) -> tuple[Unplaced, ...]:
    return tuple(
        Unplaced(demand.units[unit], left, BLOCKED if _blocked(demand, poured, unit) else reason)
        for unit, left in enumerate(poured.left)
        if left
    )


def _blocked(demand: Demand, poured: Allocation, unit: int) -> bool:
    return any(poured.left[other] for other in demand.before[unit])


def _balance(sessions: tuple[Session, ...], terms: PlanRequest) -> dict[Track, TrackBalance]:
    spent = {track: sum(s.end - s.start for s in sessions if s.track == track) for track in TRACKS}
    total, whole = sum(spent.values()), sum(terms.shares)
    return {
        track: TrackBalance(spent[track], round(total * share / whole))
        for track, share in zip(TRACKS, terms.shares, strict=True)
    }
