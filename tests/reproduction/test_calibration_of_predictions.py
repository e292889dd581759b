"""Scores of predictions: against numpy, by hand, and of forecasters that are known to be right or wrong."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.predictions import Prediction
from curriculum.reproduction.calibration import (
    Bias,
    SaidAndCame,
    bias_of,
    bins_of,
    brier,
    calibration_of,
    interval_score,
    murphy_of,
)
from curriculum.reproduction.statistics.beta_distribution import jeffreys

FORECASTS = st.lists(
    st.tuples(st.integers(10, 990).map(lambda one: Fraction(one, 1000)), st.booleans()),
    min_size=1,
    max_size=60,
)


@given(FORECASTS)
def test_brier_and_its_parts_are_those_of_numpy(forecasts: list[SaidAndCame]) -> None:
    said = np.array([float(said) for said, _ in forecasts])
    came = np.array([float(came) for _, came in forecasts])
    base = came.mean()
    groups = [came[said == one] for one in np.unique(said)]
    sizes = np.array([len(one) for one in groups])
    shares = np.array([one.mean() for one in groups])
    found, score = murphy_of(forecasts), brier(forecasts)
    assert found is not None
    assert score is not None
    assert abs(float(score) - ((said - came) ** 2).mean()) <= 1e-12
    reliability = (sizes * (np.unique(said) - shares) ** 2).sum() / len(came)
    resolution = (sizes * (shares - base) ** 2).sum() / len(came)
    assert abs(float(found.reliability) - reliability) <= 1e-12
    assert abs(float(found.resolution) - resolution) <= 1e-12
    assert abs(float(found.uncertainty) - base * (1 - base)) <= 1e-12
    assert found.brier == score


@settings(max_examples=30)
@given(FORECASTS)
def test_every_forecast_is_in_one_bin_and_the_sums_agree(forecasts: list[SaidAndCame]) -> None:
    bins = bins_of(forecasts)
    assert sum(one.n for one in bins) == len(forecasts)
    assert sum(one.came for one in bins) == sum(came for _, came in forecasts)
    assert sum(one.n * (one.said or 0) for one in bins) == sum(said for said, _ in forecasts)
    for one in bins:
        assert one.said is None or one.start <= one.said < one.end
        assert 0 <= one.low <= (one.came / one.n if one.n else 0.5) <= one.high <= 1


def test_a_round_probability_is_in_the_bin_that_it_begins() -> None:
    bins = bins_of([(Fraction(35, 100), True), (Fraction(4, 10), True), (Fraction(99, 100), True)])
    assert [one.n for one in bins] == [0, 0, 0, 1, 1, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(("came", "trials"), [(0, 5), (3, 7), (7, 7), (1, 40)])
def test_the_interval_of_a_bin_is_that_of_a_beta_density(came: int, trials: int) -> None:
    """Jeffreys' interval, against the integral of the density over a grid of angles."""
    angles = (np.arange(100_000) + 0.5) / 100_000 * np.pi / 2
    shares = np.sin(angles) ** 2
    density = np.sin(angles) ** (2 * came) * np.cos(angles) ** (2 * (trials - came))
    below = np.cumsum(density) / density.sum()
    low, high = jeffreys(came, trials, 0.9)
    assert low == pytest.approx(shares[np.searchsorted(below, 0.05)] if came else 0, abs=1e-4)
    wanted = shares[np.searchsorted(below, 0.95)] if came < trials else 1
    assert high == pytest.approx(wanted, abs=1e-4)


@settings(max_examples=15)
@given(FORECASTS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(
    forecasts: list[SaidAndCame], rng: random.Random
) -> None:
    every = [_prediction(number, said, came) for number, (said, came) in enumerate(forecasts)]
    mixed = list(every)
    rng.shuffle(mixed)
    assert calibration_of(mixed) == calibration_of(every)


def _prediction(number: int, said: Fraction, came: bool, **more: Any) -> Prediction:  # Any: fields
    written = {
        "id": f"p{number}",
        "made": "2027-01-04",
        "says": "it rains",
        "how": "a look",
        "by": "2027-02-01",
        "p": [{"on": "2027-01-04", "is": said}],
        "outcome": {"is": str(came).lower(), "on": "2027-02-01"},
    }
    return Prediction.model_validate(written | more)


def _share(shown: Bias, told: int, *, off: float, rounds: int = 150) -> float:
    """Return how often forecasters whose events come true less often than they say are called something."""
    rng = random.Random(3)
    called = 0
    for _ in range(rounds):
        forecasts: list[SaidAndCame] = []
        for _ in range(told):
            said = rng.choice([Fraction(one, 100) for one in (60, 70, 80, 85, 90, 95)])
            came = rng.random() < float(said) - off
            is_turned = rng.random() < 0.5
            forecasts.append((1 - said, not came) if is_turned else (said, came))
        called += bias_of(forecasts) is shown
    return called / rounds


@pytest.mark.parametrize("told", [20, 60])
def test_a_calibrated_forecaster_is_called_so(told: int) -> None:
    assert _share(Bias.CALIBRATED, told, off=0) >= 0.85


def test_twenty_points_of_overconfidence_are_found_from_sixty_predictions_on() -> None:
    assert _share(Bias.OVERCONFIDENT, 60, off=0.2) >= 0.9


def test_below_twenty_there_are_too_few_to_say() -> None:
    wrong: list[SaidAndCame] = [(Fraction(99, 100), False)] * 19
    assert bias_of(wrong) is Bias.TOO_FEW
    assert bias_of([*wrong, (Fraction(99, 100), False)]) is Bias.OVERCONFIDENT


def test_what_comes_true_too_seldom_is_told_from_overconfidence() -> None:
    said: list[SaidAndCame] = [(Fraction(40, 100), False), (Fraction(60, 100), False)] * 20
    assert bias_of(said) is Bias.TOO_HIGH


def test_open_void_and_seen_predictions_count_nowhere() -> None:
    half = Fraction(1, 2)
    every = [
        _prediction(1, half, True),
        _prediction(2, half, True, outcome=None),
        _prediction(3, half, True, outcome={"is": "void", "on": "2027-02-01"}),
        _prediction(4, half, True, seen="true"),
    ]
    assert calibration_of(every).decided == 1
    assert calibration_of(every[1:]).last is None


@pytest.mark.parametrize(("came", "score"), [("20", "2"), ("19", "2"), ("22", "12"), ("18.5", "7")])
def test_the_interval_score_is_the_width_and_a_penalty(came: str, score: str) -> None:
    """At 80 %, a number outside costs ten times its distance."""
    one = _prediction(
        1,
        Fraction(80, 100),
        True,
        says=None,
        result="ppo-2017#ppo-pong",
        paper="true",
        range="19..21",
        outcome={"is": "true", "on": "2027-02-01", "came": came},
    )
    assert interval_score(one) == Fraction(score)
    ranges = calibration_of([one]).ranges
    assert ranges is not None
    assert ranges.interval_score == Fraction(score) / Fraction(came)
