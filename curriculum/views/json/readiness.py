"""Readiness for a goal as JSON."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.reproduction.readiness import Readiness


def readiness_json(readiness: Readiness) -> Json:
    """Return it as JSON."""
    return {
        "goal": readiness.goal,
        "ready": readiness.is_ready,
        "units": readiness.units,
        "left": list(readiness.left),
        "papers": [
            {
                "paper": paper.work,
                "verdict": paper.verdict.outcome,
                "provisional": paper.verdict.is_provisional,
                "settled": paper.verdict.settled,
                "primary": paper.verdict.primary,
                "open": list(paper.verdict.open),
            }
            for paper in readiness.papers
        ],
    }
