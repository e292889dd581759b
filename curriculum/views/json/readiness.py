"""Readiness for a goal as JSON."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.reproduction.readiness import Readiness, RequiredPaper
from curriculum.views.json.paper_verdict import paper_json


def readiness_json(readiness: Readiness) -> Json:
    """Return readiness as JSON."""
    return {
        "goal": readiness.goal,
        "ready": readiness.is_ready,
        "units": readiness.units,
        "left": list(readiness.left),
        "papers": [_paper_json(paper) for paper in readiness.papers],
    }


def _paper_json(paper: RequiredPaper) -> Json:
    return {**paper_json(paper.work, paper.verdict), "reproduced": paper.verdict.is_reproduced}
