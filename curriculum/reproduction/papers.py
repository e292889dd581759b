"""Sum up the verdicts on its primary results as the verdict on a paper (VERDICTS.md §15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.model.attempts import Attempt
from curriculum.model.results import Result
from curriculum.model.verdicts import Outcome, Verdict
from curriculum.reproduction.case import Case, case_of
from curriculum.reproduction.claims import judge_claim

_DONE = ("reproduced", "beyond")


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """The verdict on a whole paper.

    Attributes:
        outcome: Reproduced when every primary result is, short when one is, beyond when all are
            reproduced and one stays beyond after Holm's correction; else inconclusive.
        settled: How many primary results are settled.
        primary: How many there are.
        open: The primary results that are not settled, in the paper's order.
        unattempted: Those of them that have no run.
        is_provisional: Whether a verdict it rests on is provisional.
    """

    outcome: Outcome
    settled: int
    primary: int
    open: tuple[str, ...]
    unattempted: tuple[str, ...]
    is_provisional: bool

    @property
    def is_attempted(self) -> bool:
        """Whether there is a run of one of its primary results."""
        return len(self.unattempted) < self.primary

    @property
    def is_reproduced(self) -> bool:
        """Whether its primary results are reproduced, and none provisionally."""
        return self.outcome in _DONE and not self.is_provisional


@dataclass(frozen=True, slots=True)
class JudgedPaper:
    """A paper with what was attempted of it and the verdicts on that.

    Attributes:
        work: Its name.
        results: Result's id to the published result, in the paper's order.
        cases: Result's id to my attempt at it, for those that were attempted, in the same order.
        verdicts: Result's id to the verdict on it, likewise.
        verdict: The verdict on the whole paper.
    """

    work: str
    results: Mapping[str, Result]
    cases: Mapping[str, Case]
    verdicts: Mapping[str, Verdict]
    verdict: PaperVerdict


def judge_paper(
    work: str, results: Mapping[str, Result], attempts: Mapping[str, Attempt]
) -> JudgedPaper:
    """Judge every attempt at a paper's results, each once.

    Args:
        work: The paper's name.
        results: Result's id to the published result, in the paper's order.
        attempts: Result's id to the current attempt at it.
    """
    cases = cases_of(work, results, attempts)
    verdicts = {}
    for name, case in cases.items():
        verdicts[name] = judge_claim(case, cases, results)
    verdict = paper_verdict(tuple(results.values()), verdicts)
    return JudgedPaper(work, results, cases, verdicts, verdict)


def cases_of(
    work: str, results: Mapping[str, Result], attempts: Mapping[str, Attempt]
) -> dict[str, Case]:
    """Return the comparisons that the attempts at a paper's results make, in its order."""
    cases = {}
    for name, result in results.items():
        if name in attempts:
            full_name = f"{work}#{name}"
            cases[name] = case_of(full_name, result, attempts[name])
    return cases


def primary_of(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results that decide on a paper: the primary ones; all, where none is marked."""
    primary = tuple(result for result in results if result.primary)
    return primary or tuple(results)


def paper_verdict(results: Sequence[Result], verdicts: Mapping[str, Verdict]) -> PaperVerdict:
    """Return the verdict on a paper.

    Args:
        results: Its published results.
        verdicts: Result's id to the verdict on it, for those that were attempted.
    """
    names = [result.id for result in primary_of(results)]
    found = {name: verdicts[name] for name in names if name in verdicts}
    unsettled = tuple(name for name in names if not _is_settled(found.get(name)))
    return PaperVerdict(
        outcome=_outcome(len(names), list(found.values())),
        settled=len(names) - len(unsettled),
        primary=len(names),
        open=unsettled,
        unattempted=tuple(name for name in names if name not in found),
        is_provisional=any(verdict.provisional for verdict in found.values()),
    )


def _is_settled(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.is_settled


def _outcome(primary: int, verdicts: Sequence[Verdict]) -> Outcome:
    outcomes = {verdict.outcome for verdict in verdicts}
    if "short" in outcomes:
        return "short"
    is_complete = 0 < primary == len(verdicts)
    if not is_complete or not outcomes.issubset(_DONE):
        return "inconclusive"
    if _is_beyond_after_holm(verdicts):
        return "beyond"
    return "reproduced"


def _is_beyond_after_holm(verdicts: Sequence[Verdict]) -> bool:
    """Return whether one result stays beyond when all are tested at once.

    Holm (1979) tests the least p-value first, at the level divided by all tests: one is enough.
    """
    chances = []
    for verdict in verdicts:
        if verdict.outcome == "beyond" and verdict.interval is not None:
            chances.append(1 - verdict.interval.beyond)
    if not chances:
        return False
    level = min(verdict.level for verdict in verdicts)
    return min(chances) <= level / len(verdicts)
