"""Judge claims that compare results with one another: a gap, or an ordering (VERDICTS.md §14).

Each arm is run in my own code, because only then do both share everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from curriculum.model.results import Claim, Result
from curriculum.model.verdicts import ConfidenceInterval, Margin, Outcome, Sample, Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.margins import GAIN_FRACTION
from curriculum.reproduction.my_runs import too_many_diverged
from curriculum.reproduction.statistics.intervals import Variances, exact_interval, interval_of
from curriculum.reproduction.statistics.summaries import centre_of, deviation
from curriculum.reproduction.verdicts import judge


def judge_claim(case: Case, cases: Mapping[str, Case], results: Mapping[str, Result]) -> Verdict:
    """Return the verdict on a result, whatever it claims.

    A gap is reproduced when the interval of mine lies above half of the published one; an ordering
    when the interval of my gap to each result below lies above zero.

    Args:
        case: My attempt at the result.
        cases: Result's id to my attempt at it, for every result of the paper that was attempted.
        results: The paper's results by id.
    """
    claim = case.result.claim
    if claim.kind in ("value", "trend"):
        return judge(case)
    rivals = _rivals(claim)
    if not rivals or not results.keys() >= set(rivals):
        what = "names no result of this paper to compare with"
        return _open(case, f"claim: the {claim.kind} {what}")
    verdicts = []
    for name in rivals:
        rival = cases.get(name)
        if rival is None or not rival.attempt.runs:
            return _open(case, f"claim: run '{name}' in your own code as well")
        verdicts.append(_judge_gap(case, rival))
    # An ordering holds only as a whole, so the least favourable of its gaps speaks for it.
    return min(verdicts, key=_favour)


def _rivals(claim: Claim) -> list[str]:
    """Return the results that a claim compares one with."""
    if claim.kind == "gap":
        return [claim.vs or ""]
    return list(claim.above)


def _favour(verdict: Verdict) -> tuple[bool, float]:
    """Return how much a verdict favours the claim, to be compared."""
    chance_short = 1.0
    if verdict.interval is not None:
        chance_short = verdict.interval.short
    return verdict.outcome == "reproduced", -chance_short


@dataclass(frozen=True, slots=True)
class _Arm:
    """The runs of one arm: their centre, its variance and their number."""

    centre: float
    deviation: float
    variance: float
    n: int


def _judge_gap(case: Case, rival: Case) -> Verdict:
    """Return the verdict on my gap between two arms."""
    closed = case.protocol.closed or rival.protocol.closed
    if closed is not None:
        return _open(case, closed)
    if _has_too_few(case) or _has_too_few(rival):
        return _open(case, "claim: it takes several runs of both arms")
    published = _published_gap(case, rival)
    wanted = 0.0
    if case.result.claim.kind == "gap":
        wanted = GAIN_FRACTION * published
    above = _arm(case)
    below = _arm(rival)
    gap = case.gap(above.centre, below.centre)
    level = min(case.level, rival.level)
    interval = _interval(gap - wanted, above, below, level)
    outcome = _outcome_of(interval)
    my_gap = f"my gap to {rival.result.id} is {gap:.4g}"
    remark = f"{my_gap}, the published one {published:.4g}"
    return Verdict(
        result=case.name,
        outcome=outcome,
        cause="interval" if outcome == "inconclusive" else None,
        mine=Sample(above.centre, above.deviation, above.n),
        paper=_published_sample(case.result),
        interval=interval,
        margin=_margin(wanted),
        remarks=(remark,),
        level=level,
        deviations=case.protocol.deviations,
    )


def _published_gap(case: Case, rival: Case) -> float:
    # Decimals are subtracted before they become floats: 0.3 - 0.1 is printed as 0.2.
    return case.sign * float(case.result.value.value - rival.result.value.value)


def _published_sample(result: Result) -> Sample:
    n = result.runs.count or 0
    return Sample(result.value.number, None, n)


def _has_too_few(case: Case) -> bool:
    return len(case.runs.values) < 2 or too_many_diverged(case.runs)


def _arm(case: Case) -> _Arm:
    values = case.runs.values
    spread = deviation(values)
    return _Arm(
        centre=centre_of(values, str(case.result.value.centre)),
        deviation=spread,
        variance=spread**2 / len(values),
        n=len(values),
    )


def _interval(difference: float, above: _Arm, below: _Arm, level: float) -> ConfidenceInterval:
    errors = Variances(
        paper=below.variance,
        paper_freedom=below.n - 1,
        mine=above.variance,
        my_freedom=above.n - 1,
        noise=0.0,
    )
    if errors.standard_error:
        return interval_of(difference, errors, 0.0, level)
    return exact_interval(
        difference, short=difference < 0, beyond=difference >= 0, consistent=difference == 0
    )


def _outcome_of(interval: ConfidenceInterval) -> Outcome:
    if interval.low > 0:
        return "reproduced"
    if interval.high < 0:
        return "short"
    return "inconclusive"


def _margin(wanted: float) -> Margin:
    if not wanted:
        return Margin(wanted, "the ordering")
    return Margin(wanted, f"{100 * GAIN_FRACTION:g} % of the published gap")


def _open(case: Case, cause: str) -> Verdict:
    """Return an inconclusive verdict that shows my numbers as those of a plain value would be."""
    value = case.result.claim.model_copy(update={"kind": "value"})
    valued = case.result.model_copy(update={"claim": value})
    return replace(
        judge(replace(case, result=valued)),
        outcome="inconclusive",
        cause=cause,
        interval=None,
        seeds=None,
        provisional=False,
    )
