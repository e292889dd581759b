"""`power` on the command line: its table, its JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_comparing import PAPER, said
from tests.workspaces import run, workspace

ADDING = "attention#adding"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace whose paper claims three results."""
    return workspace(tmp_path, paper=PAPER)


def test_the_table_says_what_is_assumed_and_how_many_runs_are_enough(root: Path) -> None:
    lines = said(root, "power", "attention#add", "--seeds", "3..4").splitlines()

    assert lines[0].startswith(f"{ADDING}   paper 80.0 ±1.0 sd percent ↑ (n=5)   Δ 4 (stated)")
    assert "an SD of 1 (as the paper's runs)" in lines[1]
    assert "one look at the end, at 4 % (attempt 1)" in lines[1]
    assert lines[3].split("  ")[-1] == "2 Δ better"
    assert lines[4].split() == ["seeds", *["reproduced"] * 3, "short", "beyond"]
    assert [line.split()[0] for line in lines[5:7]] == ["3", "4"]
    assert lines[7].startswith("An equal method is called reproduced with a chance of 80 % from 3")
    assert lines[-1] == f"Declare them before the first: curriculum score {ADDING} --seeds N"


def test_json_has_every_chance(root: Path) -> None:
    found = json.loads(said(root, "power", ADDING, "--seeds", "3", "--sd", "2.5", "--json"))

    assert (found["sd"], found["sd_from"], found["alpha"]) == (2.5, "given", pytest.approx(0.04))
    (row,) = found["seeds"]
    assert row["seeds"] == 3
    assert row["simulated"] is None
    for chances in row["chances"]:
        parts = [chances[name] for name in ("reproduced", "beyond", "short", "inconclusive")]
        assert sum(parts) == pytest.approx(1)
    assert [one["difference_in_margins"] for one in row["chances"]] == [0, -0.5, -1, -2, 2]


def test_the_next_attempt_is_meant_once_there_are_runs(root: Path) -> None:
    said(root, "score", ADDING, "79", "80", "81")
    text = said(root, "power", ADDING, "--seeds", "3")

    assert "(as my 3 runs so far)" in text
    assert "at 0.5 % (attempt 2)" in text
    assert text.splitlines()[-1].endswith(f"curriculum score {ADDING} --new --seeds N")


@pytest.mark.parametrize(
    ("seeds", "reason"),
    [
        ("three", "write it like '3..10'"),
        ("1..3", "an interval needs 2 runs"),
        ("9..3", "an interval needs 2 runs"),
        ("2..200", "100 are the most"),
        ("2..80", "more than 30 numbers"),
    ],
)
def test_numbers_of_runs_that_cannot_be_meant_are_refused(
    root: Path, seeds: str, reason: str
) -> None:
    refused = run(root, "power", ADDING, "--seeds", seeds)
    assert refused.exit_code == 2
    assert reason in refused.stderr


def test_without_any_spread_the_command_asks_for_one(root: Path) -> None:
    refused = run(root, "power", "ppo-2017#ppo-pong")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert "the paper prints no spread over runs; give yours with '--sd'" in refused.stderr
