"""What `plan` and `status` say about goals."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import ESSAY, SETTINGS, run, workspace

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
