"""How much worse mine is at most: the least margin at which it would be reproduced."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.model.verdicts import WorstGap
from curriculum.views.text.verdict import worst_gap_line
from tests.reproduction.results import published, verdict

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


def test_an_inconclusive_verdict_has_it_and_a_range_of_unknown_runs_does_not() -> None:
    torn = verdict(published("100", "20", n=3), 85.0, 65.0, 105.0)
    spread = {"kind": "range", "low": "90", "high": "110", "over": "seeds"}
    ranged = verdict(published(n="unknown", spread=spread), 99.0, 101.0, 100.0)

    assert torn.outcome == "inconclusive"
    assert torn.worst_gap is not None
    assert ranged.interval is not None
    assert ranged.worst_gap is None
