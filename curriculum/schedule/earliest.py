"""Earliest deadline first: the schedule that no other can beat on lateness; tracks and balance are not known here."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

from curriculum.schedule.demand import NEVER, Demand


@dataclass(frozen=True, slots=True)
class Run:
    """Minutes of work time given to one unit without a break: `start` to `end`, end exclusive."""

    unit: int
    start: int
    end: int


def run_earliest_first(demand: Demand, work_until: Callable[[int], int]) -> tuple[Run, ...]:
    """Return preemptive EDF over the units that have a due date, in work time from 0.

    With due dates inherited backward and ties by need order it keeps every prerequisite and has the smallest possible
    maximum lateness (Theorem 1); units without a due date come after all others and cannot disturb it.

    Args:
        demand: What is to be studied.
        work_until: Work minutes before an instant, W(t).
    """
    releases = [work_until(release) if release else 0 for release in demand.releases]
    waiting = [len(others) for others in demand.before]
    left = list(demand.efforts)
    ready: list[tuple[int, int]] = []
    held: list[tuple[int, int]] = []
    runs: list[Run] = []
    now = 0

    def admit(unit: int) -> None:
        if releases[unit] > now:
            heapq.heappush(held, (releases[unit], unit))
        else:
            heapq.heappush(ready, (demand.dues[unit], unit))

    for unit, due in enumerate(demand.dues):
        if due < NEVER and not waiting[unit]:
            admit(unit)
    while ready or held:
        if not ready:
            now = max(now, held[0][0])
        while held and held[0][0] <= now:
            admit(heapq.heappop(held)[1])
        unit = ready[0][1]
        end = min(now + left[unit], held[0][0] if held else NEVER)
        runs.append(Run(unit, now, end))
        left[unit] -= end - now
        now = end
        if left[unit]:
            continue
        heapq.heappop(ready)
        for other in demand.after[unit]:
            waiting[other] -= 1
            if not waiting[other] and demand.dues[other] < NEVER:
                admit(other)
    return tuple(runs)


def completions(runs: tuple[Run, ...]) -> dict[int, int]:
    """Return for each unit the work minute at which it is finished."""
    return {run.unit: run.end for run in runs}
