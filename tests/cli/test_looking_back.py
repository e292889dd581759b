"""What was recorded can be looked at again, and its totals agree wherever they are shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import run, workspace

LATER = "2027-01-20"


def recorded(root: Path) -> Path:
    """Return a workspace with a plan of 4 January and some records of its first two weeks."""
    workspace(root)
    run(root, "plan")
    run(root, "log", "sums", "1", "45m", "--pages", "1-10", today="2027-01-04")
    run(root, "log", "sums", "1", "1h", today="2027-01-05")
    run(root, "done", "sums", "1", today="2027-01-05")
    run(root, "done", "sums", "2", "--took", "2h30m", today="2027-01-12")
    run(root, "done", "sums", "3", today="2027-01-14")
    return root


def shown(root: Path, *arguments: str, today: str = LATER) -> Any:
    """Return what a command prints as JSON."""
    result = run(root, *arguments, "--json", today=today)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_log_lists_each_day_with_its_minutes(tmp_path: Path) -> None:
    listed = run(recorded(tmp_path), "log", "--list", today=LATER)

    assert listed.stdout.splitlines() == [
        "Mon 4 Jan 2027: 45 min",
        "       45 min  sums/1 Adding  (pages 1-10)",
        "Tue 5 Jan 2027: 1 h",
        "          1 h  sums/1 Adding",
        "               sums/1 Adding  (done)",
        "Tue 12 Jan 2027: 2 h 30 min",
        "   2 h 30 min  sums/2 Taking away  (given with 'done')",
        "Thu 14 Jan 2027: 2 h",
        "          2 h  sums/3 Multiplying  (assumed for 'done')",
        "",
        "Total: 6 h 15 min (2 h of it assumed for units marked as done) in 5 records",
    ]


@pytest.mark.parametrize(
    ("days", "minutes"),
    [
        ("2027-01-05", 60),
        ("5 Jan", 60),
        ("2027-W01", 105),
        ("2027-W02", 270),
        ("-15d..-8d", 60 + 150),
        ("2027-W01..2027-W02", 375),
        ("yesterday", 0),
    ],
)
def test_the_log_lists_a_day_a_week_or_a_range(tmp_path: Path, days: str, minutes: int) -> None:
    found = shown(recorded(tmp_path), "log", "--list", *days.split())

    assert found["minutes"] == minutes == sum(entry["minutes"] for entry in found["entries"])


def test_the_log_the_weeks_and_the_status_say_the_same_hours(tmp_path: Path) -> None:
    root = recorded(tmp_path)

    total = shown(root, "log", "--list")["minutes"]
    weeks = [shown(root, "week", "--on", f"2027-W0{number}") for number in (1, 2, 3)]
    days = [shown(root, "today", "--on", f"2027-01-{number:02}") for number in range(4, 25)]
    works = shown(root, "status")["works"]

    assert total == 375
    assert sum(week["recorded"]["minutes"] for week in weeks) == total
    assert sum(day["recorded"]["minutes"] for day in days) == total
    assert sum(work["spent"] for work in works) == total


def test_a_past_week_shows_its_sessions_and_what_was_recorded(tmp_path: Path) -> None:
    root = recorded(tmp_path)

    week = run(root, "week", "--on", "6 Jan", today=LATER)

    assert "Mon 4 Jan 2027" in week.stdout
    assert "Recorded: 1 h 45 min." in week.stdout
    assert shown(root, "week", "--on", "2027-W01") == shown(root, "week", "--on", "2027-01-09")
    assert all(
        one["start"].startswith("2027-01-0")
        for one in shown(root, "week", "--on", "2027-W01")["missed"]
    ), "a look back is about its own days alone"


def test_a_past_day_shows_its_sessions(tmp_path: Path) -> None:
    root = recorded(tmp_path)

    day = run(root, "today", "--on", "2027-01-05", today=LATER)
    free = run(root, "today", "--on", "2027-01-09", today=LATER)

    assert day.stdout.startswith("Tue 5 Jan 2027\n")
    assert "Recorded: 1 h." in day.stdout
    assert free.stdout == "Nothing was planned.\n"


def test_a_range_of_days_is_shown_as_such(tmp_path: Path) -> None:
    root = recorded(tmp_path)

    found = shown(root, "week", "--on", "2027-01-04..2027-01-05")

    assert {one["start"][:10] for one in found["sessions"]} == {"2027-01-04", "2027-01-05"}
    assert found["recorded"] == {"minutes": 105, "assumed": 0}


def test_what_was_taken_back_is_not_listed(tmp_path: Path) -> None:
    root = recorded(tmp_path)
    run(root, "undo", today="2027-01-14")

    assert shown(root, "log", "--list")["minutes"] == 255


def test_an_empty_log_says_how_to_fill_it(tmp_path: Path) -> None:
    listed = run(workspace(tmp_path), "log", "--list")

    assert listed.exit_code == 0
    assert listed.stdout.startswith("Nothing is recorded")


def test_log_without_a_unit_says_what_is_missing(tmp_path: Path) -> None:
    for words in ([], ["45m"]):
        refused = run(workspace(tmp_path), "log", *words)

        assert refused.exit_code == 2
        assert "Missing argument 'UNIT... HOURS'" in refused.stderr


def test_what_is_logged_of_a_finished_unit_is_added_and_reopens_nothing(tmp_path: Path) -> None:
    """Issue 13: two assumed hours became the 30 minutes that were logged later."""
    root = workspace(tmp_path)
    run(root, "done", "sums", "1", today="2027-01-04")

    said = run(root, "log", "sums", "1", "30m", today="2027-01-05")

    assert said.stdout.splitlines() == [
        "logged: sums/1 Adding (30 min)",
        "note: 'sums/1' stays done; if it is not finished: curriculum reopen sums/1",
    ]
    book = shown(root, "status")["works"][0]
    assert book["done"] == 1
    parts = {name: book[name] for name in ("spent", "logged", "given", "assumed")}
    assert parts == {"spent": 150, "logged": 30, "given": 0, "assumed": 120}
    assert parts.items() <= shown(root, "show", "sums").items()
    assert parts.items() <= shown(root, "show", "sums", "1").items()
    assert shown(root, "show", "sums", "2")["spent"] == 0
    listed = shown(root, "log", "--list")
    assert (listed["minutes"], listed["assumed"]) == (150, 120)
    sentence = "2 h 30 min (2 h of it assumed for units marked as done)"
    assert f"Spent  {sentence}\n" in run(root, "status", today=LATER).stdout
    assert run(root, "show", "sums", "1").stdout.endswith(f"Spent so far: {sentence}\n")
