"""Sum up what its primary results say as the verdict on a paper (VERDICTS.md §15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from curriculum.model.attempts import Attempt
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import Assumption, Outcome, Verdict
from curriculum.reproduction.averages import Average
from curriculum.reproduction.case import Case, case_of
from curriculum.reproduction.claims import judge_claim
from curriculum.reproduction.roll_up import DONE, RollUp

_NO_ATTEMPTS: Mapping[str, Attempt] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """The verdict on a whole paper.

    Attributes:
        outcome: Reproduced when each primary result is, or all are on average; short when one is
            after Holm's correction, or all are on average; else inconclusive.
        settled: How many primary results are settled.
        primary: How many there are that decide; a trend, which no number judges, does not.
        open: The primary results that are not settled, in the paper's order.
        unattempted: Those of them that have no run.
        is_provisional: Whether a verdict it rests on is provisional.
        singly: The primary results that are reproduced or beyond by themselves.
        short: Those that are short, and stay so when all are tested at once.
        short_by_chance: Those that are short by themselves alone: of many, one may be by chance.
        average: The mean over the tasks that can be part of it; None for fewer than two.
        outside: Attempted results that are not part of it, each with the reason.
        assumed: What a verdict that is not open takes for granted, so that it is provisional.
    """

    outcome: Outcome
    settled: int
    primary: int
    open: tuple[str, ...]
    unattempted: tuple[str, ...]
    is_provisional: bool
    singly: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    short_by_chance: tuple[str, ...] = ()
    average: Average | None = None
    outside: tuple[tuple[str, str], ...] = ()
    assumed: tuple[Assumption, ...] = ()

    @property
    def is_attempted(self) -> bool:
        """Whether there is a run of one of its primary results."""
        return len(self.unattempted) < self.primary

    @property
    def is_on_average(self) -> bool:
        """Whether the verdict rests on the average, and not on each result by itself."""
        if self.average is None or self.outcome == "inconclusive":
            return False
        if self.outcome == "reproduced":
            return len(self.singly) < self.primary
        return self.outcome == self.average.outcome and not self.short

    @property
    def is_reproduced(self) -> bool:
        """Whether it is reproduced as firmly as it can be.

        What the paper leaves out keeps it provisional whatever I do; too few runs of mine do not.
        """
        return self.outcome in DONE and "my spread" not in self.assumed

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to be settled: each result is, or all are on average."""
        return not self.open or (self.is_on_average and not self.is_provisional)


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
    verdict = paper_verdict(tuple(results.values()), verdicts, attempts)
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


def paper_verdict(
    results: Sequence[Result],
    verdicts: Mapping[str, Verdict],
    attempts: Mapping[str, Attempt] = _NO_ATTEMPTS,
) -> PaperVerdict:
    """Return the verdict on a paper.

    Args:
        results: Its published results.
        verdicts: Result's id to the verdict on it, for those that were attempted.
        attempts: Result's id to my attempt at it: results of the same logs vary together.
    """
    deciding = [result for result in primary_of(results) if result.claim.kind != "trend"]
    names = [one.id for one in deciding]
    verdicts = _of_runs(names, verdicts, attempts)
    rolled = RollUp(tuple(deciding), verdicts, attempts)
    unsettled = tuple(name for name in names if not _is_settled(verdicts.get(name)))
    verdict = PaperVerdict(
        outcome=rolled.outcome,
        settled=len(deciding) - len(unsettled),
        primary=len(deciding),
        open=unsettled,
        unattempted=rolled.unattempted,
        is_provisional=False,
        singly=rolled.singly,
        short=rolled.short,
        short_by_chance=rolled.short_by_chance,
        average=rolled.average,
        outside=rolled.outside,
    )
    return _with_reservations(verdict, tuple(verdicts.values()))


def _of_runs(
    names: Iterable[str], verdicts: Mapping[str, Verdict], attempts: Mapping[str, Attempt]
) -> dict[str, Verdict]:
    """Return the verdicts on some results of which there is a run, and not a declaration alone."""
    bare = {name for name, attempt in attempts.items() if not attempt.runs}
    return {name: verdicts[name] for name in names if name in verdicts and name not in bare}


def _is_settled(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.is_settled


def _with_reservations(paper: PaperVerdict, verdicts: Sequence[Verdict]) -> PaperVerdict:
    """Say whether the verdicts that the one on a paper rests on leave it open to revision."""
    if paper.outcome == "short" and paper.short:
        # One firm result that is short is enough.
        is_open = [one.provisional for one in verdicts if one.outcome == "short"]
        return replace(paper, is_provisional=all(is_open))
    is_provisional = any(one.provisional for one in verdicts)
    if paper.outcome == "inconclusive":
        return replace(paper, is_provisional=is_provisional)
    assumed = _assumptions(verdicts)
    return replace(paper, is_provisional=is_provisional or bool(assumed), assumed=assumed)


def _assumptions(verdicts: Sequence[Verdict]) -> tuple[Assumption, ...]:
    """Return what verdicts take for granted, each once."""
    return tuple(dict.fromkeys(what for verdict in verdicts for what in verdict.assumed))
