"""Say beforehand how likely each verdict on a published result is."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.attempts import Attempt
from curriculum.model.problems import CurriculumError
from curriculum.reproduction.case import case_of
from curriculum.reproduction.power import Power, power_of
from curriculum.services.comparisons import result_meant
from curriculum.services.shown_numbers import covered_of, note_shown
from curriculum.services.workspace import Workspace


class CoveredNumberError(CurriculumError):
    """A published number that would be shown, and is covered until it is guessed."""

    def __init__(self, result: str) -> None:
        """Build the sentence from the result."""
        guess = f"curriculum predict {result} LOW..HIGH --p 70% --paper"
        super().__init__(f"the published number of '{result}' is covered; guess it first: {guess}")


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
    if name in covered_of(workspace, paper.work):
        raise CoveredNumberError(full_name)
    note_shown(workspace, [full_name])
    attempts = paper.attempts.get(name, ())
    attempt = attempts[-1] if attempts else Attempt(result=full_name)
    return power_of(case_of(full_name, paper.results[name], attempt), counts, sd)
