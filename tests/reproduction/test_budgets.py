"""The budget is a part of the protocol: how far logs go, and what is taken to be as in the paper."""

from __future__ import annotations

from typing import Any

import pytest

from curriculum.model.attempts import Attempt, Deviation, Reading, Run
from curriculum.model.results import Result
from curriculum.reproduction.budgets import logged_budget
from curriculum.reproduction.case import case_of
from curriculum.views.text.verdict import verdict_lines
from tests.reproduction.results import NAME, judge_attempt, published

MILLION = published(budget={"env_steps": "1000000"})


def logged(*ends: float, x: str = "global_step", value: float = 80.0, **more: Any) -> Attempt:
    """Return an attempt whose logs end where it is said."""
    runs = [Run(value=value + number, steps=end) for number, end in enumerate(ends)]
    reading = Reading(tag="return", x=x, reducer="final", importer="csv/1")
    return Attempt(result=NAME, runs=tuple(runs), readings=(reading,), looked=1, **more)


def test_a_log_that_ends_early_is_told_and_cannot_be_short() -> None:
    early = judge_attempt(MILLION, logged(68_000, 1_000_000, 999_000))
    whole = judge_attempt(MILLION, logged(996_000, 1_000_448, 999_000))

    assert "the shortest log ends at 68,000 of the paper's 1,000,000 (budget.env_steps): 6.8 %" in (
        early.remarks
    )
    assert (early.outcome, early.cause) == (
        "inconclusive",
        "budget: short at 6.8 % of the paper's budget",
    )
    assert whole.outcome == "short"
    assert not any("budget" in remark for remark in whole.remarks)


def test_a_log_that_goes_on_is_told_and_cannot_be_beyond() -> None:
    late = judge_attempt(MILLION, logged(1_000_000, 3_000_000, 1_000_000, value=150.0))
    at_step = published(
        budget={"env_steps": "1000000"}, protocol={"reducer": {"how": "at", "x": "1000000"}}
    )

    assert late.outcome == "reproduced"
    assert "not called beyond: my budget is larger than the paper's" in late.remarks
    assert any("goes on to 3,000,000" in remark for remark in late.remarks)
    assert judge_attempt(at_step, logged(*[3_000_000] * 3, value=150.0)).outcome == "beyond"


def test_what_the_person_says_of_the_budget_goes_before_the_logs() -> None:
    same = Deviation(field="budget.env_steps", mine="1000000")

    assert (
        judge_attempt(MILLION, logged(68_000, 70_000, 70_000, deviations=(same,))).outcome
        == "short"
    )


@pytest.mark.parametrize(
    ("budget", "x", "end", "share"),
    [
        ({"env_steps": "1000000"}, "global_step", 68_000, 0.068),
        ({"env_steps": "1000000"}, "time/total_timesteps", 68_000, 0.068),
        ({"updates": "1000", "env_steps": "5000"}, "iterations", 500, 0.5),
        ({"frames": "1000"}, "frame", 500, 0.5),
        ({"epochs": "200"}, "epoch", 199, 1.0),
        ({"epochs": "200"}, "epoch", 200, 1.0),
        ({"epochs": "200"}, "epoch", 99, 0.5),
        ({"epochs": "200"}, "step", 99, None),
        ({"env_steps": "unknown"}, "step", 99, None),
        ({"env_steps": "1000"}, "wall_time", 99, None),
        ({"text": "1000 steps"}, "step", 99, None),
    ],
)
def test_x_is_counted_against_what_it_counts(
    budget: dict[str, str], x: str, end: float, share: float | None
) -> None:
    found = logged_budget(published(budget=budget), logged(end, x=x))

    assert (None if found is None else found.shortest) == share


def lines(result: Result, attempt: Attempt) -> list[str]:
    case = case_of(NAME, result, attempt)
    return [line.plain.strip() for line in verdict_lines(case, judge_attempt(result, attempt))]


def test_what_is_taken_to_be_as_in_the_paper_is_said_once() -> None:
    result = published(
        on={"variant": "no-op starts"},
        protocol={"eval": {"episodes": "10"}},
        budget={"text": "1M steps", "env_steps": "1000000"},
    )
    typed = Attempt(result=NAME, runs=(Run(value=99.0), Run(value=101.0)), looked=1)
    other = typed.model_copy(
        update={"deviations": (Deviation(field="on.version", mine="v4", why="v1 is gone"),)}
    )

    said = [line for line in lines(result, typed) if line.startswith("taken as in the paper")]
    assert said == ["taken as in the paper: v1, no-op starts, 10 episodes, 1M steps"]
    assert "taken as in the paper: no-op starts, 10 episodes, 1M steps" in lines(result, other)
    # What the logs show need not be taken.
    assert "taken as in the paper: v1, no-op starts, 10 episodes" in (
        lines(result, logged(1_000_000, 1_000_000))
    )
