"""How much worse mine is at most: the least margin at which it would be reproduced."""

from __future__ import annotations

from math import sqrt
from statistics import fmean
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.model.attempts import Attempt
from curriculum.model.results import Result
from curriculum.model.verdicts import WorstGap
from curriculum.reproduction.case import case_of
from curriculum.reproduction.verdicts import judge
from curriculum.views.text.verdict import worst_gap_line
from tests.reproduction.results import NAME, attempt, judge_attempt, published, verdict

RUNS = st.lists(st.integers(60, 130).map(float), min_size=2, max_size=6)


@given(RUNS)
def test_it_is_the_least_margin_at_which_the_runs_are_reproduced(values: list[float]) -> None:
    gap = verdict(published(tolerance={"abs": "5"}), *values).worst_gap

    assert gap is not None
    assume(gap.size > 1)
    for factor, is_reproduced in ((1 + 1e-6, True), (1 - 1e-6, False)):
        margin = f"{factor * gap.size:.9f}"
        judged = verdict(published(tolerance={"abs": margin}), *values)
        assert (judged.outcome in ("reproduced", "beyond")) is is_reproduced
        assert judged.worst_gap == gap


@pytest.mark.parametrize(
    ("record", "gap", "line"),
    [
        ({}, WorstGap(11.31, 0.1131), "no worse than 12 % below the paper (96 %)"),
        ({}, WorstGap(1.21, 0.0121), "no worse than 1.3 % below the paper (96 %)"),
        ({}, WorstGap(12.0, 0.12), "no worse than 12 % below the paper (96 %)"),
        ({}, WorstGap(0, 0), "no worse than the paper (96 %)"),
        ({}, WorstGap(1234.2, None), "no worse than 1235 below the paper (96 %)"),
        (
            {"metric": {"direction": "lower"}},
            WorstGap(0.021, 0.021),
            "no worse than 2.1 % above the paper (96 %)",
        ),
        (
            {"metric": {"unit": "percent"}},
            WorstGap(0.911, None),
            "no worse than 0.92 points below the paper (96 %)",
        ),
        (
            {"metric": {"direction": "target", "target": "50"}},
            WorstGap(2.5, None),
            "no more than 2.5 farther from the target than the paper (96 %)",
        ),
    ],
)
def test_it_is_said_in_a_sentence_and_rounded_up(
    record: dict[str, Any], gap: WorstGap, line: str
) -> None:
    assert worst_gap_line(gap, 0.04, published(**record)) == line


@pytest.mark.parametrize(
    ("record", "has_share"),
    [
        ({}, True),
        ({"metric": {"bounds": [0, 200]}}, True),
        ({"metric": {"unit": "percent"}, "value": "90"}, False),
        ({"metric": {"reference": {"floor": "-20"}}}, False),
        ({"metric": {"bounds": [-200, 200]}}, False),
        ({"value": "-3"}, False),
    ],
)
def test_it_is_a_share_only_of_a_number_that_counts_from_zero(
    record: dict[str, Any], has_share: bool
) -> None:
    result = published(**record)
    number = result.value.number
    gap = verdict(result, number - 2, number - 3, number - 1).worst_gap

    assert gap is not None
    assert (gap.share is not None) is has_share


def test_an_inconclusive_verdict_has_it() -> None:
    torn = verdict(published("100", "20", n=3), 85.0, 65.0, 105.0)

    assert torn.outcome == "inconclusive"
    assert torn.worst_gap is not None
    assert torn.no_bound is None


def test_in_a_range_of_unknown_runs_the_paper_may_lie_at_its_better_end() -> None:
    spread = {"kind": "range", "low": "90", "high": "110", "over": "seeds"}
    ranged = verdict(published(n="unknown", spread=spread), 99.0, 101.0, 100.0)

    assert ranged.outcome == "inconclusive"
    assert ranged.interval is not None
    assert ranged.worst_gap is not None
    assert ranged.worst_gap.size == 10 - ranged.interval.low


def test_a_deterministic_number_has_an_exact_one() -> None:
    released = published(
        "76.13", None, metric={"unit": "percent"}, protocol={"deterministic": "true"}
    )
    case = case_of(NAME, released, attempt(76.1, printed=1))
    assert judge(case).outcome == "reproduced"
    judged = judge(case_of(NAME, released, attempt(76.10, printed=2)))

    assert judged.outcome == "short"
    assert judged.worst_gap is not None
    assert judged.worst_gap.size == pytest.approx(0.03)
    assert worst_gap_line(judged.worst_gap, 0, released) == (
        "no worse than 0.030 points below the paper (exactly)"
    )


ACCURACIES = st.lists(st.integers(800, 990), min_size=2, max_size=6)


@given(ACCURACIES)
def test_accuracy_and_error_of_the_same_runs_have_the_same_one(tenths: list[int]) -> None:
    percent: dict[str, Any] = {"metric": {"unit": "percent"}}
    error: dict[str, Any] = {"metric": {"unit": "percent", "direction": "lower"}}
    accuracy = verdict(published("91.5", "0.8", **percent), *(value / 10 for value in tenths))
    inaccuracy = verdict(published("8.5", "0.8", **error), *(100 - value / 10 for value in tenths))

    assert accuracy.outcome == inaccuracy.outcome
    assert accuracy.worst_gap is not None
    assert inaccuracy.worst_gap is not None
    assert accuracy.worst_gap.size == pytest.approx(inaccuracy.worst_gap.size, abs=1e-6)


@given(RUNS, st.integers(2, 5))
def test_more_runs_of_the_same_mean_and_deviation_never_loosen_it(
    values: list[float], times: int
) -> None:
    result = published("100", "20", n=3)
    few = verdict(result, *values)
    mean, more = fmean(values), len(values) * times
    # Copies have a smaller deviation with n - 1, which is made good by spreading them.
    stretch = sqrt((more - 1) / (times * (len(values) - 1)))
    many = verdict(result, *[mean + stretch * (value - mean) for value in values * times])

    assume(len(set(values)) > 1)
    assert few.worst_gap is not None
    assert many.worst_gap is not None
    assert many.worst_gap.size <= few.worst_gap.size + 1e-6


@pytest.mark.parametrize(
    ("result", "runs", "difference", "reason"),
    [
        (published("100", None), attempt(97.0), -3.0, "no spread on either side"),
        (
            published(),
            attempt(97.0, 98.0, deviations=[{"field": "on.version", "mine": "v4"}]),
            -2.5,
            "protocol: on.version differs (mine v4, paper v1); say why to accept it",
        ),
        (
            published(),
            attempt(97.0).model_copy(update={"seeds": 3}),
            -3.0,
            "1 of 3 declared runs is in; the next look is at 3",
        ),
        (published(), attempt(97.0, None, None), -3.0, "runs: 2 of 3 diverged"),
        (
            published(claim={"kind": "trend"}),
            attempt(97.0, 98.0),
            -2.5,
            "claim: a trend is not judged by one number",
        ),
        (
            published(centre="best"),
            attempt(97.0, 98.0),
            None,
            "selection: the paper prints the best of 5; that needs more than 5 runs of mine",
        ),
        (published(), attempt(97.0, 98.0, unit="ms"), None, None),
    ],
)
def test_without_a_test_there_is_a_difference_and_a_reason(
    result: Result, runs: Attempt, difference: float | None, reason: str | None
) -> None:
    judged = judge_attempt(result, runs)

    assert judged.interval is None
    assert judged.worst_gap is None
    assert judged.difference == difference
    assert judged.no_bound == (reason or judged.cause)
    assert judged.no_bound
