"""`time` says where the time went: planned beside real, switches and follow-through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.workspaces import SETTINGS, run, said, workspace

WEEK = SETTINGS + "week: 40h\ndevelopment: 20%\n"


def _audit(root: Path, *options: str, today: str) -> dict[str, Any]:  # Any: JSON
    found: dict[str, Any] = json.loads(said(run(root, "time", *options, "--json", today=today)))
    return found


def test_a_week_that_was_followed_is_as_planned(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=WEEK)
    run(root, "plan")
    run(root, "done", today="2027-01-11")
    audit = _audit(root, "--of", "2027-W01", today="2027-01-11")
    total = audit["total"]
    assert total["planned"] == total["real"] > 500
    assert total["missed"] == total["off_plan"] == total["assumed"] == 0
    assert audit["switches"]["real"] == audit["switches"]["planned"]
    assert audit["development"] == {
        "planned": total["planned"],
        "real": total["real"],
        "working": 2400,
        "share": total["real"] / 2400,
        "target": 0.2,
    }


def test_a_later_plan_leaves_what_was_planned_in_the_past(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "log", "sums/1", "1h", today="2027-01-04")
    before = _audit(root, "--of", "2027-W01", "--by", "unit", today="2027-01-11")
    run(root, "plan", today="2027-01-11")
    assert _audit(root, "--of", "2027-W01", "--by", "unit", today="2027-01-11") == before
    total = before["total"]
    assert total["missed"] == before["unaccounted"] > 400
    assert total["planned"] - total["missed"] == total["real"] - total["off_plan"] > 0


def test_the_table_agrees_with_the_log(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "log", "sums/1", "--from", "9:00", "--to", "10:00")
    run(root, "log", "counting/read", "30m", "--at", "11:00")
    run(root, "log", "sums/2", "20m", "--on", "2027-01-03")
    shown = said(run(root, "time", "--since", "2027-01-03", "--by", "day"))
    rows = [line.split("  ") for line in shown.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert cells[:5] == [
        ["3-4 January 2027"],
        ["day", "planned", "real", "off plan", "missed"],
        ["2027-01-03", "-", "20 min", "20 min", "-"],
        ["2027-01-04", "-", "1 h 30 min", "1 h 30 min", "-"],
        ["all", "-", "1 h 50 min", "1 h 50 min", "-"],
    ]
    audit = _audit(root, "--since", "2027-01-03", today="2027-01-04")
    assert audit["switches"]["real"] == 1
    assert audit["switches"]["unordered_minutes"] == 20
    assert [row["work"] for row in audit["works"]] == ["sums", "counting"]


def test_days_that_cannot_be_meant_are_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert "give one of them" in run(root, "time", "--of", "2027-W01", "--weeks", "2").stderr
    assert "is after" in run(root, "time", "--until", "2027-01-01", "--since", "2027-01-03").stderr
    assert "nothing was studied" in said(run(root, "time"))


def test_the_table_of_a_review_is_that_of_time_for_its_days(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "log", "sums/1", "25m", today="2027-01-05")
    said(run(root, "review", "--since", "2027-01-05", "--until", "2027-01-09", today="2027-01-11"))
    review = (root / "notebook/reviews/2027-W01.md").read_text(encoding="utf-8")
    days = ("--since", "2027-01-05", "--until", "2027-01-09")
    assert said(run(root, "time", *days, "--md", today="2027-01-11")) in review
    by_day = said(run(root, "time", *days, "--md", "--by", "day", today="2027-01-11"))
    assert by_day.startswith("| day | planned | real | off plan | missed |\n|:--|--:|")
    assert "| 2027-01-05 | " in by_day
