"""The distributions behind a verdict, against golden values of SciPy 1.14 and printed tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.reproduction.statistics.proportions import wilson
from curriculum.reproduction.statistics.ranges import expected_range, range_freedom
from curriculum.reproduction.statistics.summaries import best_of, deviation, quartile_mean
from curriculum.reproduction.statistics.t_distribution import student_cdf, student_quantile


@pytest.mark.parametrize(
    ("chance", "freedom", "quantile"),
    [
        (0.95, 1, 6.313751514675043),
        (0.95, 2, 2.919985580353726),
        (0.95, 4, 2.131846786326649),
        (0.975, 9, 2.262157162740992),
        (0.95, 30, 1.697260886593957),
        (0.99, 5, 3.364929998907218),
        (0.95, 1000, 1.646378818134507),
    ],
)
def test_quantiles_are_those_of_the_tables(chance: float, freedom: float, quantile: float) -> None:
    assert student_quantile(chance, freedom) == pytest.approx(quantile, rel=1e-9)


@pytest.mark.parametrize("t", [-3.7, -1.0, 0.0, 0.2, 2.5, 40.0])
def test_the_closed_forms_of_one_and_two_degrees(t: float) -> None:
    assert student_cdf(t, 1) == pytest.approx(0.5 + math.atan(t) / math.pi, abs=1e-13)
    assert student_cdf(t, 2) == pytest.approx(0.5 + t / (2 * math.sqrt(2 + t * t)), abs=1e-13)


@given(st.floats(0.001, 0.999), st.floats(0.5, 1e6))
def test_the_quantile_is_the_inverse_of_the_distribution(chance: float, freedom: float) -> None:
    assert student_cdf(student_quantile(chance, freedom), freedom) == pytest.approx(
        chance, abs=1e-10
    )


@pytest.mark.parametrize(
    ("n", "factor"), [(2, 1.128), (3, 1.693), (5, 2.326), (10, 3.078), (25, 3.931)]
)
def test_the_expected_range_is_tippett_s_table(n: int, factor: float) -> None:
    assert expected_range(n) == pytest.approx(factor, abs=6e-4)


def test_a_range_has_few_degrees_of_freedom() -> None:
    assert [range_freedom(n) for n in (3, 5, 10)] == [1.8, 3.6, 7.4]


def test_wilson_s_interval_is_newcombe_s_example() -> None:
    low, high = wilson(81, 263, 1.959964)

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_the_best_of_all_is_the_maximum_and_the_best_of_one_the_mean() -> None:
    assert best_of([3.0, 1.0, 2.0], 3) == 3
    assert best_of([3.0, 1.0, 2.0], 1) == pytest.approx(2)
    assert best_of([1, 2, 3, 4], 2) == pytest.approx((2 + 3 + 4 + 3 + 4 + 4) / 6)


def test_the_interquartile_mean_weighs_what_falls_into_the_middle_half() -> None:
    assert quartile_mean([0, 1, 2, 3, 4, 5, 6, 7]) == pytest.approx((2 + 3 + 4 + 5) / 4)
    assert quartile_mean([1, 2, 3]) == pytest.approx((0.25 * 1 + 2 + 0.25 * 3) / 1.5)


def test_equal_values_deviate_by_exactly_nothing() -> None:
    assert deviation([0.1, 0.1, 0.1]) == 0
    assert deviation([1.0, 2.0, 3.0]) == pytest.approx(1)
