"""Names need not be typed in full: the part that tells a work from all others is enough."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspaces import SETTINGS, run, workspace

SECOND = """\
kind: paper
title: More Attention
steps:
  - {id: read, title: Read it, effort: 1h}
"""


@pytest.mark.parametrize(
    ("short", "full"),
    [
        (("show", "atten"), ("show", "attention")),
        (("show", "atten", "read"), ("show", "attention/read")),
        (("show", "atten/read"), ("show", "attention/read")),
        (("why", "atten", "read"), ("why", "attention/read")),
        (("path", "atten"), ("path", "attention")),
        (("path", "atten/read"), ("path", "attention/read")),
        (("next", "atten"), ("next", "attention")),
        (("graph", "atten"), ("graph", "attention")),
    ],
)
def test_a_short_name_means_the_work(
    tmp_path: Path, short: tuple[str, ...], full: tuple[str, ...]
) -> None:
    root = workspace(tmp_path)
    result = run(root, *short)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == run(root, *full).stdout


def test_a_goal_may_be_short_in_the_settings(tmp_path: Path) -> None:
    short = SETTINGS.replace("work: attention", "work: atten").replace("- counting", "- count")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = run(workspace(tmp_path / "a", settings=short), "status", "--json")
    other = run(workspace(tmp_path / "b"), "status", "--json")

    assert json.loads(one.stdout) == json.loads(other.stdout)
    assert run(tmp_path / "a", "check").exit_code == 0


@pytest.mark.parametrize("in_settings", ["atten", "attention"])
@pytest.mark.parametrize("typed", ["atten", "attention"])
def test_a_short_goal_keeps_the_date_of_the_settings(
    tmp_path: Path, in_settings: str, typed: str
) -> None:
    settings = SETTINGS.replace("work: attention", f"work: {in_settings}")
    result = run(workspace(tmp_path, settings=settings), "plan", typed, "--json")

    due = {unit["unit"]: unit["deadline"] for unit in json.loads(result.stdout)["units"]}
    assert due["attention/implement"] == "2027-03-31T22:00:00Z"


def test_an_ambiguous_goal_of_the_settings_is_a_problem_that_names_the_works(
    tmp_path: Path,
) -> None:
    settings = SETTINGS.replace("work: attention", "work: atten")
    root = workspace(tmp_path, settings=settings)
    (root / "syllabi/papers/attentive.yaml").write_text(SECOND, encoding="utf-8")
    result = run(root, "check")

    assert result.exit_code == 1
    assert "curriculum.yaml:3:12: ambiguous-name: a goal names 'atten'" in result.stderr
    assert "did you mean 'attention' or 'attentive'?" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("path",), ("show",), ("why",), ("done",), ("next",), ("ready",)]
)
def test_an_ambiguous_name_is_answered_with_the_works_it_may_mean(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    root = workspace(
        tmp_path, settings=SETTINGS.replace("{work: attention, by: 2027-03-31}", "sums")
    )
    (root / "syllabi/papers/attentive.yaml").write_text(SECOND, encoding="utf-8")
    result = run(root, *arguments, "atten")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "attention" in result.stderr
    assert "attentive" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("done", "sums", "99"),
        ("done", "sum/99"),
        ("log", "sums", "99", "1h"),
        ("show", "sums", "99"),
        ("why", "sums/99"),
    ],
)
def test_an_unknown_unit_is_answered_with_the_units_of_the_work(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(workspace(tmp_path), *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "'sums' has no unit '99'; choose from 1, 2, 3" in result.stderr
