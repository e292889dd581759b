"""Choose the comparison that the published record and my runs allow, and make it.

The cases are those of VERDICTS.md §9.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from curriculum.model.results import Result
from curriculum.model.verdicts import Outcome, Sample, Seeds, Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.metric_bounds import within_bounds
from curriculum.reproduction.my_runs import towards_target
from curriculum.reproduction.published import (
    PublishedValue,
    best_of_how_many,
    is_of_unclear_kind,
    known_runs,
    readings_of,
    rounding_unit,
)
from curriculum.reproduction.statistics.intervals import (
    Variances,
    exact_interval,
    half_width_to_settle,
    interval_of,
    outcome_of,
    runs_needed,
)
from curriculum.reproduction.statistics.summaries import best_of, jackknife_error

_EXACT_SHARE = 1e-6
_FEW = "so few of mine against a number without any spread"
_UNKNOWN_RANGE = "spread: a range over an unknown number of runs"


def compare_case(case: Case) -> Verdict:
    """Return the verdict, before what is said with every one, by the case that applies."""
    protocol = case.result.protocol
    is_deterministic = protocol.deterministic or protocol.checkpoint == "released"
    if is_deterministic and len(set(case.runs.values)) == 1:
        return _compare_exactly(case)
    k = best_of_how_many(case.result)
    if k is not None:
        return _compare_best_of(case, k)
    verdicts = [_compare_reading(case, reading) for reading in readings_of(case.result)]
    widest = max(verdicts, key=_error)
    if len({verdict.outcome for verdict in verdicts}) == 1:
        return widest
    cause = f"spread kind: the verdict depends on {_unclear_part(case.result)}"
    return replace(widest, outcome="inconclusive", cause=cause, seeds=None)


def _unclear_part(result: Result) -> str:
    """Return what a record with several readings leaves open."""
    spread = result.spread
    if spread.kind == "ci" and spread.level is None:
        return "the level of the paper's interval"
    if is_of_unclear_kind(result):
        return "whether the paper's ± is an SD or a standard error"
    return "whether the paper's ± is over seeds"


def _error(verdict: Verdict) -> float:
    return math.inf if verdict.interval is None else verdict.interval.error


def _compare_exactly(case: Case) -> Verdict:
    """Compare with released weights or a closed form: equal to rounding, or something differs."""
    result = case.result
    mine = Sample(case.runs.values[0], None, case.runs.n)
    centre = towards_target(float(result.value.value), result)
    paper = Sample(centre, None, known_runs(result) or 0, str(result.value.centre))
    gap = case.gap(mine.centre, centre)
    unit = max(rounding_unit(result.value.value), case.runs.unit)
    agree = abs(gap) <= unit / 2 * (1 + 1e-9) + _EXACT_SHARE * abs(centre)
    remark = "deterministic"
    if not agree:
        remark = "deterministic mismatch: check data and preprocessing"
    outcome = _outcome_of_gap(gap, agree=agree)
    interval = exact_interval(
        gap, short=outcome == "short", beyond=outcome == "beyond", consistent=agree
    )
    return Verdict(case.name, outcome, None, mine, paper, interval, case.margin, remarks=(remark,))


def _outcome_of_gap(gap: float, *, agree: bool) -> Outcome:
    if agree:
        return "reproduced"
    return "beyond" if gap > 0 else "short"


def _compare_best_of(case: Case, k: int) -> Verdict:
    """Compare with the best of k runs: what the best of k of mine is expected to be."""
    if k == 0:
        return case.undecided(
            "selection: the paper prints the best run and does not say of how many"
        )
    centre = case.result.value.centre
    # Turned so that the printed run is the largest: the best, or the worst, of the k.
    turn = -case.sign if centre == "worst" else case.sign
    values = [turn * value for value in case.runs.values]
    if len(values) <= k:
        needs = f"that needs more than {k} runs of mine"
        return case.undecided(f"selection: the paper prints the best of {k}; {needs}")
    reading = readings_of(case.result)[0]
    what = f"{centre} of {k}"
    mine = Sample(turn * best_of(values, k), None, len(values), what)
    paper = Sample(towards_target(reading.centre, case.result), None, k, what)
    variance = jackknife_error(values, k) ** 2
    errors = Variances(
        paper=variance,
        paper_freedom=math.inf,
        mine=variance,
        my_freedom=len(values) - 1,
        noise=reading.noise,
        borrowed=True,
    )
    return replace(
        _compare_by_interval(case, mine, paper, errors),
        provisional=True,
        remarks=("one published number: provisional",),
    )


def _compare_reading(case: Case, reading: PublishedValue) -> Verdict:
    """Return the verdict under one reading of the published record."""
    reading = replace(reading, centre=towards_target(reading.centre, case.result))
    mine = case.my_sample(reading.what)
    paper = case.paper_sample(reading)
    if reading.half_range is not None:
        return _compare_with_a_range(case, mine, paper, reading)
    errors = _variances(case, mine, reading)
    if errors is None:
        undecided = case.undecided("no spread on either side")
        # The last remark is "spread borrowed from mine", and there was none to borrow.
        return replace(undecided, paper=paper, remarks=reading.remarks[:-1])
    verdict = _compare_by_interval(case, mine, paper, errors)
    is_single = mine.n == 1
    is_value_only = reading.sd is None and verdict.outcome == "beyond"
    remarks = [*verdict.remarks, *reading.remarks, *_identical_values(case, mine)]
    if is_single:
        remarks.append("one run: provisional")
    if is_value_only:
        remarks.append("against a number without a spread: provisional")
    return replace(verdict, provisional=is_single or is_value_only, remarks=tuple(remarks))


def _variances(case: Case, mine: Sample, reading: PublishedValue) -> Variances | None:
    """Return the variances of both centres; None when neither side has a spread.

    A side without one borrows the other's, so that both share its degrees of freedom.
    """
    square = reading.factor**2
    if mine.sd is None and reading.sd is None:
        return None
    if mine.sd is None:
        assert reading.sd is not None, "one side has a spread"
        variance = square * reading.sd**2
        return Variances(
            paper=variance / reading.n,
            paper_freedom=math.inf,
            mine=variance,
            my_freedom=reading.freedom,
            noise=reading.noise,
            borrowed=True,
        )
    my_variance = square * _believable_deviation(case, mine) ** 2
    is_borrowed = reading.sd is None
    paper_variance = my_variance if reading.sd is None else square * reading.sd**2
    return Variances(
        paper=paper_variance / reading.n,
        paper_freedom=math.inf if is_borrowed else reading.freedom,
        mine=my_variance / mine.n,
        my_freedom=mine.n - 1,
        noise=reading.noise,
        borrowed=is_borrowed,
    )


def _believable_deviation(case: Case, mine: Sample) -> float:
    """Return my deviation; for identical values away from a bound that of their rounding."""
    assert mine.sd is not None, "only several runs have a deviation"
    if mine.sd > 0 or case.is_at_bound(mine.centre):
        return mine.sd
    return case.runs.unit / math.sqrt(12)


def _identical_values(case: Case, mine: Sample) -> Iterator[str]:
    if mine.sd == 0 and mine.n > 1 and not case.is_at_bound(mine.centre):
        yield "identical values across seeds: were seeds applied?"


def _compare_by_interval(case: Case, mine: Sample, paper: Sample, errors: Variances) -> Verdict:
    """Return what the interval says, kept within what the bounds allow.

    Welch's degrees of freedom rise with a small published spread, which narrows the interval of
    two or three runs of mine. No verdict rests on that: what they do not show against a number
    without any spread, they do not show at all (VERDICTS.md §8).
    """
    gap = case.gap(mine.centre, paper.centre)
    if errors.paper + errors.mine == 0:
        return _compare_to_rounding(case, mine, paper, errors)
    margin = case.margin.size
    welch = interval_of(gap, errors, margin, case.level)
    alone = interval_of(gap, errors.alone, margin, case.level)
    wider = replace(welch, low=min(welch.low, alone.low), high=max(welch.high, alone.high))
    interval, remarks = within_bounds(case, mine, paper, welch)
    cautious, _ = within_bounds(case, mine, paper, wider)
    outcome = outcome_of(cautious, margin)
    is_by_few = outcome != outcome_of(interval, margin)
    if is_by_few and outcome != "inconclusive":
        remarks.append(f"not called beyond: {_FEW} would not show it")
    verdict = Verdict(
        case.name, outcome, None, mine, paper, interval, case.margin, remarks=tuple(remarks)
    )
    if outcome != "inconclusive":
        return verdict
    if is_by_few:
        cause = f"runs: {_FEW} would leave it open"
        target = abs(gap + margin)
    else:
        cause = "interval"
        target = half_width_to_settle(gap, margin)
    seeds = Seeds(runs_needed(target, case.level, errors, mine.n))
    return replace(verdict, cause=cause, seeds=seeds)


def _compare_to_rounding(case: Case, mine: Sample, paper: Sample, errors: Variances) -> Verdict:
    """Compare two sides that do not vary: only rounding is uncertain."""
    gap = case.gap(mine.centre, paper.centre)
    least = max(case.margin.size, rounding_unit(case.result.value.value) / 2)
    return Verdict(
        result=case.name,
        outcome=_outcome_of_gap(gap, agree=abs(gap) <= least),
        cause=None,
        mine=mine,
        paper=paper,
        interval=interval_of(gap, errors, least, case.level),
        margin=case.margin,
        remarks=("neither side varies: compared to rounding",),
    )


def _compare_with_a_range(
    case: Case, mine: Sample, paper: Sample, reading: PublishedValue
) -> Verdict:
    """Compare with a range over an unknown number of runs.

    Only values that are clear of the range by the margin say anything.
    """
    assert reading.half_range is not None, "the caller looked"
    gap = case.gap(mine.centre, paper.centre)
    where = "inside" if abs(gap) <= reading.half_range else "outside"
    remarks = (*reading.remarks, f"{where} the published range")
    if mine.sd is None:
        return replace(case.undecided(_UNKNOWN_RANGE), remarks=remarks, paper=paper)
    errors = Variances(
        paper=mine.sd**2,
        paper_freedom=math.inf,
        mine=mine.sd**2 / mine.n,
        my_freedom=mine.n - 1,
        noise=reading.noise,
        borrowed=True,
    )
    interval = interval_of(gap, errors, case.margin.size, case.level)
    clear = reading.half_range + case.margin.size
    outcome: Outcome = "inconclusive"
    if interval.low > clear:
        outcome = "beyond"
    elif interval.high < -clear:
        outcome = "short"
    return Verdict(
        result=case.name,
        outcome=outcome,
        cause=_UNKNOWN_RANGE if outcome == "inconclusive" else None,
        mine=mine,
        paper=paper,
        interval=interval,
        margin=case.margin,
        provisional=outcome == "beyond",
        remarks=remarks,
    )
