"""Scores that are read from logs: what is asked, what is shown before anything is recorded."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cli.test_comparing import PAPER, refused, said, the_one
from tests.workspaces import run, workspace

ADDING = "attention#adding"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace whose paper claims three results."""
    return workspace(tmp_path, paper=PAPER)


def written(root: Path, name: str, text: str) -> str:
    """Write a log, and return its path."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def dry(root: Path, *arguments: str) -> Any:  # Any: a tree of JSON values
    """Return what `score --dry-run --json` says."""
    return json.loads(said(root, "score", ADDING, "--dry-run", "--json", *arguments))


def value_of(root: Path, *arguments: str) -> float | None:
    """Return the number that one run comes to."""
    (one,) = dry(root, *arguments)["read"]
    value: float | None = one["value"]
    return value


def test_each_run_is_shown_with_its_file_its_x_and_its_number_before_it_is_recorded(
    root: Path,
) -> None:
    one = written(root, "a.csv", "step,accuracy\n100,70\n200,81.5\n")
    other = written(root, "b/log.csv", "step,accuracy\n100,71\n300,80\n")

    lines = said(
        root, "score", ADDING, "--tag", "accuracy", "--from", one, str(root / "b")
    ).splitlines()
    assert lines[:3] == [
        f"{one}: 'accuracy', step 100 to 200, 2 points; final 81.5",
        f"{other}: 'accuracy', step 100 to 300, 2 points; final 80",
        "recorded 2 runs of attention#adding; 2 in this attempt",
    ]


def test_a_dry_run_shows_the_runs_and_records_nothing(root: Path) -> None:
    one = written(root, "a.csv", "step,accuracy\n100,70\n200,81.5\n")
    before = said(root, "journal", "export")

    assert said(
        root, "score", ADDING, "--tag", "accuracy", "--from", one, "--dry-run"
    ).splitlines() == [
        f"{one}: 'accuracy', step 100 to 200, 2 points; final 81.5",
        "dry run: 1 run of attention#adding would be recorded",
    ]
    assert dry(root, "--tag", "accuracy", "--from", one)["read"] == [
        {
            "file": one,
            "seed": None,
            "tag": "accuracy",
            "x": "step",
            "from": 100,
            "to": 200,
            "points": 2,
            "reducer": "final",
            "value": 81.5,
        }
    ]
    assert "dry run: 2 runs" in said(root, "score", ADDING, "--dry-run", "80", "81")
    assert said(root, "journal", "export") == before


@pytest.mark.parametrize("rule", ["at:1", "auc", "argmax-of-mean-curve"])
def test_a_rule_over_steps_is_not_applied_to_rows_unless_it_is_asked_for(
    root: Path, rule: str
) -> None:
    path = written(root, "log.csv", "accuracy,loss\n70,2\n80,1\n")
    reading = ["--tag", "accuracy", "--reducer", rule, "--from", path]

    answer = refused(root, "score", ADDING, *reading)
    assert "'log.csv' has no column that is known to count the steps" in answer
    assert "'--x NAME', or count the rows with '--x row'" in answer
    values = {"at:1": 80, "auc": 75, "argmax-of-mean-curve": 80}
    assert value_of(root, "--x", "row", *reading) == values[rule]
    assert value_of(root, "--tag", "accuracy", "--from", path) == 80


def test_rows_that_were_asked_for_are_counted_the_next_time_too(root: Path) -> None:
    one = written(root, "1.csv", "accuracy,loss\n70,2\n80,1\n")
    two = written(root, "2.csv", "accuracy,loss\n70,2\n81,1\n")
    rule = ["--reducer", "at:1"]
    said(root, "score", ADDING, *rule, "--tag", "accuracy", "--x", "row", "--from", one)

    text = said(root, "score", ADDING, *rule, "--from", two)
    assert "note: read 'accuracy' over 'row', as the last time" in text


def test_several_seeds_in_one_file_are_asked_about(root: Path) -> None:
    path = written(root, "all.csv", "seed,step,accuracy\n1,1,70\n1,2,80\n2,1,71\n2,2,81\n")
    reading = ["--tag", "accuracy", "--from", path]

    answer = refused(root, "score", ADDING, *reading)
    assert "holds 2 values of 'seed' (1, 2), which may be 2 runs" in answer
    assert "'--seed-from column:seed'" in answer
    assert "'--seed-from order'" in answer
    split = dry(root, "--seed-from", "column:seed", *reading)
    assert [(one["seed"], one["value"]) for one in split["read"]] == [("1", 80), ("2", 81)]
    whole = dry(root, "--seed-from", "order", *reading)
    assert [one["value"] for one in whole["read"]] == [81]
    assert "2 values of 'seed' (1, 2) were read as one run" in whole["notes"]


def test_several_agents_in_a_list_of_json_are_asked_about(root: Path) -> None:
    rows = [{"agent": name, "step": step, "accuracy": 80} for name in "ab" for step in (1, 2)]
    path = written(root, "all.json", json.dumps(rows))

    answer = refused(root, "score", ADDING, "--tag", "accuracy", "--from", path)
    assert "holds 2 values of 'agent' (a, b)" in answer


def test_not_a_number_before_the_first_episode_is_not_a_run_that_diverged(root: Path) -> None:
    path = written(root, "log.csv", "step,accuracy\n0,nan\n1,nan\n2,70\n4,80\n")
    reading = ["--tag", "accuracy", "--from", path]

    assert value_of(root, "--reducer", "auc", *reading) == 75
    notes = dry(root, *reading)["notes"]
    assert notes == ["2 points before the first number of 'log.csv' left out: NaN"]
    later = written(root, "later.csv", "step,accuracy\n0,70\n1,nan\n2,80\n")
    assert value_of(root, "--reducer", "auc", "--tag", "accuracy", "--from", later) is None


def test_validation_that_is_not_a_number_at_first_chooses_no_point(root: Path) -> None:
    path = written(root, "log.csv", "step,val,accuracy\n0,nan,10\n1,5,80\n2,4,70\n")
    reading = ["--tag", "accuracy", "--val-tag", "val", "--reducer", "best-val", "--from", path]

    assert value_of(root, *reading) == 80


@pytest.mark.parametrize("reason", ["NaN", "nan", "inf"])
def test_not_a_number_is_a_reason_for_a_run_that_failed(root: Path, reason: str) -> None:
    said(root, "score", ADDING, "80", "81", "80", "--failed", reason)

    assert f"no number: {reason}" in said(root, "scores", ADDING)


def test_a_mean_over_runs_without_a_deviation_can_be_entered(root: Path) -> None:
    said(root, "score", ADDING, "80.2", "--runs", "10")

    verdict = the_one(root)
    assert (verdict["mine"]["centre"], verdict["mine"]["sd"], verdict["mine"]["n"]) == (
        80.2,
        None,
        10,
    )
    assert "stands alone" in refused(root, "score", ADDING, "81")
    assert run(root, "scores", ADDING).exit_code == 0


def test_a_mean_of_more_runs_is_known_better(root: Path) -> None:
    widths = []
    for count in ("2", "10", "100"):
        said(root, "score", ADDING, "--new", "80.2", "--runs", count)
        low, high = the_one(root)["interval"]
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


def test_arrays_of_several_seeds_are_read_at_once(root: Path) -> None:
    """The authors of TD3 publish a file for each seed; no tag named them all."""
    paths = []
    for seed in range(3):
        path = root / f"TD3_Hopper-v1_{seed}.npy"
        np.save(path, np.array([70.0, 80.0 + seed, 75.0]))
        paths.append(str(path))
    rule = ["--reducer", "argmax-of-mean-curve", "--tag", "values", "--x", "row"]

    read = dry(root, *rule, "--from", *paths)["read"]
    assert [one["value"] for one in read] == [80, 81, 82]
    assert [one["points"] for one in read] == [3, 3, 3]


def test_a_packed_file_is_shown_under_its_own_name(root: Path) -> None:
    folder = root / "run"
    folder.mkdir()
    packed = folder / "log.csv.gz"
    packed.write_bytes(gzip.compress(b"step,accuracy\n1,80\n"))

    for path in (packed, folder):
        (one,) = dry(root, "--tag", "accuracy", "--from", str(path))["read"]
        assert (one["file"], one["value"]) == (str(packed), 80)
