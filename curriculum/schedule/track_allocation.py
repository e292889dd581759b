"""Allocate where hours belong to tracks: every date is kept where the counts of hours are exact.

They are exact without releases and without prerequisites across tracks. With them, what was found
is compared with other ways, and the least late is taken (THEORY.md §4a).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo

from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.demand import NEVER
from curriculum.schedule.fixed_sessions import Remaining
from curriculum.schedule.order_choice import Ordered, allocate_in_order
from curriculum.schedule.planner import Allocation, SharingRules, allocate
from curriculum.schedule.track_targets import tightened, track_clocks, track_targets


@dataclass(frozen=True, slots=True)
class TrackAllocation:
    """An allocation with what it was made by.

    Attributes:
        ordered: The allocation.
        targets: Minute by which each unit was to be finished.
        rules: How the time was shared.
        finished: Unit to the minute at which it is finished.
        is_valid: Whether all that fixed sessions require is finished in time.
    """

    ordered: Ordered
    targets: Sequence[int]
    rules: SharingRules
    finished: dict[int, int]
    is_valid: bool


def allocate_by_track(
    remaining: Remaining,
    dues: tuple[int, ...],
    rules: SharingRules,
    zone: tzinfo,
) -> TrackAllocation:
    """Return the allocation in order; where a date is missed in it, the least late of several.

    Args:
        remaining: What is to be allocated, and where.
        dues: Minute by which each unit is due for a goal.
        rules: How the time is shared, with the hours of tracks.
        zone: The zone of the weeks.
    """
    assert rules.hours is not None, "asked for only where hours belong to tracks"
    demand = remaining.rest
    clocks = track_clocks(remaining, rules.hours)
    targets = track_targets(demand, dues, remaining.needed, clocks)
    ordered = allocate_in_order(remaining, targets, rules, zone)
    first = _outcome(ordered, targets, rules, remaining)
    if _keeps(first.finished, targets):
        return first
    found = [first]
    early = tightened(demand, dues, clocks)
    for own_dues in (dues, early):
        aims = track_targets(demand, own_dues, remaining.needed, clocks)
        for other in _ways(rules):
            allocation = allocate(remaining, aims, other)
            found.append(_outcome(Ordered(allocation, allocation), aims, other, remaining))
    return min(found, key=lambda one: (not one.is_valid, *_lateness(one.finished, dues)))


def _ways(rules: SharingRules) -> Iterator[SharingRules]:
    afresh = replace(rules, ahead=0, published=())
    yield afresh
    yield replace(afresh, is_strict=True, quotas=None)


def _outcome(
    ordered: Ordered, targets: Sequence[int], rules: SharingRules, remaining: Remaining
) -> TrackAllocation:
    finished = finishes(ordered.chosen)
    is_valid = all(finished.get(unit, NEVER) <= due for unit, due in remaining.needed.items())
    return TrackAllocation(ordered, targets, rules, finished, is_valid)


def finishes(allocation: Allocation) -> dict[int, int]:
    """Return the minute at which each unit that is finished is finished."""
    found: dict[int, int] = {}
    for block in allocation.blocks:
        now = block.start
        for unit, minutes in block.pieces:
            now += minutes
            found[unit] = now
    return {unit: end for unit, end in found.items() if not allocation.left[unit]}


def _keeps(finished: dict[int, int], targets: Sequence[int]) -> bool:
    return all(
        finished.get(unit, NEVER) <= target for unit, target in enumerate(targets) if target < NEVER
    )


def _lateness(finished: dict[int, int], dues: Sequence[int]) -> tuple[int, int]:
    """Return the largest lateness of a unit, and that of all units."""
    late = [max(0, finished.get(unit, NEVER) - due) for unit, due in enumerate(dues) if due < NEVER]
    return max(late, default=0), sum(late)
