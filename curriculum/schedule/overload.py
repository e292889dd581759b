"""Certificates of overload: which units need more minutes than are free, and what would mend it.

The argument is Horn's: in preemptive EDF, all that runs without a pause before a late completion, back to the last
moment at which something due later (or nothing) ran, was released after that moment and is due no later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from curriculum.model.plan import Overload
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.edf import Segment
from curriculum.schedule.fixed_sessions import FixedSession, Remaining


class WorkClock(Protocol):
    """A clock that runs only during sittings."""

    def until(self, instant: int) -> int:
        """Return the minutes of work before an instant."""

    def start_of(self, work: int) -> int:
        """Return the instant at which the minute after so many minutes of work begins."""


MOST_CERTIFICATES = 10
_WEEK = 7 * 24 * 60


def certificates(
    demand: Demand, runs: Sequence[Segment], clock: WorkClock, start: int
) -> tuple[Overload, ...]:
    """Return the certificates of what is late in EDF, earliest due date first; of nested ones the worst.

    Args:
        demand: What is to be studied.
        runs: The EDF schedule in work time.
        clock: The clock of work time.
        start: The minute at which the plan starts.
    """
    late = sorted(_late(demand, runs, clock.until), reverse=True)[:MOST_CERTIFICATES]
    found: dict[int, Overload] = {}
    for _, position in late:
        certificate = _certificate(demand, runs, position, clock, start)
        found.setdefault(certificate.after, certificate)
    return tuple(sorted(found.values(), key=lambda overload: (overload.before, overload.after)))


def _late(
    demand: Demand, runs: Sequence[Segment], work_until: Callable[[int], int]
) -> list[tuple[int, int]]:
    """Return for each due date that is missed the most minutes it is missed by and the run that ends last."""
    worst: dict[int, tuple[int, int]] = {}
    room: dict[int, int] = {}
    for position, run in enumerate(runs):
        due = demand.dues[run.unit]
        if due not in room:
            room[due] = work_until(due)
        if run.end > room[due] and run.end > run.start:
            worst[due] = max(worst.get(due, (0, 0)), (run.end - room[due], position))
    return list(worst.values())


def _certificate(
    demand: Demand, runs: Sequence[Segment], last: int, clock: WorkClock, start: int
) -> Overload:
    due = demand.dues[runs[last].unit]
    first = last
    while (
        first
        and runs[first - 1].end == runs[first].start
        and demand.dues[runs[first - 1].unit] <= due
    ):
        first -= 1
    begin, end = runs[first].start, runs[last].end
    units = sorted({run.unit for run in runs[first : last + 1]})
    after = max(start, clock.start_of(begin)) if begin else start
    needed, free = end - begin, max(0, clock.until(due) - begin)
    return Overload(
        after=after,
        before=due,
        needed=needed,
        free=free,
        units=tuple(demand.units[unit] for unit in units),
        more_per_week=_more_per_week(needed - free, due - after),
    )


def with_kept(found: Iterable[Overload], demand: Demand, held: Remaining) -> tuple[Overload, ...]:
    """Return certificates that say where kept sessions are part of the reason, and those of what they make late alone.

    Args:
        found: The certificates of what the kept sessions leave to be planned.
        demand: What is to be studied, promised minutes included.
        held: The kept sessions, and what they leave.
    """
    kept = tuple(held.sessions())
    needs = set(held.needed.values())
    marked = (
        replace(
            one,
            kept=one.before in needs
            or any(one.after < other.end and other.start < one.before for other in kept),
        )
        for one in found
    )
    return tuple(
        sorted((*marked, *_kept_late(demand, kept)), key=lambda one: (one.before, one.after))
    )


def _kept_late(demand: Demand, kept: Iterable[FixedSession]) -> list[Overload]:
    """Return a certificate for each unit of which a kept session ends after the unit is due."""
    found: dict[int, Overload] = {}
    for one in kept:
        end = one.start
        for unit, minutes in one.pieces:
            start, end, due = end, end + minutes, demand.dues[unit]
            if end > due:
                after = min(start, due)
                first = found.get(
                    unit, Overload(after, due, 0, due - after, (demand.units[unit],), 0, kept=True)
                )
                found[unit] = replace(first, needed=first.needed + minutes)
    return list(found.values())


def _more_per_week(missing: int, span: int) -> int:
    """Return the minutes a week that make up for what is missing; all of it when less than a week is left."""
    return -(-missing * _WEEK // max(span, _WEEK))


def targets(
    demand: Demand, finished: dict[int, int], work_until: Callable[[int], int]
) -> list[int]:
    """Return the work minute by which each unit must be finished so that nothing is later than in EDF.

    A unit that EDF keeps must be kept; one that it cannot keep must not be later than there. EDF itself reaches all of
    these targets at once, so they are feasible, and along an edge they never decrease.
    """
    room = {due: work_until(due) for due in set(demand.dues) if due < NEVER}
    return [
        NEVER if due == NEVER or not demand.efforts[unit] else max(room[due], finished[unit])
        for unit, due in enumerate(demand.dues)
    ]


def cushions(
    demand: Demand, finished: dict[int, int], work_until: Callable[[int], int]
) -> dict[int, int]:
    """Return for each due minute the work minutes left before it once all work due by then is done.

    Args:
        demand: What is to be studied.
        finished: Unit to the work minute at which it is finished in EDF, for all that is due.
        work_until: Work minutes before an instant, W(t).
    """
    last: dict[int, int] = {}
    for unit, end in finished.items():
        last[demand.dues[unit]] = max(last.get(demand.dues[unit], 0), end)
    last.pop(NEVER, None)
    cushion, latest = {}, 0
    for due in sorted(last):
        latest = max(latest, last[due])
        cushion[due] = work_until(due) - latest
    return cushion
