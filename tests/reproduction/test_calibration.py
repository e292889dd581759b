"""How often a verdict is wrong, by simulation; `tests.benchmarks.calibration` draws far more."""

from __future__ import annotations

import numpy as np
import pytest

from curriculum.model.attempts import Attempt, Run, ScoreEntry
from tests.benchmarks.calibration import (
    KINDS,
    MY_SIZES,
    PUBLISHED_SIZES,
    Cell,
    both_sides,
    close,
    reproduced,
    said_after_looks,
    said_of_a_number_alone,
    said_reproduced,
)
from tests.reproduction.results import NAME, judge_attempt, published


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", PUBLISHED_SIZES)
@pytest.mark.parametrize("m", MY_SIZES)
def test_a_method_that_is_worse_by_the_margin_is_hardly_ever_called_reproduced(
    kind: str, n: int, m: int
) -> None:
    """At most 6 % at the margin and 2 % at twice the margin, with two standard errors of the count."""
    cell = Cell(n, m, draws=2_000)

    assert said_reproduced(reproduced, kind, cell, 1) <= 0.06 + 0.01
    assert said_reproduced(reproduced, kind, cell, 2) <= 0.02


@pytest.mark.parametrize(("n", "m"), [(3, 3), (3, 10), (10, 3), (20, 5)])
def test_the_draws_are_judged_as_the_project_judges_them(n: int, m: int) -> None:
    rng = np.random.default_rng(5)
    paper, mine = both_sides("normal", rng, Cell(n, m, draws=25))
    said = reproduced(paper, mine - 0.5)
    for row in range(len(said)):
        record = published(
            f"{10 * paper[row].mean() + 1000:.6f}",
            f"{10 * paper[row].std(ddof=1):.6f}",
            n=n,
            tolerance={"abs": "10"},
        )
        runs = tuple(Run(value=10 * value + 995) for value in mine[row])
        judged = judge_attempt(record, Attempt(result=NAME).after(ScoreEntry(runs=runs)))
        assert said[row] == (judged.outcome in ("reproduced", "beyond"))


def test_means_within_the_margin_call_half_of_the_methods_reproduced_that_are_worse_by_it() -> None:
    cell = Cell(5, 5, draws=4_000)

    assert 0.45 < said_reproduced(close, "normal", cell, 1) < 0.55
    assert said_reproduced(reproduced, "normal", cell, 0) > 0.25


def test_looking_until_it_pleases_is_wrong_more_often_unless_the_looks_spend_one_level() -> None:
    """VERDICTS.md §12."""
    once = said_after_looks((5,), shared=True, draws=4_000)
    often = said_after_looks(range(3, 11), shared=False, draws=4_000)
    shared = said_after_looks(range(3, 11), shared=True, draws=4_000)

    assert once <= 0.05
    assert often > 0.09
    assert shared <= 0.055


def test_a_number_alone_is_not_taken_as_exact() -> None:
    """VERDICTS.md §6."""
    assert said_of_a_number_alone(1, draws=4_000) <= 0.055
    assert said_of_a_number_alone(1_000, draws=4_000) > 0.15
