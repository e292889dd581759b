"""The case grid: which comparison the published record and my runs allow, and what it says.

Whether the two may be compared at all, and what must be said besides, is decided elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from curriculum.model.attempts import Outcome
from curriculum.model.verdicts import ConfidenceInterval, Sample, Seeds, Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.my_runs import towards_target
from curriculum.reproduction.published import (
    PublishedValue,
    best_of_how_many,
    readings_of,
    rounding_unit,
)
from curriculum.reproduction.statistics.bounds import within_bounds
from curriculum.reproduction.statistics.intervals import (
    Variances,
    interval_of,
    outcome_of,
    room_of,
    runs_needed,
)
from curriculum.reproduction.statistics.summaries import best_of, jackknife_error

_EXACT = 1e-6
_FEW = "so few of mine against a number without any spread"


def compared(case: Case) -> Verdict:
    """Return the verdict by the row of the case grid that the two sides belong to."""
    deterministic = (
        case.result.protocol.deterministic or case.result.protocol.checkpoint == "released"
    )
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
    remarks = (
        ("deterministic",) if agree else ("deterministic mismatch: check data and preprocessing",)
    )
    interval = ConfidenceInterval(
        gap,
        gap,
        gap,
        0.0,
        math.inf,
        float(outcome == "short"),
        float(agree),
        float(outcome == "beyond"),
        agree,
    )
    sample = Sample(paper, None, case.paper(readings_of(result)[0]).n, str(result.value.centre))
    return Verdict(case.name, outcome, None, mine, sample, interval, case.margin, remarks=remarks)


def _best_of(case: Case, k: int) -> Verdict:
    """Compare with the best of k runs: what the best of k of mine is expected to be."""
    values = [case.sign * value for value in case.runs.values]
    if case.result.value.centre == "worst":
        values = [-value for value in values]
    if k == 0:
        return case.undecided(
            "selection: the paper prints the best run and does not say of how many"
        )
    if len(values) <= k:
        return case.undecided(
            f"selection: the paper prints the best of {k}; that needs more than {k} runs of mine"
        )
    turn = case.sign * (-1 if case.result.value.centre == "worst" else 1)
    mine = Sample(
        turn * best_of(values, k), None, len(values), f"{case.result.value.centre} of {k}"
    )
    reading = readings_of(case.result)[0]
    error = jackknife_error(values, k)
    errors = Variances(error**2, math.inf, error**2, len(values) - 1, reading.noise, borrowed=True)
    paper = Sample(towards_target(reading.centre, case.result), None, k, mine.what)
    return replace(
        _by_interval(case, mine, paper, errors),
        provisional=True,
        remarks=("one published number: provisional",),
    )


def _read_as(case: Case, reading: PublishedValue) -> Verdict:
    """Return the verdict under one reading of the published record."""
    paper = replace(reading, centre=towards_target(reading.centre, case.result))
    mine = Sample(case.centre(paper.what), case.deviation, case.runs.n, paper.what)
    sample = case.paper(paper)
    if paper.half_range is not None:
        return _against_a_range(case, mine, sample, paper)
    errors = _errors(case, mine, paper)
    if errors is None:
        return replace(
            case.undecided("no spread on either side"), paper=sample, remarks=paper.remarks[:-1]
        )
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


def _errors(case: Case, mine: Sample, paper: PublishedValue) -> Variances | None:
    """Return the variances of both centres; None when neither side has a spread."""
    square = paper.factor**2
    if mine.sd is None:
        if paper.sd is None:
            return None
        variance = square * paper.sd**2
        return Variances(
            variance / paper.n, math.inf, variance, paper.freedom, paper.noise, borrowed=True
        )
    sd = _believable(case, mine)
    if paper.sd is None:
        return Variances(
            square * sd**2 / paper.n,
            math.inf,
            square * sd**2 / mine.n,
            mine.n - 1,
            paper.noise,
            borrowed=True,
        )
    return Variances(
        square * paper.sd**2 / paper.n,
        paper.freedom,
        square * sd**2 / mine.n,
        mine.n - 1,
        paper.noise,
    )


def _believable(case: Case, mine: Sample) -> float:
    """Return my deviation; for identical values away from a bound that of their rounding."""
    assert mine.sd is not None, "only several runs have a deviation"
    if mine.sd > 0 or case.is_at_bound(mine.centre):
        return mine.sd
    return case.runs.unit / math.sqrt(12)


def _identical(case: Case, mine: Sample) -> Iterator[str]:
    if mine.sd == 0 and mine.n > 1 and not case.is_at_bound(mine.centre):
        yield "identical values across seeds: were seeds applied?"


def _by_interval(case: Case, mine: Sample, paper: Sample, errors: Variances) -> Verdict:
    """Return what the interval says, kept within what the bounds allow.

    Welch's degrees of freedom rise with a small published spread, which narrows the interval of two or three runs of
    mine. No verdict rests on that: what they do not show against a number without any spread, they do not show at all.
    """
    gap = case.gap(mine.centre, paper.centre)
    if errors.paper + errors.mine == 0:
        return _by_rounding(case, mine, paper, gap, errors)
    margin = case.margin.size
    welch, alone = (interval_of(gap, one, margin, case.level) for one in (errors, errors.alone))
    interval, remarks = within_bounds(case, mine, paper, welch)
    wider = replace(welch, low=min(welch.low, alone.low), high=max(welch.high, alone.high))
    outcome, cause, seeds = (
        outcome_of(within_bounds(case, mine, paper, wider)[0], margin),
        None,
        None,
    )
    few = outcome != outcome_of(interval, margin)
    if outcome == "inconclusive":
        cause = f"runs: {_FEW} would leave it open" if few else "interval"
        room = abs(gap + margin) if few else room_of(gap, margin)
        seeds = Seeds(runs_needed(room, case.level, errors, mine.n))
    elif few:
        remarks.append(f"not called beyond: {_FEW} would not show it")
    return Verdict(
        case.name,
        outcome,
        cause,
        mine,
        paper,
        interval,
        case.margin,
        remarks=tuple(remarks),
        seeds=seeds,
    )


def _by_rounding(case: Case, mine: Sample, paper: Sample, gap: float, errors: Variances) -> Verdict:
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


def _against_a_range(case: Case, mine: Sample, sample: Sample, paper: PublishedValue) -> Verdict:
    """Compare with a range over nobody knows how many runs: only being clear of it by the margin says anything."""
    assert paper.half_range is not None, "the caller looked"
    gap = case.gap(mine.centre, paper.centre)
    inside = abs(gap) <= paper.half_range
    remarks = (
        *paper.remarks,
        "inside the published range" if inside else "outside the published range",
    )
    if mine.sd is None:
        return replace(
            case.undecided("spread: a range over an unknown number of runs"),
            remarks=remarks,
            paper=sample,
        )
    errors = Variances(
        mine.sd**2, math.inf, mine.sd**2 / mine.n, mine.n - 1, paper.noise, borrowed=True
    )
    interval = interval_of(gap, errors, case.margin.size, case.level)
    clear = paper.half_range + case.margin.size
    outcome: Outcome = (
        "beyond"
        if interval.low > clear
        else ("short" if interval.high < -clear else "inconclusive")
    )
    cause = "spread: a range over an unknown number of runs" if outcome == "inconclusive" else None
    return Verdict(
        case.name, outcome, cause, mine, sample, interval, case.margin, outcome == "beyond", remarks
    )
