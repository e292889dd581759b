"""Curves of several runs: what is kept of them, and the band of their spread."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.runs import Series
from curriculum.reproduction.curves import MOST_POINTS, STRETCHES, TrainingCurve, band_of, curve_in
from curriculum.reproduction.statistics.summaries import deviation

VALUES = st.floats(-1e6, 1e6)
GRIDS = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12, unique=True).map(sorted)


@st.composite
def curves(draw: st.DrawFn) -> TrainingCurve:
    xs = draw(GRIDS)
    values = draw(st.lists(VALUES, min_size=len(xs), max_size=len(xs)))
    return TrainingCurve(tuple(map(float, xs)), tuple(values))


def series(xs: list[float], values: list[float]) -> Series:
    return Series("reward", "step", xs, values)


def test_a_curve_keeps_its_finite_points_in_the_papers_unit() -> None:
    read = series([0, 1, 1, 2, 3], [math.nan, 0.5, 0.7, 0.8, math.inf])

    curve = curve_in(read, 100)
    assert curve is not None
    assert list(curve.xs) == [1, 2]
    assert curve.values == pytest.approx((60, 80))
    assert curve_in(series([0, 1], [math.nan, math.nan])) is None


def test_a_long_curve_becomes_the_means_of_its_stretches() -> None:
    xs = [float(x) for x in range(10_000)]
    curve = curve_in(series(xs, [2 * x + 1 for x in xs]))

    assert curve is not None
    assert curve.is_averaged
    assert len(curve.xs) == STRETCHES
    for x, value in zip(curve.xs, curve.values, strict=True):
        assert value == pytest.approx(2 * x + 1)
    short = [float(x) for x in range(MOST_POINTS)]
    whole = curve_in(series(short, short))
    assert whole == TrainingCurve(tuple(short), tuple(short))


def test_a_band_over_one_grid_is_the_mean_and_the_deviation_there() -> None:
    found = band_of(
        [
            TrainingCurve((0, 10), (1, 4)),
            TrainingCurve((0, 10), (3, 4)),
            TrainingCurve((0, 10), (5, 7)),
        ]
    )

    assert found is not None
    assert list(found.xs) == [0, 10]
    assert list(found.means) == [3, 5]
    assert found.lows == pytest.approx((1, 5 - math.sqrt(3)))
    assert found.highs == pytest.approx((5, 5 + math.sqrt(3)))
    assert found.runs == 3


@given(st.lists(curves(), min_size=2, max_size=5))
def test_a_band_lies_where_all_runs_have_values_and_never_outside_them_on_average(
    runs: list[TrainingCurve],
) -> None:
    found = band_of(runs)
    first, last = max(run.xs[0] for run in runs), min(run.xs[-1] for run in runs)
    assert (found is None) == (first >= last)
    if not found:
        return
    assert (found.xs[0], found.xs[-1]) == (first, last)
    for x, low, mean, high in zip(found.xs, found.lows, found.means, found.highs, strict=True):
        there = [run.at(x) for run in runs]
        slack = 1e-9 * max(1, *map(abs, there))
        assert min(there) - slack <= mean <= max(there) + slack
        assert high - low == pytest.approx(2 * deviation(there), abs=1e-6)


@given(curves())
def test_a_curve_goes_through_its_points_and_straight_between_them(curve: TrainingCurve) -> None:
    for x, value in zip(curve.xs, curve.values, strict=True):
        assert curve.at(x) == value
    middle = (curve.xs[0] + curve.xs[1]) / 2
    between = (curve.values[0] + curve.values[1]) / 2
    assert curve.at(middle) == pytest.approx(between, abs=1e-6)


def test_one_run_has_no_band() -> None:
    assert band_of([TrainingCurve((0, 1), (2, 3))]) is None
