"""Say how even the weeks of a plan are, how even they could be, and what their order costs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, tzinfo
from fractions import Fraction
from math import ceil

from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.plan import Evenness, instant
from curriculum.schedule.demand import Demand, GoalDemand
from curriculum.schedule.order_choice import Ordered
from curriculum.schedule.planner import Allocation
from curriculum.schedule.week_balance import beyond_share, beyond_shares


def evenness_of(
    demand: Demand,
    ordered: Ordered,
    shares: tuple[Fraction, Fraction],
    zone: tzinfo,
) -> Evenness:
    """Return how even the weeks are of the allocation that was chosen.

    Args:
        demand: What was to be allocated.
        ordered: The allocation, and that in the order of the goals.
        shares: The share of each track; only the ratio matters.
        zone: The zone of the days and weeks.
    """
    spent = [0, 0]
    for block in ordered.chosen.blocks:
        spent[block.track] += block.minutes
    lacking, missing = _lack(spent, shares)
    beyond = by_goals = beyond_shares(ordered.chosen.blocks, shares, zone)
    if ordered.by_goals is not ordered.chosen:
        by_goals = beyond_shares(ordered.by_goals.blocks, shares, zone)
    first = demand.first_goal
    return Evenness(
        beyond=round(beyond),
        least=round(beyond_share(spent, shares)),
        lacking=lacking,
        missing=missing,
        by_goals=round(by_goals),
        first=first.goal if first else None,
        days_later=_days_later(first, ordered, zone),
    )


def _lack(
    spent: Sequence[int],
    shares: tuple[Fraction, Fraction],
) -> tuple[Track | None, int]:
    """Return the track that has less than its share, and the minutes that would give it that."""
    for track, other in ((0, 1), (1, 0)):
        if shares[other]:
            missing = ceil(spent[other] * shares[track] / shares[other]) - spent[track]
            if missing > 0:
                return TRACKS[track], missing
    return None, 0


def _days_later(
    goal: GoalDemand | None,
    ordered: Ordered,
    zone: tzinfo,
) -> int:
    """Return by how many days a goal is finished later than in the order of the goals."""
    if goal is None:
        return 0
    units = frozenset(goal.units)
    chosen = _finish(ordered.chosen, units, zone)
    by_goals = _finish(ordered.by_goals, units, zone)
    if chosen is None or by_goals is None:
        return 0
    return (chosen - by_goals).days


def _finish(
    allocation: Allocation,
    units: Collection[int],
    zone: tzinfo,
) -> date | None:
    """Return the day on which the last of some units is finished, if all of them are."""
    if any(allocation.left[unit] for unit in units):
        return None
    for block in reversed(allocation.blocks):
        if any(unit in units for unit, _ in block.pieces):
            return instant(block.start).astimezone(zone).date()
    return None
