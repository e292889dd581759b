"""Certificates of overload: which units need more minutes than are free, and what would help.

The argument is Horn's: in preemptive EDF, all that runs without a pause before a late completion,
back to the last moment at which something due later (or nothing) ran, was released after that
moment and is due no later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Overload
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.edf import Segment
from curriculum.schedule.fixed_sessions import FixedSession, Remaining


class WorkClock(Protocol):
    """A clock that runs only during slots."""

    def until(self, instant: int) -> int:
        """Return the minutes of work before an instant."""

    def start_of(self, work: int) -> int:
        """Return the instant at which the minute after so much work begins."""


MOST_CERTIFICATES = 10
"""A person mends the worst overloads first; the rest shows in the plan after that."""

_WEEK = 7 * 24 * 60


def certificates(
    demand: Demand,
    segments: Sequence[Segment],
    clock: WorkClock,
    start: int,
) -> tuple[Overload, ...]:
    """Return the certificates of what is late in EDF, earliest due date first.

    Of nested ones only the worst is given.

    Args:
        demand: What is to be studied.
        segments: The EDF schedule in work time.
        clock: The clock of work time.
        start: The minute at which the plan starts.
    """
    # The worst first: of certificates that begin at the same moment the first one is kept.
    late = sorted(_late(demand, segments, clock.until), reverse=True)
    found: dict[int, Overload] = {}
    for _, position in late[:MOST_CERTIFICATES]:
        busy = _busy_stretch(demand, segments, position)
        certificate = _certificate(
            demand,
            busy,
            clock,
            start,
        )
        found.setdefault(certificate.after, certificate)
    return _in_order(found.values())


def _late(
    demand: Demand,
    segments: Sequence[Segment],
    work_until: Callable[[int], int],
) -> list[tuple[int, int]]:
    """Return for each due date missed by how many minutes it is, and the segment that ends last."""
    worst: dict[int, tuple[int, int]] = {}
    room: dict[int, int] = {}
    for position, segment in enumerate(segments):
        due = demand.dues[segment.unit]
        if due not in room:
            room[due] = work_until(due)
        # Units whose minutes are all reserved run for no time; their own sessions say if they
        # are late.
        late = segment.end - room[due]
        if late > 0 and segment.end > segment.start:
            worst[due] = max(worst.get(due, (0, 0)), (late, position))
    return list(worst.values())


def _busy_stretch(
    demand: Demand,
    segments: Sequence[Segment],
    last: int,
) -> Sequence[Segment]:
    """Return the segments up to a late one that follow each other and are due no later than it."""
    due = demand.dues[segments[last].unit]
    first = last
    while first > 0:
        earlier = segments[first - 1]
        if earlier.end != segments[first].start or demand.dues[earlier.unit] > due:
            break
        first -= 1
    return segments[first : last + 1]


def _certificate(
    demand: Demand,
    busy: Sequence[Segment],
    clock: WorkClock,
    start: int,
) -> Overload:
    begin = busy[0].start
    due = demand.dues[busy[-1].unit]
    after = start
    if begin:
        after = max(start, clock.start_of(begin))
    needed = busy[-1].end - begin
    free = max(0, clock.until(due) - begin)
    units = sorted({segment.unit for segment in busy})
    return Overload(
        after=after,
        before=due,
        needed=needed,
        free=free,
        units=tuple(demand.units[unit] for unit in units),
        more_per_week=_more_per_week(needed - free, due - after),
    )


def with_fixed(
    found: Iterable[Overload],
    demand: Demand,
    remaining: Remaining,
) -> tuple[Overload, ...]:
    """Return certificates that say where fixed sessions are part of the reason.

    Those of what fixed sessions alone make late are added.

    Args:
        found: The certificates of what the fixed sessions leave to be planned.
        demand: What is to be studied, reserved minutes included.
        remaining: The fixed sessions, and what they leave.
    """
    fixed = tuple(remaining.sessions())
    needs = set(remaining.needed.values())
    marked = []
    for one in found:
        is_cause = one.before in needs or any(_overlaps(one, session) for session in fixed)
        marked.append(replace(one, kept=is_cause))
    return _in_order([*marked, *_late_themselves(demand, fixed)])


def _overlaps(overload: Overload, session: FixedSession) -> bool:
    return overload.after < session.end and session.start < overload.before


def _late_themselves(demand: Demand, fixed: Iterable[FixedSession]) -> Iterable[Overload]:
    """Return a certificate for each unit with a fixed session that ends after the unit is due."""
    found: dict[int, Overload] = {}
    for session in fixed:
        end = session.start
        for unit, minutes in session.pieces:
            start = end
            end += minutes
            due = demand.dues[unit]
            if end <= due:
                continue
            if unit not in found:
                found[unit] = _nothing_needed(
                    demand.units[unit],
                    min(start, due),
                    due,
                )
            found[unit] = replace(found[unit], needed=found[unit].needed + minutes)
    return found.values()


def _nothing_needed(
    unit: UnitId,
    after: int,
    before: int,
) -> Overload:
    """Return a certificate that only moving a fixed session would mend, with no minutes yet."""
    return Overload(
        after=after,
        before=before,
        needed=0,
        free=before - after,
        units=(unit,),
        more_per_week=0,
        kept=True,
    )


def _in_order(found: Iterable[Overload]) -> tuple[Overload, ...]:
    return tuple(sorted(found, key=lambda one: (one.before, one.after)))


def _more_per_week(missing: int, span: int) -> int:
    """Return the minutes a week that make up for what is missing; all of it in less than a week."""
    return -(-missing * _WEEK // max(span, _WEEK))


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
    finished: dict[int, int],
    work_until: Callable[[int], int],
) -> dict[int, int]:
    """Return for each due minute the work minutes left before it once all work due by then is done.

    Args:
        demand: What is to be studied; the due minutes are those of its units and of its goals.
        finished: Unit to the work minute at which EDF finishes it, for all that is due.
        work_until: Work minutes before an instant, W(t).
    """
    last: dict[int, int] = {}
    for unit, end in finished.items():
        due = demand.dues[unit]
        last[due] = max(last.get(due, 0), end)
    cushion = {}
    latest = 0
    for due in sorted({*last, *demand.goal_dues} - {NEVER}):
        latest = max(latest, last.get(due, 0))
        cushion[due] = work_until(due) - latest
    return cushion
