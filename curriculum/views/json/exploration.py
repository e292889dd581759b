"""What is explored in a week as JSON."""

from __future__ import annotations

from fractions import Fraction

from curriculum.model.json_value import Json
from curriculum.practice.exploration import CandidateKind, Exploration
from curriculum.progress.fact_json import fact_json
from curriculum.views.json.plan import utc


def exploration_json(found: Exploration) -> Json:
    """Return the exploration of a week as JSON."""
    draw = found.draw
    choice = None
    if draw is not None:
        choice = {
            "kind": draw.candidate.kind,
            "id": draw.candidate.name,
            "title": draw.candidate.title,
        }
    return {
        "week": found.week,
        "choice": choice,
        "drawn": None if draw is None else draw.drawn,
        "distance": {
            "shared_topics": sorted(found.shared),
            "studied_topics": sorted(found.studied),
        },
        "candidates": {
            str(kind): sum(one.kind is kind for one in found.candidates) for kind in CandidateKind
        },
        "times": [{"start": utc(start), "end": utc(end)} for start, end in found.times],
        "target_share": _rounded(found.target),
        "real_share": _rounded(found.real),
        "outcomes": {str(one): count for one, count in (found.outcomes or {}).items()},
        "is_goal": found.is_goal,
        "recorded": [fact_json(fact) for fact in found.facts],
    }


def _rounded(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)
