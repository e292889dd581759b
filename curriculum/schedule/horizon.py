"""Cut a plan at a horizon: what is published ends there, what comes after is named; the plan itself is not changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Plan, Unplaced


def truncated(plan: Plan, until: int) -> Plan:
    """Return the plan with the sessions that end by a minute; the minutes after it are unplaced, and say so.

    Finish dates, cushions, the balance and certificates are those of the whole plan.
    """
    kept = tuple(session for session in plan.sessions if session.end <= until)
    later: Counter[UnitId] = Counter()
    for session in plan.sessions[len(kept) :]:
        for piece in session.pieces:
            later[piece.unit] += piece.minutes
    after = tuple(
        Unplaced(placement.unit, later[placement.unit], "it comes after the horizon")
        for placement in plan.units
        if later[placement.unit]
    )
    return replace(plan, sessions=kept, unplaced=(*plan.unplaced, *after))
