"""Schedule a curriculum: cut the free time into slots, and allocate its units to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta, tzinfo
from fractions import Fraction
from typing import NamedTuple

from curriculum.availability.track_hours import TrackHours, track_hours
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.plan import (
    FreeDay,
    Overload,
    Plan,
    QuotaShortfall,
    Session,
    TimeToCatchUp,
    TrackBalance,
    Unplaced,
    instant,
    release_minute,
)
from curriculum.model.quantities import minutes
from curriculum.model.settings import UNCAPPED, Settings
from curriculum.schedule.caps import NO_CAP, Caps, UnusedTime, WeekSoFar, capped, with_capped
from curriculum.schedule.choices import UnitChoice
from curriculum.schedule.cushions import cushions, targets
from curriculum.schedule.demand import NEVER, Demand, demand_of
from curriculum.schedule.edf import completions, run_earliest_first
from curriculum.schedule.evenness import evenness_of
from curriculum.schedule.extra_hours import ExtraHours
from curriculum.schedule.fixed_sessions import Remaining, least_late, reserve, still_valid
from curriculum.schedule.gap_overload import with_gap_overloads
from curriculum.schedule.order_choice import Ordered, allocate_in_order
from curriculum.schedule.overload import overloads
from curriculum.schedule.placements import placements_of, planned_goals
from curriculum.schedule.planner import (
    NOTHING_OWED,
    Allocation,
    SharingRules,
    allocate,
)
from curriculum.schedule.preferred_hours import PreferredHours, preferred_hours
from curriculum.schedule.quotas import Quotas, shortfalls
from curriculum.schedule.reasons import Reasons, Trace
from curriculum.schedule.sessions import sessions_of
from curriculum.schedule.slots import CatchUp, Slot, cut_slots, monday_of
from curriculum.schedule.track_allocation import TrackAllocation, allocate_by_track
from curriculum.schedule.track_overload import track_cushions, track_overloads, unproven
from curriculum.schedule.track_targets import track_clocks
from curriculum.schedule.windows import windows_of

FARTHEST_DAYS = 100 * 366
"""Free time is looked for no farther ahead than this."""

NO_TIME = f"no free time is left in the next {FARTHEST_DAYS // 366} years"
TOO_SHORT = "every stretch of free time is shorter than the shortest session"
RESERVED = "the time kept for catching up takes all free time of every week"
BLOCKED = "what it requires has no place"

_DAY = 24 * 60

Free = Callable[[date, date], Sequence[FreeDay]]
"""The free days from one local date to another, both included."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan is asked for: its start, how time is shared, what stays of the plan before.

    Attributes:
        start: The minute at which it starts; slots that begin earlier are not used.
        first: The local day that holds it.
        shares: The share of each track; only the ratio matters.
        settings: The settings they are taken from.
        owed: Minutes the textbooks are owed from before; the papers are owed the opposite.
        published: The sessions of the previous plan that are not over, which guide this one; none
            for a plan that is to owe nothing to it.
        kept: The sessions that stay in place, because they begin soon or are pinned; of two that
            overlap, the one named first. One in progress began before `start`.
        studied: Minutes of each track recorded in the week in which it starts.
        so_far: What counts for the caps of the week already; None where nothing was planned before.
        missed: Minutes missed, which the time for catching up of this week and the next ones gives
            back.
        zone: The zone of its days.
    """

    start: int
    first: date
    shares: tuple[Fraction, Fraction]
    settings: Settings
    owed: Fraction = NOTHING_OWED
    published: tuple[Session, ...] = ()
    kept: tuple[Session, ...] = ()
    missed: int = 0
    studied: tuple[int, int] = (0, 0)
    so_far: WeekSoFar | None = None
    zone: tzinfo = UTC

    @property
    def catch_up(self) -> CatchUp:
        """The time left free in every week."""
        return CatchUp(
            minutes(self.settings.catch_up),
            self.first,
            self.missed,
        )

    @property
    def preferred(self) -> PreferredHours | None:
        """The hours that are filled first; None without any."""
        return preferred_hours(self.settings, self.zone)

    @property
    def caps(self) -> Caps | None:
        """The most minutes that a day and a week may hold; None without caps."""
        cap = self.settings.cap
        if cap.day is None and cap.week is None:
            return None
        return Caps(
            day=NO_CAP if cap.day is None else minutes(cap.day),
            week=NO_CAP if cap.week is None else minutes(cap.week),
            shortest=minutes(self.settings.session.shortest),
            zone=self.zone,
            start=self.start,
            catch_up=self.catch_up,
            so_far=self.so_far or WeekSoFar(self.start),
            preferred=self.preferred,
        )

    @property
    def sharing(self) -> SharingRules:
        """How the time is shared between the tracks."""
        length = self.settings.session
        return SharingRules(
            shares=self.shares,
            shortest=minutes(length.shortest),
            longest=minutes(length.longest),
            owed=self.owed,
            ahead=self.settings.balance.minutes_ahead,
            quotas=self.quotas,
            published=self.published,
            hours=self.hours,
        )

    @property
    def hours(self) -> TrackHours | None:
        """The hours of each track; None where all hours are open to both."""
        return track_hours(self.settings, self.zone)

    @property
    def quotas(self) -> Quotas | None:
        """The least time of each track in every week; None without quotas."""
        settings = self.settings
        least = (minutes(settings.textbooks.at_least), minutes(settings.papers.at_least))
        if not any(least):
            return None
        return Quotas(least, self.zone, self.first, self.studied)


def plan_request(
    settings: Settings,
    now: int,
    zone: tzinfo,
) -> PlanRequest:
    """Return the request for a plan made at a minute.

    It starts then, or on the start of the settings if that is later.
    """
    start = now
    if settings.start is not None:
        start = max(now, release_minute(settings.start, zone))
    first = instant(start).astimezone(zone).date()
    return PlanRequest(
        start,
        first,
        settings.balance.shares,
        settings,
        zone=zone,
    )


def schedule(
    curriculum: Curriculum,
    request: PlanRequest,
    free: Free,
) -> Plan:
    """Return the plan of a curriculum; every minute of effort is placed or named as unplaced."""
    return plan_of(demand_of(curriculum), request, free)


def plan_of(
    demand: Demand,
    request: PlanRequest,
    free: Free,
) -> Plan:
    """Return the plan of a demand, looking as far ahead as the work needs.

    Where something would be late in the hours that the person prefers, the preference is dropped.
    """
    plan = _plan_within(demand, request, free)
    if request.settings.prefer is None:
        return plan
    preferred = plan
    if plan.overload:
        settings = request.settings.model_copy(update={"prefer": None})
        plan = _plan_within(demand, replace(request, settings=settings), free)
    hours = PreferredHours(request.settings.prefer, request.zone, frozenset())
    minutes_preferred = hours.minutes_in((one.start, one.end) for one in plan.sessions)
    return replace(plan, preferred=minutes_preferred, is_preference_kept=plan is preferred)


def _plan_within(
    demand: Demand,
    request: PlanRequest,
    free: Free,
) -> Plan:
    """Return the plan of a demand, looking as far ahead as the work needs."""
    outcome = _found(demand, request, free)
    reason = NO_TIME
    if not outcome.grid:
        reason = _shortage(request, free)
    return _plan(
        demand,
        request,
        outcome,
        reason,
    )


def reasons_of(
    curriculum: Curriculum,
    request: PlanRequest,
    free: Free,
) -> Reasons:
    """Return what bound the start of each unit in the plan that `schedule` returns.

    Noting every choice takes time, so it is planned again, which gives the same plan (P6).
    """
    demand = demand_of(curriculum)
    outcome = _found(demand, request, free)
    if request.settings.prefer is not None and outcome.overload:
        # The preference is dropped, as in `plan_of`.
        settings = request.settings.model_copy(update={"prefer": None})
        outcome = _found(demand, replace(request, settings=settings), free)
    rules = outcome.rules
    if outcome.ordered.chosen is outcome.ordered.by_goals:
        rules = replace(rules, ahead=0)
    choices: list[UnitChoice] = []
    allocation = allocate(outcome.remaining, outcome.targets, rules, choices)
    return Reasons(
        Trace(
            demand,
            outcome.remaining,
            outcome.targets,
            rules,
            allocation.available,
            choices,
        )
    )


def _found(
    demand: Demand,
    request: PlanRequest,
    free: Free,
) -> _Outcome:
    """Return what the planner finds when it looks as far ahead as the work needs."""
    span = _first_span(demand, request)
    # Busy and away times are known only once they are looked at, so a guess may fall short.
    # Doubling it keeps the cost of all tries together near that of the last one.
    while True:
        days = _days(request, free, span)
        kept = still_valid(request.kept, days, request.start)
        grid = _grid(request, days, kept)
        outcome = _outcome(
            demand,
            request,
            grid,
            kept,
        )
        is_complete = not any(outcome.allocation.left)
        if is_complete or span >= FARTHEST_DAYS:
            break
        span = min(2 * span, FARTHEST_DAYS)
    if request.caps is not None:
        outcome = outcome._replace(unused=_unused(request, days, grid))
    return outcome


def slots_until(
    request: PlanRequest,
    free: Free,
    span: int,
) -> tuple[Slot, ...]:
    """Return the slots of the first `span` days of a plan, as if no session were kept."""
    return _grid(request, _days(request, free, span), ())


def _days(
    request: PlanRequest,
    free: Free,
    span: int,
) -> Sequence[FreeDay]:
    """Return the free days ahead, and the day before, whose windows may reach into the first.

    With time left for catching up, or a cap, every week is whole: what is taken from a day depends
    on it.
    """
    first = request.first - timedelta(days=1)
    last = request.first + timedelta(days=span)
    if request.catch_up.weekly or request.caps is not None:
        first = monday_of(first)
        last += timedelta(days=6 - last.weekday())
    return free(first, last)


def _grid(
    request: PlanRequest, days: Sequence[FreeDay], kept: tuple[Session, ...]
) -> tuple[Slot, ...]:
    settings = request.settings
    caps = request.caps
    if request.hours is not None:
        days = request.hours.parts(days, minutes(settings.session.break_))
    most_a_day = None if caps is None else caps.day
    slots = cut_slots(
        days,
        settings.session,
        settings.load,
        request.catch_up,
        most_a_day,
        request.preferred,
    )
    if caps is not None:
        slots = capped(slots, kept, caps)
    return tuple(slot for slot in slots if slot[0] >= request.start)


def _unused(request: PlanRequest, days: Sequence[FreeDay], grid: tuple[Slot, ...]) -> UnusedTime:
    """Return the time that caps leave free."""
    without = request.settings.model_copy(update={"cap": UNCAPPED})
    return UnusedTime(_grid(replace(request, settings=without), days, ()), grid)


def _shortage(request: PlanRequest, free: Free) -> str:
    """Return why there is no slot at all."""
    days = free(request.first, request.first + timedelta(days=366))
    if cut_slots(days, request.settings.session, request.settings.load):
        return RESERVED
    if any(day.intervals for day in days):
        return TOO_SHORT
    return NO_TIME


def _first_span(demand: Demand, request: PlanRequest) -> int:
    """Return a number of days that is likely to be enough.

    It reaches past every date, and then as far as a bit more than the work needs at the weekly
    hours, and four weeks for what is away or busy.
    """
    dates = [request.start]
    dates += (due for due in demand.dues if due < NEVER)
    dates += (release for release in demand.releases if release)
    dates += (session.end for session in request.kept)
    days = (max(dates) - request.start) // _DAY + 1
    weeks = demand.total / _weekly_minutes(request)
    return min(FARTHEST_DAYS, max(0, days) + int(weeks * 7 * 1.25) + 28)


_MINUTES_A_WEEK = 600
"""A guess where a calendar says the hours: it is read only as far as the planner looks."""


def _weekly_minutes(request: PlanRequest) -> float:
    """Return how many minutes a week can be planned, and a little where there are none."""
    weekly = 0
    for windows in request.settings.week:
        weekly += sum(window.end - window.start for window in windows)
    if request.settings.study_calendar is not None:
        weekly = _MINUTES_A_WEEK
    planned = float(request.settings.load) * max(weekly, 1) - request.catch_up.weekly
    caps = request.caps
    if caps is not None:
        planned = min(planned, caps.week - request.catch_up.weekly, 7 * caps.day)
    return max(planned, 0.5)


class _Outcome(NamedTuple):
    """What the planner finds: who studies what when, what is late, and what is left before dues."""

    grid: tuple[Slot, ...]
    remaining: Remaining
    targets: Sequence[int]
    ordered: Ordered
    rules: SharingRules
    overload: tuple[Overload, ...]
    cushions: dict[int, int]
    slots: tuple[Slot, ...]
    unused: UnusedTime | None = None
    unproven: tuple[int, ...] = ()

    @property
    def allocation(self) -> Allocation:
        """What the plan is made of."""
        return self.ordered.chosen


def _outcome(
    demand: Demand,
    request: PlanRequest,
    grid: tuple[Slot, ...],
    kept: tuple[Session, ...],
) -> _Outcome:
    if request.hours is not None:
        return _outcome_by_track(demand, request, grid, kept)
    # The order matters: the sessions that stay define work time, EDF in work time defines what can
    # be in time at all, and only that tells the planner how long each unit may wait.
    remaining = reserve(demand, grid, kept)
    clock = remaining.clock()
    earliest_first = run_earliest_first(remaining.rest, clock)
    least = least_late(
        earliest_first,
        remaining,
        demand.dues,
        clock,
    )
    finished = completions(least)
    goals = targets(remaining.rest, finished, clock.until)
    rules = request.sharing
    ordered = allocate_in_order(
        remaining,
        goals,
        rules,
        request.zone,
    )
    overload = overloads(
        demand,
        remaining,
        ExtraHours(request.settings, request.zone),
        request.start,
    )
    return _Outcome(
        grid=grid,
        remaining=remaining,
        targets=goals,
        ordered=ordered,
        rules=rules,
        overload=with_gap_overloads(overload, demand, ordered.chosen, request.start),
        cushions=cushions(
            demand,
            windows_of(demand, request.start),
            finished,
            clock.until,
        ),
        slots=remaining.slots,
    )


def _outcome_by_track(
    demand: Demand,
    request: PlanRequest,
    grid: tuple[Slot, ...],
    kept: tuple[Session, ...],
) -> _Outcome:
    """Return what the planner finds where hours belong to tracks."""
    rules = request.sharing
    assert rules.hours is not None, "asked for only where hours belong to tracks"
    remaining, found = _allocated_by_track(demand, request, grid, kept)
    clocks = track_clocks(remaining, rules.hours)
    extra = ExtraHours(request.settings, request.zone)
    return _Outcome(
        grid=grid,
        remaining=remaining,
        targets=found.targets,
        ordered=found.ordered,
        rules=found.rules,
        overload=track_overloads(demand, remaining, clocks, extra, request.start),
        cushions=track_cushions(
            replace(demand, efforts=remaining.rest.efforts), found.finished, clocks, request.start
        ),
        slots=remaining.slots,
        unproven=tuple(unproven(demand, remaining, clocks, found.finished, request.start)),
    )


def _allocated_by_track(
    demand: Demand,
    request: PlanRequest,
    grid: tuple[Slot, ...],
    kept: tuple[Session, ...],
) -> tuple[Remaining, TrackAllocation]:
    """Return an allocation, without the kept sessions that wait for what has no time before."""
    for waits_allowed in (True, False):
        remaining = reserve(demand, grid, kept, waits_allowed=waits_allowed)
        found = allocate_by_track(remaining, demand.dues, request.sharing, request.zone)
        if found.is_valid:
            break
    return remaining, found


def _plan(
    demand: Demand,
    request: PlanRequest,
    outcome: _Outcome,
    reason: str,
) -> Plan:
    sessions = sessions_of(outcome.allocation.blocks, demand)
    placements = placements_of(
        demand,
        outcome.allocation,
        sessions,
        outcome.cushions,
    )
    if outcome.unused is not None:
        placements = with_capped(placements, outcome.unused)
    shortages: tuple[QuotaShortfall, ...] = ()
    if request.quotas is not None:
        shortages = tuple(shortfalls(request.quotas, sessions, outcome.slots))
    finish = None
    if sessions:
        finish = sessions[-1].end
    return Plan(
        start=request.start,
        finish=finish,
        sessions=sessions,
        units=placements,
        unplaced=_unplaced(demand, outcome.allocation, reason),
        balance=_balance(sessions, request),
        largest_lag=outcome.allocation.largest_lag,
        overload=outcome.overload,
        goals=planned_goals(demand, placements, outcome.cushions),
        evenness=evenness_of(
            demand,
            outcome.ordered,
            request.shares,
            request.zone,
        ),
        shortfalls=shortages,
        catch_up=TimeToCatchUp(request.catch_up.weekly, request.missed),
        unproven=tuple(demand.units[unit] for unit in outcome.unproven),
    )


def _unplaced(
    demand: Demand,
    allocation: Allocation,
    reason: str,
) -> tuple[Unplaced, ...]:
    found = []
    for unit, left in enumerate(allocation.left):
        if not left:
            continue
        is_blocked = any(allocation.left[other] for other in demand.before[unit])
        why = BLOCKED if is_blocked else reason
        found.append(Unplaced(demand.units[unit], left, why))
    return tuple(found)


def _balance(sessions: tuple[Session, ...], request: PlanRequest) -> dict[Track, TrackBalance]:
    spent: dict[Track, int] = dict.fromkeys(TRACKS, 0)
    for session in sessions:
        spent[session.track] += session.end - session.start
    total = sum(spent.values())
    whole = sum(request.shares)
    balance: dict[Track, TrackBalance] = {}
    for track, share in zip(TRACKS, request.shares, strict=True):
        balance[track] = TrackBalance(spent[track], round(total * share / whole))
    return balance
