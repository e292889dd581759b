"""Whether what was begun is being finished: the state of each work, and the time it took."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.late_dataclasses import dataclass

LEAST_MINUTES = 30
"""Minutes of study below which a work was only looked at."""

RECENT = timedelta(weeks=3)
"""How long a work that was touched counts as going on."""


class WorkState(StrEnum):
    """Where a work stands.

    DELIVERED: all its units are done, or its primary results are settled. DROPPED: what was left of
    it was skipped. GOING: it was touched in the last three weeks. WAITING: all that is left of it
    waits for a prerequisite or a date. STALLED: none of these.
    """

    DELIVERED = "delivered"
    GOING = "going"
    WAITING = "waiting"
    STALLED = "stalled"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class StudiedWork:
    """A work on which time was spent.

    Attributes:
        work: Its name.
        state: Where it stands.
        minutes: Minutes that went into it in the time that is looked at.
        last: The day it was last touched.
    """

    work: str
    state: WorkState
    minutes: int
    last: date


@dataclass(frozen=True, slots=True)
class WorkEnds:
    """Which works need no more study, and which cannot go on now.

    Attributes:
        delivered: Works that are finished.
        dropped: Works of which what was left was skipped.
        waiting: Works of which every unit left waits for a prerequisite or a date.
    """

    delivered: frozenset[str]
    dropped: frozenset[str]
    waiting: frozenset[str]


def waiting_works(left: Curriculum, releases: Mapping[UnitId, int], now: int) -> frozenset[str]:
    """Return the works of which something is left and nothing can be studied now.

    Args:
        left: The curriculum of what is not done.
        releases: Unit to the minute before which it may not start.
        now: The minute of now.
    """
    works = {work_of(unit) for unit in left.units}
    ready = set()
    for unit in left.units:
        if not left.requires.get(unit) and releases.get(unit, now) <= now:
            ready.add(work_of(unit))
    return frozenset(works - ready)


def works_studied(
    studied: Mapping[str, tuple[int, date]], ends: WorkEnds, today: date
) -> tuple[StudiedWork, ...]:
    """Return the works on which time was spent, the most time first.

    Args:
        studied: Work to its minutes, and the day it was last touched.
        ends: Which works need no more study, or cannot go on.
        today: The day on which it is asked.
    """
    found = []
    for work, (minutes, last) in studied.items():
        if minutes >= LEAST_MINUTES:
            found.append(StudiedWork(work, _state(work, last, ends, today), minutes, last))
    return tuple(sorted(found, key=lambda one: (-one.minutes, one.work)))


def _state(work: str, last: date, ends: WorkEnds, today: date) -> WorkState:
    if work in ends.delivered:
        return WorkState.DELIVERED
    if work in ends.dropped:
        return WorkState.DROPPED
    if today - last <= RECENT:
        return WorkState.GOING
    return WorkState.WAITING if work in ends.waiting else WorkState.STALLED


def minutes_by_state(works: Iterable[StudiedWork]) -> dict[WorkState, int]:
    """Return the minutes that went into works of each state; every state has a number."""
    found = dict.fromkeys(WorkState, 0)
    for one in works:
        found[one.state] += one.minutes
    return found


def follow_through(works: Collection[StudiedWork]) -> float | None:
    """Return the share of time in works that are delivered or going; None without any time."""
    total = sum(one.minutes for one in works)
    if not total:
        return None
    minutes = minutes_by_state(works)
    return (minutes[WorkState.DELIVERED] + minutes[WorkState.GOING]) / total
