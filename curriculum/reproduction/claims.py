"""Judge claims that compare results with one another: a gap, or an ordering (VERDICTS.md §14).

Each arm is run in my own code, because only then do both share everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Claim, Result
from curriculum.model.verdicts import (
    PUBLISHED_GAP,
    ConfidenceInterval,
    Margin,
    Sample,
    Seeds,
    Verdict,
    WorstGap,
)
from curriculum.reproduction.case import Case
from curriculum.reproduction.caveats import within_budget
from curriculum.reproduction.margins import GAIN_FRACTION
from curriculum.reproduction.my_runs import too_many_diverged
from curriculum.reproduction.statistics.intervals import (
    Variances,
    exact_interval,
    half_width_to_settle,
    interval_of,
    outcome_of,
    seeds_to_settle,
)
from curriculum.reproduction.statistics.summaries import centre_of, deviation
from curriculum.reproduction.verdicts import judge


def judge_claim(case: Case, cases: Mapping[str, Case], results: Mapping[str, Result]) -> Verdict:
    """Return the verdict on a result, whatever it claims.

    A gap is reproduced when the interval of mine lies above half of the published one, or of a loss
    above half as much again; an ordering when that of my gap to each result below lies above zero.

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
        return _open(case, closed, rival)
    if _has_too_few(case) or _has_too_few(rival):
        return _open(case, "claim: it takes several runs of both arms", rival)
    above, below = _arm(case), _arm(rival)
    gap = case.gap(above.centre, below.centre)
    claim = _claim_of(case, rival)
    level = min(case.level, rival.level)
    errors = _errors(above, below)
    interval = _interval(gap - claim.wanted, errors, claim.margin.size, level)
    outcome = outcome_of(interval, claim.margin.size)
    seeds = None
    if outcome == "inconclusive":
        seeds = _seeds(interval.difference, claim, min(case.next_level, rival.next_level), errors)
    my_gap = f"my gap to {rival.result.id} is {gap:.4g}"
    remark = f"{my_gap}, the published one {claim.published:.4g}"
    verdict = Verdict(
        result=case.name,
        # A wider gap than the published one is as good as it, and no more is claimed.
        outcome="reproduced" if outcome == "beyond" else outcome,
        cause="interval" if outcome == "inconclusive" else None,
        mine=Sample(above.centre, above.deviation, above.n),
        paper=_published_sample(case.result),
        interval=interval,
        margin=claim.margin,
        remarks=(remark, *_remarks(case), *_of_rival(rival, _remarks(rival))),
        seeds=seeds,
        deviations=(
            *case.protocol.deviations,
            *_of_rival(rival, rival.protocol.deviations),
        ),
        level=level,
        extra=case.runs.extra,
        worst_gap=claim.worst_gap(interval),
    )
    return within_budget(rival, within_budget(case, verdict))


def _remarks(case: Case) -> tuple[str, ...]:
    return (*case.runs.remarks, *case.protocol.remarks)


def _of_rival(rival: Case, remarks: tuple[str, ...]) -> Iterator[str]:
    for remark in remarks:
        yield f"{rival.result.id}: {remark}"


@dataclass(frozen=True, slots=True)
class _GapClaim:
    """What a claim says of the gap between two results.

    Attributes:
        published: The published gap; below zero where the one result is the worse one.
        wanted: What D is counted from: the published gap, or nothing for an ordering.
        margin: How far below it mine may be.
        than: What mine is compared with.
    """

    published: float
    wanted: float
    margin: Margin
    than: str

    def worst_gap(self, interval: ConfidenceInterval) -> WorstGap:
        """Return how much smaller than the published one my gap is at most."""
        size = max(0.0, -interval.low)
        if self.wanted <= 0:
            return WorstGap(size, None, self.than)
        return WorstGap(size, size / self.wanted, self.than)


def _claim_of(case: Case, rival: Case) -> _GapClaim:
    """Return what is claimed: at least half of a gap, and of a loss not half as much again."""
    published = _published_gap(case, rival)
    if case.result.claim.kind == "ordering":
        than = f"'{rival.result.id}'"
        return _GapClaim(published, 0.0, Margin(0.0, "the ordering"), than)
    least = max(case.result.value.unit, rival.result.value.unit) / 2
    margin = Margin(least, "half of the last printed digit")
    share = GAIN_FRACTION * abs(published)
    if share > least:
        margin = Margin(share, f"{100 * GAIN_FRACTION:g} % of the published gap")
    return _GapClaim(published, published, margin, PUBLISHED_GAP)


def _published_gap(case: Case, rival: Case) -> float:
    if case.result.metric.target is not None:
        return case.gap(case.readings[0].centre, rival.readings[0].centre)
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
        centre=_centre(case),
        deviation=spread,
        variance=spread**2 / len(values),
        n=len(values),
    )


def _centre(case: Case) -> float:
    return centre_of(case.runs.values, str(case.result.value.centre))


def _errors(above: _Arm, below: _Arm) -> Variances:
    return Variances(
        paper=below.variance,
        paper_freedom=below.n - 1,
        mine=above.variance,
        my_freedom=above.n - 1,
        noise=0.0,
        paper_runs=below.n,
        my_runs=above.n,
        both_mine=True,
    )


def _interval(
    difference: float, errors: Variances, margin: float, level: float
) -> ConfidenceInterval:
    if errors.standard_error:
        return interval_of(difference, errors, margin, level)
    return exact_interval(
        difference,
        short=difference < -margin,
        beyond=difference > margin,
        consistent=difference == 0,
    )


def _seeds(difference: float, claim: _GapClaim, level: float, errors: Variances) -> Seeds | None:
    """Return how many runs of each arm would settle it; None where no number does."""
    target = half_width_to_settle(difference, claim.margin.size)
    if not claim.margin.size:
        target = abs(difference)
    seeds = seeds_to_settle(target, level, errors)
    return None if seeds.needed is None else seeds


def _open(case: Case, cause: str, rival: Case | None = None) -> Verdict:
    """Return an inconclusive verdict, with D where both arms came to a number."""
    difference = None
    if rival is not None and case.runs.values and rival.runs.values:
        gap = case.gap(_centre(case), _centre(rival))
        difference = gap - _claim_of(case, rival).wanted
    return replace(
        case.undecided(cause),
        remarks=_remarks(case),
        deviations=case.protocol.deviations,
        level=case.level,
        extra=case.runs.extra,
        untested=difference,
    )
