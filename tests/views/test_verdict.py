"""A verdict as lines: what it always shows, and what it never says."""

from __future__ import annotations

import pytest

from curriculum.reproduction.case import case_of
from curriculum.reproduction.verdicts import judge
from curriculum.views.text.results import protocol_text
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


@pytest.mark.parametrize(
    ("direction", "how", "said"),
    [
        ("lower", "max-per-run", "min-per-run"),
        ("higher", "max-per-run", "max-per-run"),
        ("lower", "argmax-of-mean-curve", "argmin-of-mean-curve"),
        ("lower", "final", "final"),
    ],
)
def test_the_best_of_a_run_is_its_least_where_less_is_better(
    direction: str, how: str, said: str
) -> None:
    result = published(metric={"direction": direction}, protocol={"reducer": {"how": how}})
    typed, read = attempt(3.0, 3.1), attempt(3.0, 3.1, reducer=how)

    for runs, mine in ((typed, f", {said} (typed)"), (read, f", {said} ")):
        case = case_of(NAME, result, runs)
        first = next(verdict_lines(case, judge(case))).plain
        assert mine in first
        assert f"(5 seeds), {said}, Table 1" in first
    other = case_of(NAME, result, attempt(3.0, reducer="auc"))
    assert judge(other).cause == f"protocol: protocol.reducer differs (mine auc, paper {said})"
    assert list(protocol_text(result)) == [f"average-return, {said}"]


@pytest.mark.parametrize(
    ("value", "sd", "typed", "mine", "paper"),
    [
        ("90", None, ("90.4", "90.1", "90.8"), "mine 90.4 ±0.4 (3 runs)", "paper 90 (5 seeds)"),
        ("90", "2", ("90.4", "90.1", "90.8"), "mine 90.4 ±0.4 (3 runs)", "paper 90 ±2 (5 seeds)"),
        ("3.10", None, ("3.1", "3.2"), "mine 3.15 ±0.07 (2 runs)", "paper 3.10 (5 seeds)"),
        ("3564.07", "114.74", ("3390",), "mine 3390 (1 run)", "paper 3564.07 ±114.74 (5 seeds)"),
    ],
)
def test_numbers_have_the_digits_that_were_printed_and_typed(
    value: str, sd: str | None, typed: tuple[str, ...], mine: str, paper: str
) -> None:
    digits = max(len(word.partition(".")[2]) for word in typed)
    result = published(value, sd)
    case = case_of(NAME, result, attempt(*map(float, typed), printed=digits))
    first = next(verdict_lines(case, judge(case))).plain

    assert f"{mine}, " in first
    assert f"{paper}, " in first
