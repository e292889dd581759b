"""Choose the comparison that the published record and my runs allow, and make it.

The cases are those of VERDICTS.md §9.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from curriculum.model.verdicts import (
    Assumption,
    Margin,
    Outcome,
    ReadingVerdict,
    Sample,
    Seeds,
    Verdict,
)
from curriculum.reproduction.case import Case
from curriculum.reproduction.metric_bounds import within_bounds
from curriculum.reproduction.published import (
    BORROWED,
    PublishedValue,
    best_of_how_many,
)
from curriculum.reproduction.statistics.intervals import (
    Variances,
    exact_interval,
    half_width_to_settle,
    interval_of,
    outcome_of,
    seeds_to_settle,
)
from curriculum.reproduction.statistics.summaries import (
    best_of,
    deviation,
    jackknife_error,
    variance_of_the_best,
)

_EXACT_SHARE = 1e-6
_BLOCKING_FIRST = ("inconclusive", "short", "reproduced", "beyond")
_NO_VARIATION = "the paper's runs do not vary at all, though no bound keeps them from it"
_UNKNOWN_RANGE = "spread: a range over an unknown number of runs"


def compare_case(case: Case) -> Verdict:
    """Return the verdict, before what is said with every one, by the case that applies."""
    if _is_deterministic(case):
        return _compare_exactly(case)
    k = best_of_how_many(case.result)
    if k is not None:
        return _compare_best_of(case, k)
    return _compare_each_reading(case)


def _is_deterministic(case: Case) -> bool:
    """Return whether the number has no spread; runs of mine that differ say that it has one."""
    return case.result.protocol.is_exact and len(set(case.runs.values)) == 1


def _varies_though_exact(case: Case) -> Iterator[str]:
    if case.result.protocol.is_exact and len(set(case.runs.values)) > 1:
        yield "the paper's number is deterministic, and mine differs from run to run"


def _compare_each_reading(case: Case) -> Verdict:
    """Return the verdict of the widest reading; inconclusive where the readings disagree."""
    verdicts = [_compare_reading(case, reading) for reading in case.readings]
    readings = tuple(
        ReadingVerdict(reading.meaning, verdict.outcome, verdict.interval)
        for reading, verdict in zip(case.readings, verdicts, strict=True)
        if reading.meaning is not None
    )
    widest = max(range(len(verdicts)), key=lambda number: _width(verdicts[number]))
    shown = _said_to_be_so(verdicts[widest], case.readings[widest].meaning)
    shown = replace(shown, readings=readings)
    if len({verdict.outcome for verdict in verdicts}) == 1:
        return shown
    return replace(
        shown,
        outcome="inconclusive",
        cause=f"spread kind: {_what_each_says(readings)}",
        seeds=_seeds_of_all([verdict.seeds for verdict in verdicts]),
    )


def _said_to_be_so(verdict: Verdict, meaning: str | None) -> Verdict:
    """Return a verdict that says which reading of the record its numbers are of."""
    if meaning is None:
        return verdict
    return replace(verdict, remarks=(f"shown as if {meaning}", *verdict.remarks))


def _what_each_says(readings: Sequence[ReadingVerdict]) -> str:
    """Return the verdict under each reading, that which blocks the others first."""
    ordered = sorted(readings, key=lambda one: _BLOCKING_FIRST.index(one.outcome))
    return "; ".join(f"if {one.reading}, it is {one.outcome}" for one in ordered)


def _seeds_of_all(found: Sequence[Seeds | None]) -> Seeds | None:
    """Return how many runs settle it whatever the reading; None where no number does."""
    seeds = [one for one in found if one is not None and one.needed is not None]
    if len(seeds) < sum(one is not None for one in found):
        return None
    return max(seeds, key=lambda one: one.needed or 0, default=None)


def _width(verdict: Verdict) -> float:
    if verdict.interval is None:
        return math.inf
    return verdict.interval.high - verdict.interval.low


def _compare_exactly(case: Case) -> Verdict:
    """Compare with released weights or a closed form: equal to rounding, or something differs."""
    mine = Sample(case.runs.values[0], None, case.runs.n)
    paper = case.paper_sample(case.readings[0])
    unit = max(case.result.value.unit, case.runs.unit)
    # Half a digit may come out a little larger in binary, and logs hold what was rounded to print.
    slack = unit / 2 * (1 + 1e-9) + _EXACT_SHARE * abs(paper.centre)
    gap = case.gap(mine.centre, paper.centre)
    agree = abs(gap) <= slack
    outcome = _outcome_of_gap(gap, agree=agree)
    mismatch = "deterministic mismatch: check data and preprocessing"
    return Verdict(
        result=case.name,
        outcome=outcome,
        cause=None,
        mine=mine,
        paper=replace(paper, sd=None),
        interval=exact_interval(
            gap, short=outcome == "short", beyond=outcome == "beyond", consistent=agree
        ),
        margin=Margin(unit / 2, "the printed precision: the number is deterministic"),
        remarks=("deterministic" if agree else mismatch,),
    )


def _outcome_of_gap(gap: float, *, agree: bool) -> Outcome:
    if agree:
        return "reproduced"
    if gap > 0:
        return "beyond"
    return "short"


def _compare_best_of(case: Case, k: int) -> Verdict:
    """Compare with the best of k runs: what the best of k of mine is expected to be."""
    n = len(case.runs.values)
    if k == 0:
        return case.undecided(
            "selection: the paper prints the best run and does not say of how many"
        )
    if n <= k:
        needs = f"that needs more than {k} runs of mine"
        return case.undecided(f"selection: the paper prints the best of {k}; {needs}")
    centre = case.result.value.centre
    # Turned so that the printed run is the largest: the best, or the worst, of the k.
    turn = -case.sign if centre == "worst" else case.sign
    values = [turn * value for value in case.runs.values]
    what = f"{centre} of {k}"
    reading = case.readings[0]
    expected = turn * best_of(values, k)
    # The jackknife error of mine vanishes as my runs grow; the paper's best is one draw for ever.
    paper_variance = variance_of_the_best(k) * deviation(values) ** 2
    my_variance = jackknife_error(values, k) ** 2
    errors = _borrowed(paper_variance, my_variance, n, reading.noise)
    verdict = _compare_by_interval(
        case,
        mine=Sample(expected, None, n, what),
        paper=Sample(reading.centre, None, k, what),
        errors=errors,
    )
    return replace(
        verdict,
        provisional=True,
        remarks=("one published number: provisional",),
        assumed=("the paper's spread",),
    )


def _borrowed(paper: float, mine: float, runs: int, noise: float) -> Variances:
    """Return the variances of two centres that rest on the deviation of my runs."""
    return Variances(
        paper=paper,
        paper_freedom=math.inf,
        mine=mine,
        my_freedom=runs - 1,
        noise=noise,
        my_runs=runs,
        borrowed=True,
    )


def _compare_reading(case: Case, reading: PublishedValue) -> Verdict:
    """Return the verdict under one reading of the published record."""
    mine = case.my_sample(reading.what)
    paper = case.paper_sample(reading)
    if reading.half_range is not None:
        return _compare_with_a_range(case, mine, paper, reading)
    if _varies_unbelievably_little(case, reading):
        reading = replace(reading, sd=None, remarks=(*reading.remarks, _NO_VARIATION, BORROWED))
    errors = _variances(case, mine, reading)
    if errors is None:
        undecided = case.undecided("no spread on either side")
        # The last remark says that mine is borrowed, and there was none to borrow.
        return replace(undecided, paper=paper, remarks=reading.remarks[:-1])
    verdict = _compare_by_interval(case, mine, paper, errors)
    reservations = _reservations(mine, reading, verdict)
    remarks = (
        *verdict.remarks,
        *reading.remarks,
        *_identical_values(case, mine),
        *_varies_though_exact(case),
        *reservations,
    )
    return replace(
        verdict,
        provisional=bool(reservations),
        remarks=remarks,
        assumed=tuple(_assumed(mine, reading)),
    )


def _assumed(mine: Sample, reading: PublishedValue) -> Iterator[Assumption]:
    if mine.sd is None:
        yield "my spread"
    if reading.sd is None:
        yield "the paper's spread"


def _reservations(mine: Sample, reading: PublishedValue, verdict: Verdict) -> list[str]:
    """Return why a verdict is provisional; nothing when it is not."""
    found = []
    if mine.n == 1:
        found.append("one run: provisional")
    elif mine.sd is None:
        found.append("a mean without its deviation, so the paper's is taken: provisional")
    if reading.sd is None and verdict.outcome in ("reproduced", "beyond"):
        found.append("against a number without a spread: provisional")
    return found


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
        lent = _borrowed(variance / reading.n, variance / mine.n, mine.n, reading.noise)
        return replace(lent, my_freedom=reading.freedom)
    my_variance = square * _believable_deviation(case, mine) ** 2
    if reading.sd is None:
        return _borrowed(my_variance / reading.n, my_variance / mine.n, mine.n, reading.noise)
    paper_variance = square * reading.sd**2
    return Variances(
        paper=paper_variance / reading.n,
        paper_freedom=reading.freedom,
        mine=my_variance / mine.n,
        my_freedom=mine.n - 1,
        noise=reading.noise,
        paper_runs=reading.n,
        my_runs=mine.n,
    )


def _varies_unbelievably_little(case: Case, reading: PublishedValue) -> bool:
    """Return whether the published runs do not vary although no bound keeps them from it."""
    return reading.sd == 0 and not case.is_at_bound(case.result.value.number)


def _believable_deviation(case: Case, mine: Sample) -> float:
    """Return my deviation; for identical values away from a bound that of their rounding."""
    assert mine.sd is not None, "only several runs have a deviation"
    if mine.sd > 0 or case.is_at_bound(mine.centre):
        return mine.sd
    return case.runs.unit / math.sqrt(12)


def _identical_values(case: Case, mine: Sample) -> Iterator[str]:
    is_identical = mine.sd == 0 and mine.n > 1
    if is_identical and not case.is_at_bound(mine.centre):
        yield "identical values across seeds: were seeds applied?"


def _compare_by_interval(case: Case, mine: Sample, paper: Sample, errors: Variances) -> Verdict:
    """Return what the interval says, kept within what the bounds allow (VERDICTS.md §8)."""
    gap = case.gap(mine.centre, paper.centre)
    if errors.paper + errors.mine == 0:
        return _compare_to_rounding(case, mine, paper, errors)
    margin = case.margin.size
    unbounded = interval_of(gap, errors, margin, case.level)
    interval, remarks = within_bounds(case, mine, paper, unbounded)
    outcome = outcome_of(interval, margin)
    verdict = Verdict(
        result=case.name,
        outcome=outcome,
        cause=None,
        mine=mine,
        paper=paper,
        interval=interval,
        margin=case.margin,
        remarks=tuple(remarks),
    )
    if outcome != "inconclusive":
        return verdict
    target = half_width_to_settle(gap, margin)
    seeds = seeds_to_settle(target, case.next_level, errors)
    return replace(verdict, cause="interval", seeds=seeds)


def _compare_to_rounding(case: Case, mine: Sample, paper: Sample, errors: Variances) -> Verdict:
    """Compare two sides that do not vary: only rounding is uncertain."""
    gap = case.gap(mine.centre, paper.centre)
    least = max(case.margin.size, case.result.value.unit / 2)
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
    undecided = replace(case.undecided(_UNKNOWN_RANGE), paper=paper, remarks=remarks)
    if mine.sd is None:
        return undecided
    variance = mine.sd**2
    errors = _borrowed(variance, variance / mine.n, mine.n, reading.noise)
    interval = interval_of(gap, errors, case.margin.size, case.level)
    compared = replace(undecided, mine=mine, interval=interval)
    clear = reading.half_range + case.margin.size
    if interval.low > clear:
        return replace(compared, outcome="beyond", cause=None, provisional=True)
    if interval.high < -clear:
        return replace(compared, outcome="short", cause=None)
    return compared
