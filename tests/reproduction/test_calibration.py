"""How often a verdict is wrong, by simulation; `tests.benchmarks.calibration` draws far more."""

from __future__ import annotations

import pytest

from tests.benchmarks.calibration import (
    SHAPES,
    close,
    said_after_looks,
    said_of_a_number_alone,
    said_reproduced,
    welch,
)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_method_that_is_worse_by_two_margins_is_hardly_ever_called_reproduced(shape: str) -> None:
    assert said_reproduced(welch, shape, 5, 2, draws=300) <= 0.02


def test_means_within_the_margin_call_half_of_the_methods_reproduced_that_are_worse_by_it() -> None:
    assert 0.4 < said_reproduced(close, "normal", 5, 1, draws=300) < 0.6
    assert said_reproduced(welch, "normal", 5, 1, draws=300) <= 0.08


def test_looking_until_it_pleases_is_wrong_more_often_unless_the_looks_share_the_level() -> None:
    """VERDICTS.md §12."""
    once = said_after_looks((5,), shared=False, draws=250)
    often = said_after_looks(range(3, 11), shared=False, draws=150)
    shared = said_after_looks((3, 5, 10), shared=True, draws=250)

    assert once <= 0.07
    assert often > 1.5 * once
    assert shared <= 0.06


def test_a_number_alone_is_not_taken_as_exact() -> None:
    """VERDICTS.md §6."""
    assert said_of_a_number_alone(1, draws=250) <= 0.08
    assert said_of_a_number_alone(1_000, draws=250) > 0.15
