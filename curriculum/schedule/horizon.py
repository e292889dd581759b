"""Cut a plan at a horizon: what is published ends there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import Plan, Unplaced

AFTER_HORIZON = "it comes after the horizon"


def truncated(plan: Plan, until: int) -> Plan:
    """Return the plan with the sessions that end by a minute; the later minutes are unplaced.

    Finish dates, cushions, goals, the balance and certificates are those of the whole plan.
    """
    kept = tuple(session for session in plan.sessions if session.end <= until)
    # Sessions are in calendar order and never overlap, so those kept are a prefix.
    later: Counter[UnitId] = Counter()
    for session in plan.sessions[len(kept) :]:
        for piece in session.pieces:
            later[piece.unit] += piece.minutes
    cut_off = []
    for placement in plan.units:
        minutes = later[placement.unit]
        if minutes:
            cut_off.append(
                Unplaced(
                    placement.unit,
                    minutes,
                    AFTER_HORIZON,
                )
            )
    return replace(
        plan,
        sessions=kept,
        unplaced=(*plan.unplaced, *cut_off),
    )
