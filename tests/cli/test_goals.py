"""What `plan` and `status` say about goals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspaces import ESSAY, SETTINGS, run, workspace

NEXT = """\
kind: textbook
title: The Next Book
chapters:
  - {id: 1, title: Dividing, effort: 2h, requires: [sums/1]}
"""
TWO_GOALS = """\
goals:
  - {work: sums, by: 2027-03-31}
  - {work: next, by: 2027-01-31}
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00}
"""


@pytest.mark.parametrize("command", [["plan", "--dry-run", "--all"], ["status"]])
def test_a_goal_shows_its_own_due_day_and_cushion(tmp_path: Path, command: list[str]) -> None:
    """The first chapter of the one goal is due earlier, because the other goal requires it.

    63 evenings of 110 minutes until the end of March, less nine hours of work; 20 until the end of January, less four.
    """
    root = workspace(tmp_path, settings=TWO_GOALS)
    (root / "syllabi/textbooks/next.yaml").write_text(NEXT)

    lines = [line.strip() for line in run(root, *command).stdout.splitlines()]
    table = lines[lines.index("Goals") + 2 :]
    rows = {cells[0]: " ".join(cells) for line in table[:2] if (cells := line.split())}

    assert "due" in lines[lines.index("Goals") + 1]
    assert "Wed 31 Mar 2027" in rows["sums"]
    assert "Sun 31 Jan 2027" in rows["next"]
    assert rows["sums"].endswith("106 h 30 min")
    assert rows["next"].endswith("32 h 40 min")


ONE_GOAL = SETTINGS.replace(
    "{work: attention, by: 2027-03-31}\n  - counting", "{work: counting, by: 2027-03-08}"
)


def test_who_misses_most_sessions_is_told_that_the_goal_will_hardly_be_in_time(
    tmp_path: Path,
) -> None:
    """Six hours of thirty planned were studied, and at that rate the rest takes months."""
    root = workspace(tmp_path, settings=ONE_GOAL, essay=ESSAY.replace("4h", "60h"))
    run(root, "plan", today="2027-01-04")
    for day in ("04", "11", "18"):
        run(root, "log", "counting/read", "2h", "--on", f"2027-01-{day}", today="2027-01-25")

    found = json.loads(run(root, "status", "--json", today="2027-01-25").stdout)

    assert found["forecast"]["goals"][0]["chance"] < 0.1
    assert found["forecast"]["goals"][0]["planned"] < "2027-03-08"


def test_who_follows_the_plan_is_told_what_a_plan_without_a_past_would_say(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=ONE_GOAL, essay=ESSAY.replace("4h", "60h"))
    run(root, "plan", today="2027-01-04")
    for day in range(4, 23):
        if day % 7 not in (2, 3):
            run(
                root,
                "log",
                "counting/read",
                "110m",
                "--on",
                f"2027-01-{day:02}",
                today="2027-01-25",
            )

    followed = json.loads(run(root, "status", "--json", today="2027-01-25").stdout)

    assert followed["forecast"]["goals"][0]["chance"] > 0.5


def test_check_says_which_work_a_goal_by_a_short_name_means(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace("work: attention", "work: att"))

    result = run(root, "check")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[1:] == ["goal 'att' is attention"]


def test_a_goal_that_is_there_by_a_short_name_is_not_added_again(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace("work: attention", "work: att"))

    result = run(root, "goal", "attention")

    assert result.exit_code == 2
    assert "'attention' is a goal already" in result.stderr


def test_a_goal_by_a_name_that_several_works_have_suggests_them(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace("  - counting", "  - sut"))

    result = run(root, "check")

    assert result.exit_code == 1
    assert "a goal names 'sut', but several works have such a name" in result.stderr
    assert "did you mean 'sutskever-2013' or 'sutton-barto-2018'?" in result.stderr
