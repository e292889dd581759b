"""How often a verdict is wrong, by simulation; `tests.benchmarks.calibration` draws far more."""

from __future__ import annotations

import pytest

from tests.benchmarks.calibration import SHAPES, close, said_reproduced, welch


@pytest.mark.parametrize("shape", SHAPES)
def test_a_method_that_is_worse_by_two_margins_is_hardly_ever_called_reproduced(shape: str) -> None:
    assert said_reproduced(welch, shape, 5, 2, draws=300) <= 0.02


def test_means_within_the_margin_call_half_of_the_methods_reproduced_that_are_worse_by_it() -> None:
    assert 0.4 < said_reproduced(close, "normal", 5, 1, draws=300) < 0.6
    assert said_reproduced(welch, "normal", 5, 1, draws=300) <= 0.08
