"""Schedule a curriculum: free time to sittings, sittings to a plan; how the plan is shown is not known here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from fractions import Fraction

from curriculum.availability.worktime import WorkTime
from curriculum.model.curriculum import Curriculum
from curriculum.model.library import Library
from curriculum.model.names import TRACKS, Track, UnitId
from curriculum.model.plan import FreeDay, Overload, Placement, Plan, Session, TrackBalance, Unplaced, instant
from curriculum.model.quantities import minutes
from curriculum.model.settings import Settings
from curriculum.schedule.demand import NEVER, Demand, demand_of, release_minute
from curriculum.schedule.earliest import completions, run_earliest_first
from curriculum.schedule.overload import certificates, cushions, targets
from curriculum.schedule.planner import NOTHING, Poured, pour
from curriculum.schedule.reasons import waits
from curriculum.schedule.sessions import sessions_of
from curriculum.schedule.slots import Slot, cut

FARTHEST = 100 * 366
"""Days ahead after which no more free time is looked for."""

NO_TIME = f"no free time is left in the next {FARTHEST // 366} years"
TOO_SHORT = "every stretch of free time is shorter than the shortest session"
BLOCKED = "what it requires has no place"

Free = Callable[[date, date], Sequence[FreeDay]]
"""The free days from one local date to another, both included."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a plan: where it starts, how it is shared, how long a sitting is.

    Attributes:
        start: The minute at which it starts.
        first: The local day that holds it.
        shares: The share of each track; only the ratio matters.
        settings: The settings they are taken from.
        owed: Minutes the textbooks are owed from before; the papers are owed the opposite.
    """

    start: int
    first: date
    shares: tuple[Fraction, Fraction]
    settings: Settings
    owed: Fraction = NOTHING


def terms_of(settings: Settings, today: date, zone: tzinfo) -> Terms:
    """Return the terms of a plan made today: it starts today, or on the settings' start if that is later."""
    start = release_minute(today, zone)
    if settings.start is not None:
        start = max(start, release_minute(settings.start, zone))
    first = instant(start).astimezone(zone).date()
    return Terms(start, first, (settings.balance.textbooks, settings.balance.papers), settings)


def schedule(curriculum: Curriculum, library: Library, terms: Terms, zone: tzinfo, free: Free) -> Plan:
    """Return the plan of a curriculum; every minute of effort is placed or named as unplaced."""
    demand = demand_of(curriculum, library, terms.settings.speed, zone)
    return plan_of(demand, terms, free)


def plan_of(demand: Demand, terms: Terms, free: Free) -> Plan:
    """Return the plan of a demand, looking as far ahead as the work needs."""
    span = _first_span(demand, terms)
    while True:
        slots = sittings_until(terms, free, span)
        poured, overload, cushion = _pour(demand, terms, slots)
        if not any(poured.left) or span >= FARTHEST:
            return _plan(demand, terms, poured, overload, cushion, crowded=not slots and _any_free(terms, free))
        span = min(2 * span, FARTHEST)


def sittings_until(terms: Terms, free: Free, span: int) -> tuple[Slot, ...]:
    """Return the sittings of the first `span` days of a plan; a window may reach into the first from the day before."""
    days = free(terms.first - timedelta(days=1), terms.first + timedelta(days=span))
    slots = cut(days, terms.settings.session, terms.settings.load)
    return tuple(slot for slot in slots if slot[0] >= terms.start)


def _any_free(terms: Terms, free: Free) -> bool:
    return any(day.intervals for day in free(terms.first, terms.first + timedelta(days=366)))


def _first_span(demand: Demand, terms: Terms) -> int:
    """Return a number of days that is likely to be enough: past every date, then twice the work at the weekly hours."""
    dates = [due for due in demand.dues if due < NEVER] + [release for release in demand.releases if release]
    days = (max(dates, default=terms.start) - terms.start) // 1440 + 1
    weekly = sum(window.end - window.start for windows in terms.settings.availability for window in windows)
    weeks = demand.total / (float(terms.settings.load) * max(weekly, 1))
    return min(FARTHEST, max(0, days) + int(weeks * 7 * 1.25) + 28)


def _pour(demand: Demand, terms: Terms, slots: tuple[Slot, ...]) -> tuple[Poured, tuple[Overload, ...], dict[int, int]]:
    work = WorkTime(slots)
    runs = run_earliest_first(demand, work.until)
    finished = completions(runs)
    shortest = minutes(terms.settings.session.shortest)
    poured = pour(demand, slots, targets(demand, finished, work.until), terms.shares, shortest, terms.owed)
    overload = certificates(demand, runs, work, terms.start)
    return poured, overload, cushions(demand, finished, work.until)


def _plan(
    demand: Demand,
    terms: Terms,
    poured: Poured,
    overload: tuple[Overload, ...],
    cushion: dict[int, int],
    *,
    crowded: bool,
) -> Plan:
    sessions = sessions_of(poured.sittings, demand)
    return Plan(
        start=terms.start,
        finish=sessions[-1].end if sessions else None,
        sessions=sessions,
        units=_placements(demand, poured, sessions, cushion),
        unplaced=_unplaced(demand, poured, TOO_SHORT if crowded else NO_TIME),
        balance=_balance(sessions, terms),
        largest_lag=poured.largest_lag,
        overload=overload,
    )


def _placements(
    demand: Demand, poured: Poured, sessions: tuple[Session, ...], cushion: dict[int, int]
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


def _unplaced(demand: Demand, poured: Poured, reason: str) -> tuple[Unplaced, ...]:
    return tuple(
        Unplaced(demand.units[unit], left, BLOCKED if _blocked(demand, poured, unit) else reason)
        for unit, left in enumerate(poured.left)
        if left
    )


def _blocked(demand: Demand, poured: Poured, unit: int) -> bool:
    return any(poured.left[other] for other in demand.before[unit])


def _balance(sessions: tuple[Session, ...], terms: Terms) -> dict[Track, TrackBalance]:
    spent = {track: sum(s.end - s.start for s in sessions if s.track == track) for track in TRACKS}
    total, whole = sum(spent.values()), sum(terms.shares)
    return {
        track: TrackBalance(spent[track], round(total * share / whole))
        for track, share in zip(TRACKS, terms.shares, strict=True)
    }
