"""A verdict as lines: what it always shows, and what it never says."""

from __future__ import annotations

import pytest

from curriculum.reproduction.case import case_of
from curriculum.reproduction.verdicts import judge
from curriculum.views.text.verdict import verdict_lines
from tests.reproduction.results import NAME, attempt, published


@pytest.mark.parametrize(
    "values",
    [
        (100.0, 101.0, 99.0, 100.0),
        (150.0, 151.0, 149.0, 150.0),
        (50.0, 51.0, 49.0, 50.0),
        (100.0,),
        (100.0, None, None),
        (None,),
    ],
)
def test_no_verdict_says_that_the_readers_work_failed(values: tuple[float | None, ...]) -> None:
    result = published(runs={"n": 5, "failed": 0}, tolerance={"abs": "15"})
    case = case_of(NAME, result, attempt(*values))
    text = "\n".join(line.plain for line in verdict_lines(case, judge(case)))

    assert "fail" not in text.lower()
    assert "final" in text
    assert "Δ 15" in text
    assert "(5 seeds)" in text
