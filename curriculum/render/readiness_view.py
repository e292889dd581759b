"""Whether one may go beyond a goal, in words and as JSON; nothing is decided here but the sum of what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from curriculum.model.names import UnitId
from curriculum.reproduction.papers import PaperVerdict

Json = dict[str, Any]  # Any: a tree of JSON values

MOST = 5


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """A paper that a goal requires, and the verdict on it."""

    work: str
    verdict: PaperVerdict

    @property
    def is_reproduced(self) -> bool:
        """Whether its primary results are reproduced, and none provisionally."""
        return self.verdict.outcome in ("reproduced", "beyond") and not self.verdict.is_provisional


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a goal still requires.

    Attributes:
        goal: The goal.
        left: Its units that are not done.
        units: How many units lead to it.
        papers: Its papers that publish results.
    """

    goal: str
    left: tuple[UnitId, ...]
    units: int
    papers: tuple[PaperStanding, ...]

    @property
    def is_ready(self) -> bool:
        """Whether everything is done and reproduced."""
        return not self.left and all(paper.is_reproduced for paper in self.papers)


def readiness_lines(readiness: Readiness) -> Iterator[str]:
    """Yield whether one is ready, and what is missing."""
    if readiness.is_ready:
        yield f"ready: all that {readiness.goal} requires is done, and its papers are reproduced; go beyond them"
    else:
        yield f"not yet ready to go beyond {readiness.goal}:"
    if readiness.left:
        more = f" and {len(readiness.left) - MOST} more" if len(readiness.left) > MOST else ""
        yield f"  to study: {len(readiness.left)} of {readiness.units} units: {', '.join(readiness.left[:MOST])}{more}"
    for paper in readiness.papers:
        verdict = paper.verdict
        if not paper.is_reproduced:
            provisional = ", provisional" if verdict.is_provisional else ""
            outcome = f"{verdict.outcome}{provisional}" if verdict.is_attempted else "not attempted"
            yield (
                f"  to reproduce: {paper.work}, {verdict.settled} of {verdict.primary} primary results settled"
                f" ({outcome})"
            )


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
