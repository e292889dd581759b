"""Curves become one number a run by the paper's own rule; edge case 11 of the recipe among them."""

from __future__ import annotations

import math
import random
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.results import Reducer
from curriculum.model.runs import Series
from curriculum.reproduction.reducers import ReducerError, reduce_curves
from tests.reproduction.results import published

HIGHER = published()
LOWER = published(metric={"direction": "lower"})
NUMBERS = st.floats(-1e6, 1e6)


def curve(*values: float, xs: list[float] | None = None) -> Series:
    """Return a curve, at steps 10, 20, ... unless said otherwise."""
    return Series(
        "score", "step", xs or [10.0 * (index + 1) for index in range(len(values))], values
    )


def rule(how: str, **more: Any) -> Reducer:  # Any: a count or a number
    """Return a reducer."""
    return Reducer.model_validate({"how": how, **more})


ONE, TWO = curve(1, 9, 5), curve(3, 2, 7)


@pytest.mark.parametrize(
    ("reducer", "expected"),
    [
        (rule("final"), (5, 7)),
        (rule("single"), (5, 7)),
        (rule("last-k-mean", k=2), (7, 4.5)),
        (rule("at", x="20"), (9, 2)),
        (rule("at", x="29.9"), (9, 2)),
        (rule("at", x="30"), (5, 7)),
        (rule("max-per-run"), (9, 7)),
        (rule("argmax-of-mean-curve"), (5, 7)),
        (rule("auc"), (6, 3.5)),
    ],
)
def test_every_rule_gives_the_number_worked_out_by_hand(
    reducer: Reducer, expected: tuple[float, ...]
) -> None:
    assert reduce_curves([ONE, TWO], reducer, HIGHER) == expected


def test_where_less_is_better_the_best_is_the_least() -> None:
    assert reduce_curves([ONE, TWO], rule("max-per-run"), LOWER) == (1, 2)
    assert reduce_curves([ONE, TWO], rule("argmax-of-mean-curve"), LOWER) == (1, 3)


def test_the_area_is_taken_over_x_and_not_over_points() -> None:
    uneven = curve(0, 0, 10, xs=[0, 90, 100])

    assert reduce_curves([uneven], rule("auc"), HIGHER)[0] == pytest.approx(0.5)
    assert reduce_curves([curve(4, 6, xs=[5, 5])], rule("auc"), HIGHER) == (5,)


def test_11_the_best_of_the_mean_curve_needs_one_grid() -> None:
    """A denser grid inflates the maximum."""
    other = curve(3, 2, 7, xs=[10, 21, 30])

    with pytest.raises(
        ReducerError, match="not logged at the same x; a denser grid inflates the maximum"
    ):
        reduce_curves([ONE, other], rule("argmax-of-mean-curve"), HIGHER)


def test_diverged_points_are_never_the_best_and_a_diverged_end_is_no_number() -> None:
    broken = curve(1, math.inf, math.nan)

    assert reduce_curves([broken], rule("max-per-run"), HIGHER) == (1,)
    assert math.isnan(reduce_curves([broken], rule("final"), HIGHER)[0])
    assert reduce_curves([broken, curve(2, 3, 4)], rule("argmax-of-mean-curve"), HIGHER) == (1, 2)


@pytest.mark.parametrize(
    ("reducer", "why"),
    [
        (rule("last-k-mean", k=4), "it needs 4 points, and 'score' has 3"),
        (rule("last-k-mean"), "give it as --reducer last-k-mean:100"),
        (rule("at", x="31"), "it needs step 31, and 'score' ends at 30"),
        (rule("at", x="9"), "it needs step 9, and 'score' begins at 10"),
        (rule("at"), "give it as --reducer at:1000000"),
        (rule("unknown"), "choose one with --reducer"),
        (rule("best-val"), "name its tag with --val-tag"),
    ],
)
def test_a_rule_that_cannot_be_applied_says_what_it_lacks(reducer: Reducer, why: str) -> None:
    with pytest.raises(ReducerError, match=why):
        reduce_curves([ONE], reducer, HIGHER)


def test_a_run_without_points_is_said() -> None:
    with pytest.raises(ReducerError, match="a run has no points"):
        reduce_curves([ONE, curve()], rule("final"), HIGHER)


def test_the_validation_chooses_the_point() -> None:
    accuracy = curve(0.3, 0.9, 0.8)
    loss = curve(0.1, 0.9, 0.8)

    assert reduce_curves([ONE], rule("best-val"), HIGHER, [accuracy]) == (9,)
    assert reduce_curves([ONE], rule("best-val"), HIGHER, [loss], val_sign=-1) == (1,)


def test_a_result_on_validation_data_is_its_own_validation() -> None:
    on_validation = published(on={"split": "validation"})

    assert reduce_curves([ONE], rule("best-val"), on_validation) == (9,)


def test_a_validation_that_is_logged_less_often_takes_the_last_point_by_then() -> None:
    sparse = curve(0.2, 0.7, xs=[15, 25])

    assert reduce_curves([ONE], rule("best-val"), HIGHER, [sparse]) == (9,)
    with pytest.raises(ReducerError, match="has no point by step 5"):
        reduce_curves([ONE], rule("best-val"), HIGHER, [curve(0.2, xs=[5])])


@given(
    st.lists(st.lists(NUMBERS, min_size=4, max_size=4), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_runs_changes_no_number(runs: list[list[float]], rng: random.Random) -> None:
    order = list(range(len(runs)))
    rng.shuffle(order)
    for how in ("final", "max-per-run", "argmax-of-mean-curve", "auc"):
        plain = reduce_curves([curve(*run) for run in runs], rule(how), HIGHER)
        mixed = reduce_curves([curve(*runs[index]) for index in order], rule(how), HIGHER)
        if (
            how != "argmax-of-mean-curve"
            or len({fmean(column) for column in zip(*runs, strict=True)}) == 4
        ):
            assert sorted(plain) == pytest.approx(sorted(mixed))


@given(st.lists(st.lists(NUMBERS, min_size=4, max_size=4), min_size=1, max_size=6))
def test_the_best_of_each_run_is_never_below_the_best_of_their_mean(
    runs: list[list[float]],
) -> None:
    curves = [curve(*run) for run in runs]
    each = reduce_curves(curves, rule("max-per-run"), HIGHER)
    together = reduce_curves(curves, rule("argmax-of-mean-curve"), HIGHER)

    assert fmean(each) >= fmean(together) - 1e-6
    assert all(best >= chosen for best, chosen in zip(each, together, strict=True))
