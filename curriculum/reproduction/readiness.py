"""Whether everything before a goal is studied and reproduced."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.model.identifiers import UnitId
from curriculum.reproduction.papers import PaperVerdict


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
