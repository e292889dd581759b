"""How good the person's predictions were, and what they admire."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem, Severity
from curriculum.model.suggestions import suggestion
from curriculum.practice.admiration import AdmiredList
from curriculum.practice.predictions import PredictionCounts, PredictionList, counts_of
from curriculum.reproduction.calibration import Calibration, calibration_of
from curriculum.services.admiration import admired_of
from curriculum.services.predictions import predictions_of
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Taste:
    """The predictions and what is admired, summed up.

    Attributes:
        calibration: How good the decided predictions were.
        counts: How many there are of which kind.
        admired: What is admired.
        problems: How many problems the files have; what they are about is left out.
    """

    calibration: Calibration
    counts: PredictionCounts
    admired: AdmiredList
    problems: int


def taste_of(snapshot: Snapshot) -> Taste:
    """Return how good the person's predictions were, and what they admire.

    Raises:
        CurriculumError: A file cannot be read.
    """
    listed, admired = predictions_of(snapshot), admired_of(snapshot)
    return Taste(
        calibration=calibration_of(entry.value for entry in listed.entries),
        counts=counts_of(listed.entries, snapshot.today),
        admired=admired,
        problems=len(listed.problems) + len(admired.problems),
    )


def taste_problems(workspace: Workspace, listed: PredictionList) -> Iterator[Problem]:
    """Yield what is wrong with the predictions, results that do not exist included."""
    yield from listed.problems
    for entry in listed.entries:
        name = entry.value.result
        if name is None:
            continue
        work, _, result = name.partition("#")
        known = workspace.paper_results(work) or {}
        if result in known:
            continue
        message = f"prediction '{entry.value.id}' is about '{name}', which no syllabus defines"
        hint = _advice(workspace, work, result, known)
        place = listed.source.place((entry.position, "result"))
        yield Problem(place, "unknown-result", message, hint, Severity.WARNING)


def _advice(workspace: Workspace, work: str, result: str, known: Collection[str]) -> str:
    if not known:
        return suggestion(work, workspace.paper_names, "was the paper renamed?")
    return suggestion(result, known, f"see 'curriculum results {work}'")
