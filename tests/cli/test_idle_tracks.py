"""What a track waits for, what would fill that time, and goals that are done."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import SETTINGS, run, workspace

GOAL = SETTINGS.replace("  - counting\n", "").replace(", by: 2027-03-31", "")
WAITING = """\
kind: paper
title: Attention
authors: [A. Author]
year: 2017
requires: [sums/2]
steps:
  - {id: read, title: Read, effort: 3h}
"""
FREE = """\
kind: paper
title: Free
authors: [A. Author]
year: 2017
steps:
  - {id: read, title: Read, effort: 4h}
"""
BOUND = FREE.replace("year: 2017", "year: 2017\nrequires: [sums/2]")


def waiting(tmp_path: Path, **papers: str) -> Path:
    """Return a workspace whose only goal is a paper that waits for a book."""
    root = workspace(tmp_path, settings=GOAL, paper=WAITING, essay=BOUND)
    for name, text in papers.items():
        (root / "syllabi/papers" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def test_a_plan_says_what_the_papers_wait_for_until_when_and_what_would_fill_the_time(
    tmp_path: Path,
) -> None:
    root = waiting(tmp_path, free=FREE)
    idle = json.loads(run(root, "plan", "--dry-run", "--json").stdout)["idle"][0]
    said = run(root, "plan", "--all", "--dry-run").stdout

    assert (idle["track"], idle["waits_for"]) == ("papers", "sums/2")
    assert idle["fillers"][0] == {"work": "free", "minutes": 240}
    assert "only textbooks are ready; papers start on " in said
    assert ", they wait for sums/2." in said
    assert "Papers outside the plan that are ready: free (4 h)" in said
    assert "papers wait for sums/2 until " in run(root, "plan", "--dry-run").stdout


def test_a_work_that_waits_for_something_itself_fills_no_time(tmp_path: Path) -> None:
    idle = json.loads(run(waiting(tmp_path, free=FREE), "plan", "--dry-run", "--json").stdout)[
        "idle"
    ]
    offered = [filler["work"] for filler in idle[0]["fillers"]]

    assert "counting" not in offered
    assert "free" in offered
    assert len(offered) <= 3


def test_a_work_that_is_done_fills_no_time(tmp_path: Path) -> None:
    root = waiting(tmp_path, free=FREE)
    run(root, "done", "free/read")
    idle = json.loads(run(root, "plan", "--dry-run", "--json").stdout)["idle"]

    assert "free" not in [filler["work"] for filler in idle[0]["fillers"]]


def test_a_goal_that_is_done_says_when(tmp_path: Path) -> None:
    settings = GOAL.replace("- {work: attention}", "- attention\n  - free")
    root = workspace(tmp_path, settings=settings, paper=WAITING)
    (root / "syllabi/papers/free.yaml").write_text(FREE, encoding="utf-8")
    run(root, "done", "free/read", today="2027-01-06")

    said = run(root, "plan", "--all", "--dry-run", today="2027-01-07").stdout
    goals = json.loads(run(root, "status", "--json", today="2027-01-07").stdout)["goals"]
    assert "done Wed 6 Jan 2027" in said
    assert [goal["done"] for goal in goals] == [None, "2027-01-06"]
