"""Verdicts as JSON: its keys are a contract, and VERDICTS.md lists them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import curriculum
from curriculum.reproduction.case import case_of
from curriculum.reproduction.verdicts import judge
from curriculum.views.json.verdict import verdict_json
from tests.reproduction.results import NAME, attempt, published

RECIPE = Path(curriculum.__file__).parent / "reproduction" / "VERDICTS.md"


def shown(record: dict[str, Any], *values: float, **more: Any) -> Any:  # Any: a tree of JSON
    case = case_of(NAME, published(**record), attempt(*values, **more))
    return verdict_json(case, judge(case))


@pytest.mark.parametrize("values", [(), (99.0,), (99.0, 101.0, 100.0)])
def test_the_keys_are_those_of_the_recipe_whatever_the_verdict(values: tuple[float, ...]) -> None:
    wording = RECIPE.read_text(encoding="utf-8").partition("## 18. ")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in wording.splitlines() if line.startswith("| `")]
    listed = [name for row in rows for name in re.findall(r"`(\w+)`", row)]

    assert {"result", *listed} == shown({}, *values).keys()


def test_it_has_the_reading_that_blocks_the_gate_and_what_is_taken() -> None:
    spread = {"kind": "unknown", "value": "10", "over": "seeds"}
    torn = shown({"spread": spread, "tolerance": {"abs": "20"}}, 99.0, 100.0, 101.0)

    assert [(one["if"], one["verdict"]) for one in torn["readings"]] == [
        ("±10 is an SD", "reproduced"),
        ("±10 is a standard error", "inconclusive"),
    ]
    assert torn["cause"] == (
        "spread kind: if ±10 is a standard error, it is inconclusive; "
        "if ±10 is an SD, it is reproduced"
    )
    assert torn["no_worse_than"]["size"] == -torn["interval"][0]
    assert torn["taken_as_published"] == [{"field": "on.version", "text": "v1"}]


def test_a_closed_gate_leaves_the_difference_and_says_why_there_is_no_bound() -> None:
    other = {"field": "on.version", "mine": "v4"}
    closed = shown({}, 97.0, 98.0, deviations=[other])

    assert (closed["D"], closed["interval"], closed["no_worse_than"]) == (-2.5, None, None)
    assert closed["no_bound"] == closed["gate"]["closed"] == closed["cause"]
