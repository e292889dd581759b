"""By when each unit must be finished, and the time that is left before each due date."""

from __future__ import annotations

from collections.abc import Callable

from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.windows import Windows


def targets(
    demand: Demand,
    finished: dict[int, int],
    work_until: Callable[[int], int],
) -> list[int]:
    """Return the work minute by which each unit must be finished to be no later than in EDF.

    A unit that EDF keeps must be kept; one that it cannot keep must not be later than there. EDF
    itself reaches all of these targets at once, so they are feasible, and along an edge they never
    decrease.
    """
    room = {due: work_until(due) for due in set(demand.dues) if due < NEVER}
    found = []
    for unit, due in enumerate(demand.dues):
        if due == NEVER or not demand.efforts[unit]:
            found.append(NEVER)
        else:
            found.append(max(room[due], finished[unit]))
    return found


def cushions(
    demand: Demand,
    windows: Windows,
    finished: dict[int, int],
    work_until: Callable[[int], int],
) -> dict[int, int]:
    """Return for each due minute the work minutes left before it once all work due by then is done.

    A unit that is due before it can start counts from the next due minute after that on.

    Args:
        demand: What is to be studied; the due minutes are those of its units and of its goals.
        windows: The windows of its units.
        finished: Unit to the work minute at which EDF finishes it, for all that is due.
        work_until: Work minutes before an instant, W(t).
    """
    last: dict[int, int] = {}
    for unit, end in finished.items():
        due = windows.closes[unit]
        last[due] = max(last.get(due, 0), end)
    cushion = {}
    latest = 0
    for due in sorted({*windows.dues, *demand.goal_dues} - {NEVER}):
        latest = max(latest, last.get(due, 0))
        cushion[due] = work_until(due) - latest
    return cushion
