"""From the verdicts on its primary results to the verdict on a paper; a single result is judged elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.model.attempts import Outcome
from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.verdicts import ALPHA

_DONE = ("reproduced", "beyond")


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """What is to be said of a whole paper.

    Attributes:
        outcome: Its verdict: reproduced when every primary result is (an intersection-union test, so uncorrected),
            short when one is, beyond when all are reproduced and one stays beyond after Holm's correction.
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


def primary_of(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results that decide on a paper: the primary ones; all, where none is marked."""
    return tuple(result for result in results if result.primary) or tuple(results)


def paper_verdict(results: Sequence[Result], verdicts: Mapping[str, Verdict]) -> PaperVerdict:
    """Return the verdict on a paper.

    Args:
        results: Its published results.
        verdicts: Result's id to the verdict on it, for those that were attempted.
    """
    names = [result.id for result in primary_of(results)]
    found = [verdicts[name] for name in names if name in verdicts]
    settled = [verdict for verdict in found if verdict.is_settled]
    return PaperVerdict(
        outcome=_outcome(len(names), found),
        settled=len(settled),
        primary=len(names),
        open=tuple(name for name in names if name not in verdicts or not verdicts[name].is_settled),
        unattempted=tuple(name for name in names if name not in verdicts),
        is_provisional=any(verdict.provisional for verdict in found),
    )


def _outcome(primary: int, verdicts: Sequence[Verdict]) -> Outcome:
    if any(verdict.outcome == "short" for verdict in verdicts):
        return "short"
    if (
        not primary
        or len(verdicts) < primary
        or any(verdict.outcome not in _DONE for verdict in verdicts)
    ):
        return "inconclusive"
    return "beyond" if _is_beyond_after_holm(verdicts) else "reproduced"


def _is_beyond_after_holm(verdicts: Sequence[Verdict]) -> bool:
    """Whether one result stays beyond when all are tested at once (Holm 1979): the least p-value decides."""
    chances = [
        1 - one.interval.beyond
        for one in verdicts
        if one.outcome == "beyond" and one.interval is not None
    ]
    level = min((verdict.level for verdict in verdicts), default=ALPHA)
    return bool(chances) and min(chances) <= level / len(verdicts)
