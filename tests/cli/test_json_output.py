"""What programs read: the JSON of commands that look things up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.workspaces import run, workspace


def tree(root: Path, *arguments: str) -> Any:  # Any: a tree of JSON
    result = run(root, *arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_a_work_is_shown_as_json(tmp_path: Path) -> None:
    shown = tree(workspace(tmp_path), "show", "sums")

    assert (shown["work"], shown["kind"], shown["title"]) == ("sums", "textbook", "A Book of Sums")
    assert [unit["unit"] for unit in shown["units"]] == ["sums/1", "sums/2", "sums/3"]
    assert shown["units"][1]["teaches"] == ["subtraction"]
    assert shown["units"][1]["pages"] == "21-40"


def test_a_unit_is_shown_as_json_with_what_waits_for_it(tmp_path: Path) -> None:
    shown = tree(workspace(tmp_path), "show", "attention/read")

    assert (shown["unit"], shown["work"], shown["effort"]) == ("attention/read", "attention", 180)
    assert shown["required_by"] == ["attention/implement"]
    assert shown["requires"] is None
    assert shown["work_requires"] == [
        {"topic": "subtraction", "strength": "hard", "why": "the loss is a difference"}
    ]


def test_the_reasons_for_a_unit_are_shown_as_json(tmp_path: Path) -> None:
    why = tree(workspace(tmp_path), "why", "attention/implement")

    assert (why["planned"], why["unit"], why["reason"]) == (
        True,
        "attention/implement",
        "prerequisite",
    )
    assert why["enabler"] == "attention/read"
    assert why["deadline"] == "2027-03-31T22:00:00Z"
    assert (why["unplaced"], why["overload"]) == (None, [])


def test_a_unit_that_no_goal_requires_is_not_planned_in_json_either(tmp_path: Path) -> None:
    assert tree(workspace(tmp_path), "why", "sums/3") == {"unit": "sums/3", "planned": False}


def test_the_status_has_the_goals_and_the_balance_of_the_plan(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    status = tree(root, "status")
    plan = json.loads(run(root, "plan", "--json").stdout)

    goal = status["goals"][0]
    assert (goal["goal"], goal["due"]) == ("attention", "2027-03-31T22:00:00Z")
    assert (goal["late"], goal["unfinished"]) == (False, 0)
    finishes = {unit["unit"]: unit["finish"] for unit in plan["units"]}
    assert goal["finish"] == finishes["attention/implement"]
    assert goal["cushion"] > 0
    assert status["balance"] == plan["balance"]
    assert {"works", "forecast", "pace", "papers"} < status.keys()
