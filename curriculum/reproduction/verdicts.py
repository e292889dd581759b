"""Judge an attempt at a published result as a careful statistician would.

The order is fixed: may the two be compared, which of my runs count, what the record means, and only then the interval.
What cannot be decided is inconclusive, and says why.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from curriculum.model.attempts import Attempt, Outcome
from curriculum.model.results import Result
from curriculum.model.verdicts import Interval, Margin, Sample, Seeds, Verdict
from curriculum.reproduction.gate import Gate, gate_of
from curriculum.reproduction.intervals import Errors, interval_of, outcome_of, runs_needed
from curriculum.reproduction.margins import margin_of
from curriculum.reproduction.published import (
    Published,
    best_of_how_many,
    is_impossible,
    proportion_whole,
    readings_of,
    rounding_unit,
    trials_of,
)
from curriculum.reproduction.samples import Runs, is_off_by_a_hundred, runs_of, too_many_diverged, towards_target
from curriculum.reproduction.student import student_quantile, wilson
from curriculum.reproduction.summaries import best_of, centre_of, deviation, jackknife_error

ALPHA = 0.05
FEWEST_FOR_BEYOND = 3
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a comparison looks at.

    Attributes:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        runs: My runs.
        gate: What was found on comparing the protocols.
        margin: The smallest gap that matters.
        level: The one-sided level of each test.
    """

    name: str
    result: Result
    runs: Runs
    gate: Gate
    margin: Margin
    level: float

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.result.metric.direction == "higher" else -1

    def gap(self, mine: float, paper: float) -> float:
        """Return D: how much better mine is."""
        return self.sign * (mine - paper)


def judge(name: str, result: Result, attempt: Attempt, margin: Margin | None = None) -> Verdict:
    """Return the verdict on an attempt.

    Args:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        attempt: My runs at it.
        margin: Another margin than the record's own, for telling what a changed one has changed.
    """
    runs = runs_of(result, attempt)
    case = Case(name, result, runs, gate_of(result, attempt), margin or margin_of(result), level_of(attempt))
    return _with_what_must_be_said(case, attempt, _judged(case, attempt))


def level_of(attempt: Attempt) -> float:
    """Return the one-sided level: 5 %, shared out among the looks that were declared, else among those taken."""
    return ALPHA / max(1, attempt.looks if attempt.seeds else attempt.looked)


def next_look(attempt: Attempt, runs: int) -> int | None:
    """Return at how many runs the next declared look is; None when a look is due now, or none was declared."""
    if attempt.seeds is None:
        return None
    looks = [math.ceil(attempt.seeds * number / attempt.looks) for number in range(1, attempt.looks + 1)]
    return None if runs in looks or runs >= attempt.seeds else min(look for look in looks if look > runs)


def _judged(case: Case, attempt: Attempt) -> Verdict:
    """Return the verdict before what must be said with every one of them."""
    runs, result = case.runs, case.result
    waiting = next_look(attempt, runs.total)
    if result.claim.kind != "value":
        return _open(case, f"claim: a {result.claim.kind} is not judged by one number")
    if case.gate.closed is not None:
        return _open(case, case.gate.closed)
    if not runs.total:
        return _open(case, "no run yet")
    if waiting is not None:
        return _open(case, f"{runs.total} of {attempt.seeds} declared runs are in; the next look is at {waiting}")
    if too_many_diverged(runs):
        if result.runs.failed == 0:
            return replace(
                _open(case, None), outcome="short", remarks=("the paper reports that none of its runs failed",)
            )
        return _open(case, f"runs: {runs.diverged} of {runs.total} diverged")
    if not runs.values:
        return _open(case, "runs: none came to a number")
    if proportion_whole(result) is not None and is_off_by_a_hundred(_centre(case, "mean"), float(result.value.value)):
        return _open(case, "metric.unit: mine and the paper's differ a hundredfold; scale?")
    return _compared(case)


def _open(case: Case, cause: str | None, mine: Sample | None = None) -> Verdict:
    """Return an inconclusive verdict, with the numbers that there are."""
    paper = readings_of(case.result)[0]
    what = paper.what
    if mine is None and case.runs.values:
        mine = Sample(_centre(case, what), _deviation(case), case.runs.n, what)
    return Verdict(case.name, "inconclusive", cause, mine, _paper_sample(paper, case.result), None, case.margin)


def _paper_sample(paper: Published, result: Result) -> Sample:
    n = result.runs.n if isinstance(result.runs.n, int) else 0
    return Sample(paper.centre, paper.sd, n, str(result.value.centre))


def _centre(case: Case, what: str) -> float:
    return centre_of(case.runs.values, what)


def _deviation(case: Case) -> float | None:
    """Return the deviation of my runs; None for a single one."""
    if case.runs.sd is not None:
        return case.runs.sd
    return deviation(case.runs.values) if len(case.runs.values) > 1 else None


def _compared(case: Case) -> Verdict:
    """Return the verdict by the row of the case grid that the two sides belong to."""
    deterministic = case.result.protocol.deterministic or case.result.protocol.checkpoint == "released"
    if deterministic and len(set(case.runs.values)) == 1:
        return _exactly(case)
    k = best_of_how_many(case.result)
    if k is not None:
        return _best_of(case, k)
    verdicts = [_read_as(case, reading) for reading in readings_of(case.result)]
    if len({verdict.outcome for verdict in verdicts}) > 1:
        widest = max(verdicts, key=lambda one: one.interval.error if one.interval else math.inf)
        return replace(
            widest,
            outcome="inconclusive",
            cause="spread kind: the verdict hangs on what the paper's ± means",
            seeds=None,
        )
    return max(verdicts, key=lambda one: one.interval.error if one.interval else math.inf)


def _exactly(case: Case) -> Verdict:
    """Compare with released weights or a closed form: the numbers agree to rounding, or something differs."""
    result, mine = case.result, Sample(case.runs.values[0], None, case.runs.n)
    paper = towards_target(float(result.value.value), result)
    gap = case.gap(mine.centre, paper)
    unit = max(rounding_unit(result.value.value), case.runs.unit)
    agree = abs(gap) <= unit / 2 * (1 + 1e-9) + _EXACT * abs(paper)
    outcome: Outcome = "reproduced" if agree else ("beyond" if gap > 0 else "short")
    remarks = ("deterministic",) if agree else ("deterministic mismatch: check data and preprocessing",)
    interval = Interval(
        gap, gap, gap, 0.0, math.inf, float(outcome == "short"), float(agree), float(outcome == "beyond"), agree
    )
    sample = Sample(paper, None, _paper_sample(readings_of(result)[0], result).n, str(result.value.centre))
    return Verdict(case.name, outcome, None, mine, sample, interval, case.margin, remarks=remarks)


def _best_of(case: Case, k: int) -> Verdict:
    """Compare with the best of k runs: what the best of k of mine is expected to be."""
    values = [case.sign * value for value in case.runs.values]
    if case.result.value.centre == "worst":
        values = [-value for value in values]
    if k == 0:
        return _open(case, "selection: the paper prints the best run and does not say of how many")
    if len(values) <= k:
        return _open(case, f"selection: the paper prints the best of {k}; that needs more than {k} runs of mine")
    turn = case.sign * (-1 if case.result.value.centre == "worst" else 1)
    mine = Sample(turn * best_of(values, k), None, len(values), f"{case.result.value.centre} of {k}")
    reading = readings_of(case.result)[0]
    error = jackknife_error(values, k)
    errors = Errors(error**2, math.inf, error**2, len(values) - 1, reading.noise, borrowed=True)
    paper = Sample(towards_target(reading.centre, case.result), None, k, mine.what)
    return replace(
        _by_interval(case, mine, paper, errors), provisional=True, remarks=("one published number: provisional",)
    )


def _read_as(case: Case, reading: Published) -> Verdict:
    """Return the verdict under one reading of the published record."""
    paper = replace(reading, centre=towards_target(reading.centre, case.result))
    mine = Sample(_centre(case, paper.what), _deviation(case), case.runs.n, paper.what)
    sample = replace(_paper_sample(paper, case.result), centre=paper.centre)
    if paper.half_range is not None:
        return _against_a_range(case, mine, sample, paper)
    errors = _errors(case, mine, paper)
    if errors is None:
        return replace(_open(case, "no spread on either side"), paper=sample, remarks=paper.remarks[:-1])
    verdict = _by_interval(case, mine, sample, errors)
    single = mine.n == 1
    borrowed = paper.sd is None and verdict.outcome == "beyond"
    spread = ("one run: provisional",) if single else ()
    value_only = ("against a number without a spread: provisional",) if borrowed else ()
    return replace(
        verdict,
        provisional=single or borrowed,
        remarks=(*verdict.remarks, *paper.remarks, *_identical(case, mine), *spread, *value_only),
    )


def _errors(case: Case, mine: Sample, paper: Published) -> Errors | None:
    """Return the variances of both centres; None when neither side has a spread."""
    square = paper.factor**2
    if mine.sd is None:
        if paper.sd is None:
            return None
        variance = square * paper.sd**2
        return Errors(variance / paper.n, math.inf, variance, paper.freedom, paper.noise, borrowed=True)
    sd = _believable(case, mine)
    if paper.sd is None:
        return Errors(
            square * sd**2 / paper.n, math.inf, square * sd**2 / mine.n, mine.n - 1, paper.noise, borrowed=True
        )
    return Errors(square * paper.sd**2 / paper.n, paper.freedom, square * sd**2 / mine.n, mine.n - 1, paper.noise)


def _believable(case: Case, mine: Sample) -> float:
    """Return my deviation; for identical values away from a bound that of their rounding."""
    assert mine.sd is not None, "only several runs have a deviation"
    if mine.sd > 0 or _is_at_bound(case, mine.centre):
        return mine.sd
    return case.runs.unit / math.sqrt(12)


def _is_at_bound(case: Case, value: float) -> bool:
    return case.result.metric.target is None and any(
        bound is not None and value == float(bound) for bound in case.result.metric.bounds
    )


def _identical(case: Case, mine: Sample) -> Iterator[str]:
    if mine.sd == 0 and mine.n > 1 and not _is_at_bound(case, mine.centre):
        yield "identical values across seeds: were seeds applied?"


def _by_interval(case: Case, mine: Sample, paper: Sample, errors: Errors) -> Verdict:
    """Return what the interval says, kept within what the bounds allow."""
    gap = case.gap(mine.centre, paper.centre)
    if errors.paper + errors.mine == 0:
        return _by_rounding(case, mine, paper, gap, errors)
    interval = interval_of(gap, errors, case.margin.size, case.level)
    interval, remarks = _near_bounds(case, mine, paper, interval)
    outcome = outcome_of(interval, case.margin.size)
    seeds = None
    if outcome == "inconclusive":
        seeds = Seeds(runs_needed(gap, case.margin.size, case.level, errors, mine.n))
    return Verdict(
        case.name,
        outcome,
        None if outcome != "inconclusive" else "interval",
        mine,
        paper,
        interval,
        case.margin,
        remarks=tuple(remarks),
        seeds=seeds,
    )


def _by_rounding(case: Case, mine: Sample, paper: Sample, gap: float, errors: Errors) -> Verdict:
    """Compare two sides that do not vary: only rounding is uncertain."""
    least = max(case.margin.size, rounding_unit(case.result.value.value) / 2)
    outcome: Outcome = "reproduced" if abs(gap) <= least else ("beyond" if gap > 0 else "short")
    interval = interval_of(gap, errors, least, case.level)
    return Verdict(
        case.name,
        outcome,
        None,
        mine,
        paper,
        interval,
        case.margin,
        remarks=("neither side varies: compared to rounding",),
    )


def _near_bounds(case: Case, mine: Sample, paper: Sample, interval: Interval) -> tuple[Interval, list[str]]:
    """Clip the interval to what the bounds allow; near one, widen it to the score interval or say it is unreliable."""
    low, high = case.result.metric.bounds
    bounds = [float(bound) for bound in (low, high) if bound is not None]
    if case.result.metric.target is not None or not bounds:
        return interval, []
    near = any(abs(side.centre - bound) <= 2 * interval.error for side in (mine, paper) for bound in bounds)
    remarks = []
    if near:
        score = _score_interval(case, mine, paper)
        if score is None:
            remarks.append("near the metric's bound: the interval is unreliable")
        else:
            interval = replace(interval, low=min(interval.low, score[0]), high=max(interval.high, score[1]))
            remarks.append("near the metric's bound: widened to Newcombe's score interval")
    ends = [case.gap(bound, paper.centre) for bound in bounds]
    if low is not None and high is not None:
        interval = replace(interval, low=max(interval.low, min(ends)), high=min(interval.high, max(ends)))
    elif (case.sign > 0) == (high is not None):
        interval = replace(interval, high=min(interval.high, ends[0]))
    else:
        interval = replace(interval, low=max(interval.low, ends[0]))
    return interval, remarks


def _score_interval(case: Case, mine: Sample, paper: Sample) -> tuple[float, float] | None:
    """Return Newcombe's interval of D (1998, method 10), from shares of pooled trials; None where they are unknown."""
    trials, whole = trials_of(case.result), proportion_whole(case.result)
    if trials is None or whole is None or any(not 0 <= side.centre <= whole for side in (mine, paper)):
        return None
    quantile = student_quantile(1 - case.level, math.inf)
    ends = []
    for side, runs in ((mine, mine.n), (paper, paper.n or 1)):
        count, share = trials * runs, side.centre / whole
        ends.append((share, *wilson(share * count, count, quantile)))
    (p, p_low, p_high), (q, q_low, q_high) = ends
    low, high = p - q - math.hypot(p - p_low, q_high - q), p - q + math.hypot(p_high - p, q - q_low)
    return (whole * low, whole * high) if case.sign > 0 else (-whole * high, -whole * low)


def _against_a_range(case: Case, mine: Sample, sample: Sample, paper: Published) -> Verdict:
    """Compare with a range over nobody knows how many runs: only being clear of it by the margin says anything."""
    assert paper.half_range is not None, "the caller looked"
    gap = case.gap(mine.centre, paper.centre)
    inside = abs(gap) <= paper.half_range
    remarks = (*paper.remarks, "inside the published range" if inside else "outside the published range")
    if mine.sd is None:
        return replace(_open(case, "spread: a range over an unknown number of runs"), remarks=remarks, paper=sample)
    errors = Errors(mine.sd**2, math.inf, mine.sd**2 / mine.n, mine.n - 1, paper.noise, borrowed=True)
    interval = interval_of(gap, errors, case.margin.size, case.level)
    clear = paper.half_range + case.margin.size
    outcome: Outcome = "beyond" if interval.low > clear else ("short" if interval.high < -clear else "inconclusive")
    cause = "spread: a range over an unknown number of runs" if outcome == "inconclusive" else None
    return Verdict(case.name, outcome, cause, mine, sample, interval, case.margin, outcome == "beyond", remarks)


def _with_what_must_be_said(case: Case, attempt: Attempt, verdict: Verdict) -> Verdict:
    """Apply the caps, and add what must be said with every verdict."""
    verdict = _capped(case, verdict)
    return replace(
        verdict,
        provisional=verdict.outcome != "inconclusive" and (verdict.provisional or case.gate.is_reducer_unknown),
        remarks=(
            *_praise(verdict),
            *verdict.remarks,
            *_doubts(case, verdict),
            *case.runs.remarks,
            *case.gate.remarks,
        ),
        deviations=case.gate.deviations,
        level=case.level,
        extra=case.runs.extra,
    )


def _capped(case: Case, verdict: Verdict) -> Verdict:
    """Take back what the conditions do not bear: *beyond* of few runs or a larger budget, *short* of a smaller one."""
    if verdict.outcome == "beyond":
        reasons = list(_against_beyond(case, verdict))
        return replace(verdict, outcome="reproduced", remarks=(*verdict.remarks, *reasons)) if reasons else verdict
    share = case.gate.smaller_budget
    if verdict.outcome == "short" and share is not None:
        return replace(
            verdict,
            outcome="inconclusive",
            cause=f"budget: short at {100 * share:.3g} % of the paper's budget",
        )
    return verdict


def _against_beyond(case: Case, verdict: Verdict) -> Iterator[str]:
    if verdict.mine is not None and verdict.mine.n - case.runs.diverged < FEWEST_FOR_BEYOND:
        yield f"not called beyond: that needs {FEWEST_FOR_BEYOND} runs"
    if case.gate.has_larger_budget:
        yield "not called beyond: my budget is larger than the paper's"
    if case.gate.is_reducer_unknown:
        yield "not called beyond: the paper does not say how its number was taken"
    if _is_saturated(case):
        yield "not called beyond: saturated, for the paper is within the margin of the bound"


def _is_saturated(case: Case) -> bool:
    low, high = case.result.metric.bounds
    good = {"higher": high, "lower": low, "target": None}[case.result.metric.direction]
    return good is not None and abs(float(good) - float(case.result.value.value)) < case.margin.size


def _praise(verdict: Verdict) -> Iterator[str]:
    interval = verdict.interval
    if interval is None or verdict.outcome not in ("reproduced", "beyond"):
        return
    if verdict.outcome == "reproduced":
        yield "equivalent" if interval.high < verdict.margin.size else "at least as good"
    if interval.low > 0 and interval.error > 0:
        yield "significantly better; check protocol: better than published"


def _doubts(case: Case, verdict: Verdict) -> Iterator[str]:
    result, interval = case.result, verdict.interval
    n = result.runs.n if isinstance(result.runs.n, int) else 2
    if n > 1 and is_impossible(result, n):
        yield "published spread inconsistent with the runs it is over: its kind is taken as unknown"
    if result.value.centre == "unknown":
        yield "the paper does not say what its number is: taken as a mean"
    gain = result.baseline.value
    if interval is not None and gain is not None and verdict.outcome in ("short", "inconclusive"):
        claimed = abs(float(result.value.value - gain))
        if interval.lean == "short" and abs(interval.difference) <= claimed / 2:
            yield "published headline numbers are selected: expect them to shrink a little"
