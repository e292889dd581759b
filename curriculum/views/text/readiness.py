"""Whether one may go beyond a goal, and what is missing, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.formatting import names_text
from curriculum.reproduction.papers import PaperVerdict
from curriculum.reproduction.readiness import Readiness

_MOST_UNITS = 5


def readiness_lines(readiness: Readiness) -> Iterator[str]:
    """Yield whether one is ready, and what is missing."""
    goal = readiness.goal
    if readiness.is_ready:
        yield (
            f"ready: all that {goal} requires is done, and its papers are reproduced; "
            "go beyond them"
        )
        return
    yield f"not yet ready to go beyond {goal}:"
    if readiness.left:
        yield f"  to study: {_units_text(readiness)}"
    for paper in readiness.unreproduced:
        verdict = paper.verdict
        settled = f"{verdict.settled} of {verdict.primary} primary results settled"
        yield f"  to reproduce: {paper.work}, {settled} ({_outcome_text(verdict)})"


def _units_text(readiness: Readiness) -> str:
    left = readiness.left
    return f"{len(left)} of {readiness.units} units: {names_text(left, _MOST_UNITS)}"


def _outcome_text(verdict: PaperVerdict) -> str:
    if not verdict.is_attempted:
        return "not attempted"
    return f"{verdict.outcome}, provisional" if verdict.is_provisional else verdict.outcome
