"""Everything that `compare` shows of a paper: its verdicts and what belongs beside them."""

from __future__ import annotations

import random

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.changes import MarginChange, RecordChange, change_since
from curriculum.reproduction.diagnostics import Diagnostics, diagnostics_in
from curriculum.reproduction.papers import JudgedPaper, PaperVerdict
from curriculum.reproduction.suites import Suite, suites_of


@dataclass(frozen=True, slots=True)
class ResultComparison:
    """A result with the verdict on it, and what belongs beside it; None where there is nothing."""

    case: Case
    verdict: Verdict
    diagnostics: Diagnostics | None
    change: RecordChange | MarginChange | None


@dataclass(frozen=True, slots=True)
class PaperComparison:
    """A paper with the verdict on it, on each result that was attempted, and its suites."""

    work: str
    verdict: PaperVerdict
    results: tuple[ResultComparison, ...]
    suites: tuple[Suite, ...]


def compare_paper(judged: JudgedPaper, seed: int) -> PaperComparison:
    """Return the comparison of a judged paper.

    Args:
        judged: The paper.
        seed: Where the chance of every bootstrap comes from; the same seed draws the same.
    """
    results = []
    for name, case in judged.cases.items():
        verdict = judged.verdicts[name]
        results.append(
            ResultComparison(
                case=case,
                verdict=verdict,
                # A generator of its own, so that no result's numbers depend on the others.
                diagnostics=diagnostics_in(case, random.Random(seed)),
                change=change_since(case, verdict),
            )
        )
    return PaperComparison(
        work=judged.work,
        verdict=judged.verdict,
        results=tuple(results),
        suites=_suites(judged, random.Random(seed)),
    )


def _suites(judged: JudgedPaper, rng: random.Random) -> tuple[Suite, ...]:
    values = {}
    for name, case in judged.cases.items():
        if case.protocol.closed is None:
            values[name] = case.runs.values
    return suites_of(tuple(judged.results.values()), values, rng)
