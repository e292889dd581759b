"""The chain of units that fixes when a goal is finished: each waits for the one before it."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Placement, Plan, Reason, Wait
from curriculum.schedule.reasons import Reasons


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


def critical_chain(
    plan: Plan,
    reasons: Reasons,
    units: Iterable[UnitId],
) -> tuple[ChainLink, ...]:
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
        bound = reasons.of(placement)
        links.append(ChainLink(placement, bound.reason))
        # What bound a unit began before it, so that the chain comes to an end.
        if bound.waited:
            unit = _went_first(plan, placement, bound.waited[0])
        elif bound.reason in (Reason.PREREQUISITE, Reason.GAP):
            unit = placement.enabler
        else:
            unit = None
    return tuple(reversed(links))


def _went_first(
    plan: Plan,
    placement: Placement,
    wait: Wait,
) -> UnitId | None:
    """Return what was studied last of all that a unit had to wait for."""
    found: UnitId | None = None
    ahead = frozenset(wait.ahead)
    for session in plan.sessions:
        now = session.start
        for piece in session.pieces:
            if placement.start is None or now >= placement.start:
                return found
            if piece.unit in ahead:
                found = piece.unit
            now += piece.minutes
    return found
