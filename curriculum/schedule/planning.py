"""Schedule a curriculum: cut the free time into slots, and allocate its units to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.plan import (
    Overload,
    Plan,
    QuotaShortfall,
    Session,
    TimeToCatchUp,
    TrackBalance,
    Unplaced,
)
from curriculum.schedule.caps import UnusedTime, with_capped
from curriculum.schedule.choices import UnitChoice
from curriculum.schedule.cushions import cushions, targets
from curriculum.schedule.demand import Demand, demand_of
from curriculum.schedule.edf import completions, run_earliest_first
from curriculum.schedule.evenness import evenness_of
from curriculum.schedule.extra_hours import ExtraHours
from curriculum.schedule.fixed_sessions import Remaining, least_late, reserve, still_valid
from curriculum.schedule.gap_overload import with_gap_overloads
from curriculum.schedule.lookahead import (
    FARTHEST_DAYS,
    NO_TIME,
    Free,
    days_ahead,
    first_span,
    slots_in,
    unused_in,
    why_no_slot,
)
from curriculum.schedule.order_choice import Ordered, allocate_in_order
from curriculum.schedule.overload import overloads
from curriculum.schedule.placements import placements_of, planned_goals
from curriculum.schedule.plan_request import PlanRequest
from curriculum.schedule.planner import Allocation, SharingRules, allocate
from curriculum.schedule.preferred_hours import PreferredHours
from curriculum.schedule.quotas import shortfalls
from curriculum.schedule.reasons import Reasons, Trace
from curriculum.schedule.sessions import sessions_of
from curriculum.schedule.slots import Slot
from curriculum.schedule.track_allocation import TrackAllocation, allocate_by_track
from curriculum.schedule.track_overload import track_cushions, track_overloads, unproven
from curriculum.schedule.track_targets import track_clocks
from curriculum.schedule.windows import windows_of

BLOCKED = "what it requires has no place"


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
        reason = why_no_slot(request, free)
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
    span = first_span(demand, request)
    # Busy and away times are known only once they are looked at, so a guess may fall short.
    # Doubling it keeps the cost of all tries together near that of the last one.
    while True:
        days = days_ahead(request, free, span)
        kept = still_valid(request.kept, days, request.start)
        grid = slots_in(request, days, kept)
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
        outcome = outcome._replace(unused=unused_in(request, days, grid))
    return outcome


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
