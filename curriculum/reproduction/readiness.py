"""Whether everything before a goal is studied and reproduced."""

from __future__ import annotations

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.reproduction.papers import PaperVerdict


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """A paper that a goal requires, and the verdict on it."""

    work: str
    verdict: PaperVerdict


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a goal still requires.

    Attributes:
        goal: The goal.
        left: Its units that are not done.
        units: How many units lead to it.
        papers: Those to be reproduced that publish results: the goals, and the papers of which a
            goal requires more than to read them.
    """

    goal: str
    left: tuple[UnitId, ...]
    units: int
    papers: tuple[RequiredPaper, ...]

    @property
    def unreproduced(self) -> tuple[RequiredPaper, ...]:
        """The papers that are not reproduced, each result by itself or on average."""
        return tuple(paper for paper in self.papers if not paper.verdict.is_reproduced)

    @property
    def is_ready(self) -> bool:
        """Whether everything is done and reproduced."""
        return not self.left and not self.unreproduced
