"""Say which units are late because of gaps, where no hours would help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from curriculum.model.plan import Overload
from curriculum.schedule.demand import NEVER, Demand, inherited, own_dues
from curriculum.schedule.planner import Allocation
from curriculum.schedule.windows import windows_of


def with_gap_overloads(
    found: Sequence[Overload],
    demand: Demand,
    allocation: Allocation,
    start: int,
) -> tuple[Overload, ...]:
    """Return certificates that name gaps where they are the reason.

    Units that are due before they can start are told of gaps if they would not be without them.
    Units that are late and in no certificate wait for a gap, or for what waits for one.

    Args:
        found: The certificates of the hours and dates.
        demand: What is to be studied.
        allocation: Which units are studied when.
        start: The minute at which the plan starts.
    """
    if demand.gaps is None:
        return tuple(found)
    by_dates = _conflicts_by_dates(demand, start)
    told = [_naming_gaps(one, by_dates) for one in found]
    named = {unit for one in found for unit in one.units}
    in_time = _minutes_in_time(demand, allocation)
    late: dict[int, list[int]] = defaultdict(list)
    for unit, name in enumerate(demand.units):
        if name not in named and in_time[unit] < demand.efforts[unit]:
            late[demand.dues[unit]].append(unit)
    for units in late.values():
        after = max(start, *(allocation.gap_until[unit] for unit in units))
        told.append(_certificate(units, demand, in_time, after))
    return tuple(told)


def _certificate(
    units: Sequence[int], demand: Demand, in_time: Sequence[int], after: int
) -> Overload:
    """Return the certificate of units that are due at the same minute."""
    return Overload(
        after=after,
        before=demand.dues[units[0]],
        needed=sum(demand.efforts[unit] for unit in units),
        free=sum(in_time[unit] for unit in units),
        units=tuple(demand.units[unit] for unit in units),
        more_per_week=0,
        gaps=True,
    )


def _conflicts_by_dates(demand: Demand, start: int) -> set[str]:
    """Return the units that are due before they can start whatever the gaps."""
    dues = inherited(own_dues(demand.goals, len(demand.units)), demand.before)
    windows = windows_of(replace(demand, dues=dues, gaps=None), start)
    return {name for unit, name in enumerate(demand.units) if windows.is_conflict(unit)}


def _naming_gaps(overload: Overload, by_dates: set[str]) -> Overload:
    if overload.kept or not overload.is_conflict or by_dates.intersection(overload.units):
        return overload
    return replace(overload, gaps=True)


def _minutes_in_time(demand: Demand, allocation: Allocation) -> list[int]:
    """Return the minutes of each unit that are studied before it is due, or need not be."""
    minutes = [0] * len(demand.units)
    for unit, now, end in _timed(allocation):
        minutes[unit] += max(0, min(end, demand.dues[unit]) - now)
    for unit, due in enumerate(demand.dues):
        if due == NEVER:
            minutes[unit] = demand.efforts[unit]
    return minutes


def _timed(allocation: Allocation) -> Iterable[tuple[int, int, int]]:
    for block in allocation.blocks:
        now = block.start
        for unit, minutes in block.pieces:
            yield unit, now, now + minutes
            now += minutes
