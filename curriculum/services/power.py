"""Say beforehand how likely each verdict on a published result is."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.attempts import Attempt
from curriculum.reproduction.case import case_of
from curriculum.reproduction.power import Power, power_of
from curriculum.services.comparisons import result_meant
from curriculum.services.workspace import Workspace


def power(workspace: Workspace, text: str, counts: Sequence[int], sd: float | None = None) -> Power:
    """Return how likely each verdict on the result that `PAPER#RESULT` names is.

    Args:
        workspace: Where to look.
        text: The result.
        counts: The numbers of runs, at least two each.
        sd: The standard deviation of my runs; None for that of my runs so far, or the paper's.

    Raises:
        CurriculumError: There is no deviation, or the result is not compared by an interval.
        ProblemsError: The paper's syllabus has errors.
        UsageError: The text does not name a result.
    """
    paper, name = result_meant(workspace, text)
    full_name = f"{paper.work}#{name}"
    attempts = paper.attempts.get(name, ())
    attempt = attempts[-1] if attempts else Attempt(result=full_name)
    return power_of(case_of(full_name, paper.results[name], attempt), counts, sd)
