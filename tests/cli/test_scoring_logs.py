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


def test_a_rule_over_steps_is_not_applied_to_steps_and_epochs_alike(root: Path) -> None:
    one = written(root, "1.csv", "step,accuracy\n0,70\n100,80\n")
    two = written(root, "2.csv", "epoch,accuracy\n0,70\n1,80\n")
    reading = ["--tag", "accuracy", "--from", one, two]

    answer = refused(root, "score", ADDING, "--reducer", "auc", *reading)
    assert "'1.csv' is read over 'step', '2.csv' over 'epoch'; name one with '--x NAME'" in answer
    assert [run["x"] for run in dry(root, *reading)["read"]] == ["step", "epoch"]


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


def test_every_column_that_may_tell_runs_apart_is_named_at_once(root: Path) -> None:
    path = written(root, "all.csv", "seed,env,step,accuracy\n1,a,1,70\n2,b,1,71\n")

    answer = refused(root, "score", ADDING, "--tag", "accuracy", "--from", path)
    assert "holds 2 values of 'seed' (1, 2), and 2 values of 'env' (a, b), which may be" in answer


@pytest.mark.parametrize("name", ["run_id", "algo", "task_id", "Fold", "dataset", "trial"])
def test_methods_and_tasks_in_one_file_are_asked_about_as_well(root: Path, name: str) -> None:
    """Two algorithms in one table were sorted by step, and read as one run."""
    path = written(root, "all.csv", f"{name},step,accuracy\nx,1,70\nx,2,80\ny,1,71\ny,2,90\n")
    reading = ["--tag", "accuracy", "--from", path]

    assert f"holds 2 values of '{name}' (x, y)" in refused(root, "score", ADDING, *reading)
    read = dry(root, "--seed-from", f"column:{name}", *reading)["read"]
    assert [(one["seed"], one["value"]) for one in read] == [("x", 80), ("y", 90)]


def test_the_seeds_of_one_array_are_asked_about(root: Path) -> None:
    path = root / "returns.npy"
    np.save(path, np.array([[70.0, 75.0, 80.0], [71.0, 76.0, 82.0]]))
    reading = ["--tag", "values", "--from", str(path)]

    assert "'--seed-from column:array-row'" in refused(root, "score", ADDING, *reading)
    read = dry(root, "--seed-from", "column:array-row", *reading)["read"]
    assert [(one["seed"], one["points"], one["value"]) for one in read] == [
        ("0", 3, 80),
        ("1", 3, 82),
    ]


def test_several_agents_in_a_list_of_json_are_asked_about(root: Path) -> None:
    rows = [{"agent": name, "step": step, "accuracy": 80} for name in "ab" for step in (1, 2)]
    path = written(root, "all.json", json.dumps(rows))

    answer = refused(root, "score", ADDING, "--tag", "accuracy", "--from", path)
    assert "holds 2 values of 'agent' (a, b)" in answer


def test_the_curves_of_several_agents_in_a_list_of_json_are_split(root: Path) -> None:
    agents = [
        {"agent": name, "step": list(range(50)), "accuracy": [final + step for step in range(50)]}
        for name, final in (("a", 20), ("b", 30))
    ]
    path = written(root, "all.json", json.dumps(agents))
    reading = ["--tag", "accuracy", "--from", path]

    assert "holds 2 values of 'agent' (a, b)" in refused(root, "score", ADDING, *reading)
    read = dry(root, "--seed-from", "column:agent", *reading)["read"]
    assert [(one["seed"], one["x"], one["points"], one["value"]) for one in read] == [
        ("a", "step", 50, 69),
        ("b", "step", 50, 79),
    ]


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
    assert verdict["provisional"] is True
    assert "stands alone" in refused(root, "score", ADDING, "81")
    assert "80.2 of 10 runs, without a deviation" in said(root, "scores", ADDING)


def test_a_mean_of_more_runs_is_known_better(root: Path) -> None:
    widths = []
    for count in ("2", "10", "100"):
        said(root, "score", ADDING, "80.2", "--runs", count)
        low, high = the_one(root)["interval"]
        widths.append(high - low)
        said(root, "undo")
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


TRAINING = """\
2026-01-01 12:00 INFO starting, val_loss is printed below
epoch 1 step:100 lr:0.1 val_loss:2.50.
epoch 2 step:200 lr:0.1 val_loss:1.75.
epoch 3 step:400 lr:0.1 val_loss:1.25.
"""
PATTERN = r"step:(?P<x>\d+).*val_loss:(?P<y>[\d.]+)"


def test_any_text_is_read_by_a_pattern(root: Path) -> None:
    path = written(root, "run/slurm-17.out", TRAINING)

    (one,) = dry(root, "--pattern", PATTERN, "--from", path)["read"]
    assert (one["x"], one["from"], one["to"], one["points"], one["value"]) == (
        "x",
        100,
        400,
        3,
        1.25,
    )
    assert (
        value_of(root, "--reducer", "at:250", "--pattern", PATTERN, "--from", str(root / "run"))
        == 1.75
    )
    rows = dry(root, "--pattern", r"val_loss:(?P<y>[\d.]+)", "--from", path)["read"][0]
    assert (rows["x"], rows["to"]) == ("row", 2)
    bar = written(root, "bar.log", "10/20 loss 3\r20/20 loss 2\n")
    assert dry(root, "--pattern", r"loss (?P<y>\S+)", "--from", bar)["read"][0]["points"] == 2


def test_a_pattern_is_that_of_the_last_time(root: Path) -> None:
    one = written(root, "1.out", TRAINING)
    two = written(root, "2.out", TRAINING.replace("1.25", "1.5"))
    said(root, "score", ADDING, "--pattern", PATTERN, "--from", one)

    text = said(root, "score", ADDING, "--from", two)
    assert f"note: read '{PATTERN}' over 'x', as the last time" in text


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--pattern", "("], "is not a regular expression"),
        (["--pattern", r"loss:(\d+)"], "has no group 'y' for the value; write it like"),
        (["--reducer", "auc", "--pattern", r"loss:(?P<y>\d+)"], "add '(?P<x>...)' to it, or count"),
        (["--pattern", PATTERN, "--tag", "loss"], "leave out --tag"),
        (["--pattern", PATTERN, "--x", "step"], "x is the group 'x' of the pattern, or 'row'"),
        (["--pattern", PATTERN, "--seed-from", "column:seed"], "text has no columns"),
        (["--pattern", r"lr(?P<y>.*)loss" + "a" * 1000], "longer than 1000 characters"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused(
    root: Path, arguments: list[str], why: str
) -> None:
    path = written(root, "1.out", TRAINING)

    assert why in refused(root, "score", ADDING, *arguments, "--from", path)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("nothing (?P<y>.)", "'1.out' has no line that matches 'nothing (?P<y>.)'"),
        (r"epoch (?P<y>\d step)", "'1.out:2' has '1 step' where the pattern finds y"),
    ],
)
def test_a_pattern_that_finds_no_number_is_said(root: Path, pattern: str, why: str) -> None:
    path = written(root, "1.out", TRAINING)

    result = run(root, "score", ADDING, "--pattern", pattern, "--from", path)
    assert (result.exit_code, why in result.stderr) == (1, True)


def test_a_pattern_in_several_files_of_a_run_is_never_merged(root: Path) -> None:
    written(root, "run/1.out", TRAINING)
    written(root, "run/copy.out", TRAINING)
    assert value_of(root, "--pattern", PATTERN, "--from", str(root / "run")) == 1.25
    written(root, "run/2.out", TRAINING.replace("1.25", "1.5"))

    result = run(root, "score", ADDING, "--pattern", PATTERN, "--from", str(root / "run"))
    assert "holds the pattern in 3 files ('1.out', '2.out', 'copy.out')" in result.stderr


def test_a_dry_run_tells_that_logs_end_before_the_budget_is_spent(root: Path) -> None:
    paper = root / "syllabi" / "papers" / "attention.yaml"
    text = paper.read_text(encoding="utf-8")
    whole = text.replace("  runs: 5\n", "  runs: 5\n  budget: {env_steps: 1000}\n", 1)
    assert whole != text
    paper.write_text(whole, encoding="utf-8")
    path = written(root, "run.csv", "step,accuracy\n1,70\n68,80\n")
    note = "the log ends at 68 of the paper's 1,000 (budget.env_steps): 6.8 %"

    assert note in dry(root, "--tag", "accuracy", "--from", path)["notes"]
    said = run(root, "score", ADDING, "--dry-run", "--tag", "accuracy", "--from", path).stdout
    assert f"note: {note}" in said
