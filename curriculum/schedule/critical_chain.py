"""The chain of units that fixes when a goal is finished: each waits for the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.model.identifiers import Track, UnitId
from curriculum.model.plan import Placement, Plan, Reason
from curriculum.schedule.reasons import binding


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A unit of a chain, and what bound its start.

    Attributes:
        placement: When the unit is studied.
        reason: What bound its start; but for a release date, and where nothing did, it is the unit
            before it in the chain that went first.
    """

    placement: Placement
    reason: Reason


def critical_chain(plan: Plan, units: Iterable[UnitId]) -> tuple[ChainLink, ...]:
    """Return the chain that ends with the last of some units to be finished, the first link first.

    It leads back from each unit to the one that bound its start: the prerequisite that was finished
    last, or what was studied instead. It is empty when none of the units is finished in the plan.
    """
    placed = {placement.unit: placement for placement in plan.units}
    wanted = [placed[unit] for unit in units if unit in placed]
    finished = [(one.finish, one.unit) for one in wanted if one.finish is not None]
    if not finished:
        return ()
    unit: UnitId | None = max(finished)[1]
    links: list[ChainLink] = []
    while unit is not None:
        placement = placed[unit]
        reason = binding(placement)
        links.append(ChainLink(placement, reason))
        # What bound a unit began before it, so that the chain comes to an end.
        unit = _blocker(plan, placement, reason)
    return tuple(reversed(links))


def _blocker(plan: Plan, placement: Placement, reason: Reason) -> UnitId | None:
    """Return the unit that bound the start of another; None when it was a date, or nothing."""
    match reason:
        case Reason.PREREQUISITE:
            return placement.enabler
        case Reason.ORDER:
            return _studied_before(plan, placement, {placement.track})
        case Reason.BALANCE | Reason.QUOTA:
            others = plan.balance.keys() - {placement.track}
            return _studied_before(plan, placement, others)
        case Reason.DEADLINE:
            return _studied_before(plan, placement, plan.balance.keys())
        case _:
            return None


def _studied_before(plan: Plan, placement: Placement, tracks: Iterable[Track]) -> UnitId | None:
    """Return what was studied last on some tracks before a unit was begun."""
    found: UnitId | None = None
    allowed = frozenset(tracks)
    for session in plan.sessions:
        now = session.start
        for piece in session.pieces:
            if placement.start is None or now >= placement.start:
                return found
            if session.track in allowed:
                found = piece.unit
            now += piece.minutes
    return found
