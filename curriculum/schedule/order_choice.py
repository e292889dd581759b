"""Choose the order within the tracks: that of the goals, or the one that keeps both at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from fractions import Fraction

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Session
from curriculum.schedule.demand import Demand
from curriculum.schedule.fixed_sessions import Remaining
from curriculum.schedule.planner import Allocation, SharingRules, allocate
from curriculum.schedule.week_balance import beyond_shares


@dataclass(frozen=True, slots=True)
class Ordered:
    """An allocation beside the one in the order of the goals.

    Attributes:
        chosen: The one to plan by.
        by_goals: The other; the same one where nothing is studied out of turn.
    """

    chosen: Allocation
    by_goals: Allocation


def allocate_in_order(
    remaining: Remaining,
    targets: Sequence[int],
    rules: SharingRules,
    zone: tzinfo,
) -> Ordered:
    """Return the allocation whose weeks are nearer to the balance.

    Of a plan that was published, the order is kept: the allocation is chosen that leaves more of
    its sessions as they were.

    Args:
        remaining: What is to be allocated, and where.
        targets: Work minute by which each unit must be finished.
        rules: How the time is shared.
        zone: The zone of the weeks.
    """
    chosen = allocate(remaining, targets, rules)
    if not chosen.is_reordered:
        return Ordered(chosen, chosen)
    # Without the guide, which would lead it to what the published plan already unlocked.
    by_goals = allocate(remaining, targets, replace(rules, ahead=0, published=()))

    def rank(allocation: Allocation) -> tuple[int, Fraction]:
        kept = _kept_minutes(allocation, remaining.rest, rules.published)
        return -kept, beyond_shares(allocation.blocks, rules.shares, zone)

    if rank(chosen) < rank(by_goals):
        return Ordered(chosen, by_goals)
    return Ordered(by_goals, by_goals)


def _kept_minutes(
    allocation: Allocation,
    demand: Demand,
    published: Sequence[Session],
) -> int:
    """Return the minutes of published sessions that stay as they were, for the same reason."""
    places = {session.start: session for session in published}
    kept = 0
    for block in allocation.blocks:
        if block.start not in places:
            continue
        session = places[block.start]
        if session.because is not block.because:
            continue
        pieces = [(piece.unit, piece.minutes) for piece in session.pieces]
        if pieces == [(demand.units[unit], minutes) for unit, minutes in block.pieces]:
            kept += block.minutes
    return kept
