"""Whether one may go beyond a goal, and what is missing, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.formatting import names_text
from curriculum.reproduction.readiness import Readiness
from curriculum.views.text.paper_verdict import progress_text, reproduced_line

_MOST_UNITS = 5


def readiness_lines(readiness: Readiness) -> Iterator[str]:
    """Yield whether one is ready, and what is missing."""
    goal = readiness.goal
    if readiness.is_ready:
        yield (
            f"ready: all that {goal} requires is done, and its papers are reproduced; "
            "go beyond them"
        )
        yield from _senses(readiness)
        return
    yield f"not yet ready to go beyond {goal}:"
    if readiness.left:
        yield f"  to study: {_units_text(readiness)}"
    for paper in readiness.unreproduced:
        yield f"  to reproduce: {paper.work}, {progress_text(paper.verdict)}"
    yield from _senses(readiness)


def _senses(readiness: Readiness) -> Iterator[str]:
    """Yield in which sense papers are reproduced, where it is not each result, and firmly."""
    for paper in readiness.papers:
        if paper.verdict.is_reproduced:
            line = reproduced_line(paper.work, paper.verdict)
            if line is not None:
                yield f"  {line}"


def _units_text(readiness: Readiness) -> str:
    left = readiness.left
    return f"{len(left)} of {readiness.units} units: {names_text(left, _MOST_UNITS)}"
