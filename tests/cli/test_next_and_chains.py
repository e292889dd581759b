"""Why a unit is next, what it unlocks, and which units fix when a goal is finished."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import BOOK, SETTINGS, run, workspace


def next_units(root: Path, *goals: str) -> dict[str, dict[str, Any]]:
    """Return unit to what `next --json` says of it."""
    rows: list[dict[str, Any]] = json.loads(run(root, "next", *goals, "--json").stdout)
    return {row["unit"]: row for row in rows}


def test_next_says_for_which_goal_a_unit_is_and_what_it_unlocks(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "done", "sums/1")
    run(root, "log", "sums/2", "30m")

    said = " ".join(run(root, "next").stdout.split())

    assert (
        "sums/2 The goal attention requires it; due by the end of Wed 31 Mar 2027. "
        "30 min of it are done already. Done before it: sums/1. "
        "Unlocks attention/read; 2 units wait for it in all." in said
    )
    assert "counting/read Part of the goal counting. Nothing waits for it." in said


def test_next_as_json_holds_the_same(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "done", "sums/1")
    run(root, "log", "sums/2", "30m")

    found = next_units(root)

    assert list(found) == ["sums/2", "counting/read"]
    assert found["sums/2"] == {
        "unit": "sums/2",
        "title": "Taking away",
        "track": "textbooks",
        "effort": 150,
        "behind": 30,
        "goal": "attention",
        "is_named": False,
        "due": "2027-03-31T22:00:00Z",
        "finished": ["sums/1"],
        "unlocks": ["attention/read"],
        "waiting": 2,
        "rests_until": None,
    }
    assert found["counting/read"]["is_named"]
    assert found["counting/read"]["due"] is None


def test_next_names_the_first_of_several_goals_and_the_earliest_date(tmp_path: Path) -> None:
    goals = "goals:\n  - sums/2\n  - {work: attention, by: 2027-03-31}\n"
    settings = f"{goals}{SETTINGS[SETTINGS.index('start:') :]}"

    found = next_units(workspace(tmp_path, settings=settings))

    assert found["sums/1"]["goal"] == "sums/2"
    assert found["sums/1"]["due"] == "2027-03-31T22:00:00Z"


def test_next_says_when_nothing_is_left(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace("  - counting\n", ""))
    run(root, "done", "attention", "sums/1-2")

    assert run(root, "next").stdout == "Nothing is left to study for the goals.\n"
    assert run(root, "next", "--json").stdout == "[]\n"


def test_next_asks_for_goals_where_there_are_none(tmp_path: Path) -> None:
    (tmp_path / "syllabi").mkdir()

    assert run(tmp_path, "next").stdout == (
        "There is nothing to study yet: name goals in 'syllabi/curriculum.yaml'.\n"
    )


def test_the_chain_of_a_path_is_what_must_be_studied_one_after_the_other(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    lines = run(root, "path", "attention", "counting", "--chain").stdout.splitlines()
    found = json.loads(run(root, "path", "attention", "counting", "--chain", "--json").stdout)

    assert [line.split()[0] for line in lines[1:5]] == [
        "sums/1",
        "sums/2",
        "attention/read",
        "attention/implement",
    ]
    assert lines[-1] == "4 units, 13 h, one after the other; the whole path takes 17 h"
    assert [one["unit"] for one in found["chain"]] == [line.split()[0] for line in lines[1:5]]
    assert (found["minutes"], found["path_minutes"]) == (13 * 60, 17 * 60)


def test_a_path_that_is_known_has_no_chain(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS + "known: [sums]\n")

    result = run(root, "path", "sums/1", "--chain")

    assert (result.exit_code, result.stdout) == (
        0,
        "Nothing is left on the path: all of it is known.\n",
    )


def test_the_chain_of_a_plan_ends_when_the_goal_is_finished(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    said = run(root, "why", "attention", "--chain").stdout.splitlines()
    found = json.loads(run(root, "why", "attention", "--chain", "--json").stdout)
    last = json.loads(run(root, "why", "attention/implement", "--json").stdout)

    assert [line.split()[0] for line in said[1:-2]] == [one["unit"] for one in found["chain"]]
    assert found["chain"][-1]["unit"] == "attention/implement"
    assert found["chain"][-1]["reason"] == "prerequisite"
    assert found["finish"] == found["chain"][-1]["finish"] == last["finish"]
    assert said[-1].startswith("'attention/implement' is finished on ")


def test_what_is_done_or_not_planned_has_no_chain(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "done", "sums/1")

    assert run(root, "why", "sums/1", "--chain").stdout == "'sums/1' is done.\n"
    not_planned = run(root, "why", "sums/3", "--chain")
    assert not_planned.stdout == (
        "The plan does not finish 'sums/3', so there is no chain that leads to it.\n"
    )
    assert json.loads(run(root, "why", "sums/3", "--chain", "--json").stdout) == {
        "chain": [],
        "finish": None,
    }
    assert run(root, "why", "nonsense", "--chain").exit_code == 2


def test_next_says_until_when_a_unit_rests(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS + "gap: 3d\n")
    run(root, "done", "sums/1")
    said = " ".join(run(root, "next").stdout.split())

    assert "sums/2 Rests until Thu 7 Jan 2027, for the gap of its work." in said
    assert list(next_units(root)) == ["counting/read", "sums/2"]
    assert next_units(root)["sums/2"]["rests_until"] == "2027-01-07"
    assert "Rests" not in run(root, "next", today="2027-01-07").stdout


def test_today_says_until_when_a_unit_rests_as_next_does(tmp_path: Path) -> None:
    root = workspace(tmp_path, book=BOOK + "gap: 3d\n")
    run(root, "plan")
    run(root, "done", "sums/1")

    rest = "sums/2 rests until Thu 7 Jan 2027, for the gap of its work."
    found = json.loads(run(root, "today", "--json").stdout)["resting"]
    assert rest in run(root, "today").stdout.splitlines()
    assert found == [{"unit": "sums/2", "rests_until": "2027-01-07"}]
    assert "rests" not in run(root, "today", today="2027-01-07").stdout
    assert "rests" not in run(root, "today", "--on", "yesterday", today="2027-01-05").stdout
    run(root, "log", "sums/2", "30m")
    assert "rests" not in run(root, "today").stdout


@pytest.mark.parametrize("wrong", ["goals: [nonsense]\n", ""])
def test_today_is_shown_while_another_file_has_a_problem(tmp_path: Path, wrong: str) -> None:
    root = workspace(tmp_path, settings=SETTINGS + "gap: 3d\n")
    run(root, "plan")
    run(root, "done", "sums/1")
    (root / "syllabi/papers/broken.yaml").write_text(wrong)

    result = run(root, "today")

    assert (result.exit_code, result.stderr) == (0, "")
    assert "rests" not in result.stdout
