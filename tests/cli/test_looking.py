"""Where one stands: today, this week, and in all."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import run, workspace


def test_today_before_any_plan_says_what_to_do(tmp_path: Path) -> None:
    assert (
        run(workspace(tmp_path), "today").stdout
        == "Nothing is published yet; 'curriculum plan' makes a plan.\n"
    )


def test_today_shows_the_sessions_with_their_pages_and_what_was_missed(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    lines = run(root, "today", today="2027-01-05").stdout.splitlines()

    assert lines[0] == "Tue 5 Jan 2027"
    assert any(line.strip().startswith("sums/1: ") and ", pages " in line for line in lines)
    assert any(line.startswith("Not logged: ") for line in lines)
    assert (
        lines[-1]
        == "Studied as planned? 'curriculum done'. Otherwise 'curriculum plan' reschedules the rest."
    )


def test_what_was_followed_is_not_missed(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "done", today="2027-01-05")

    assert "Not logged" not in run(root, "today", today="2027-01-05").stdout


def test_a_session_is_done_once_its_minutes_are_logged(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    before = json.loads(run(root, "today", "--json").stdout)["sessions"]
    for piece in before[0]["pieces"]:
        run(root, "log", piece["unit"], f"{piece['minutes']}m")
    after = json.loads(run(root, "today", "--json").stdout)["sessions"]

    assert [one["state"] for one in before] == ["ahead"] * len(before)
    assert [one["state"] for one in after] == ["done", *["ahead"] * (len(before) - 1)]


def test_a_session_of_a_unit_done_without_minutes_is_not_missed(tmp_path: Path) -> None:
    """What its event says was done in it, the week says too: it had the whole effort of the unit."""
    root = workspace(tmp_path)
    run(root, "plan")
    sessions = json.loads(run(root, "week", "--json").stdout)["sessions"]
    shared = next(one for one in sessions if len({piece["unit"] for piece in one["pieces"]}) > 1)
    unit = shared["pieces"][0]["unit"]
    run(root, "done", unit, "--on", shared["start"][:10], today="2027-01-10")
    run(root, "plan", today="2027-01-10")
    week = json.loads(run(root, "week", "--json", today="2027-01-10").stdout)["sessions"]
    after = next(one for one in week if one["uid"] == shared["uid"])
    ledger = json.loads((root / "calendars/ledger.json").read_text(encoding="utf-8"))
    description = ledger["events"][shared["uid"]]["description"]

    assert "\nDone: " in description
    assert "\nDone: nothing" not in description
    assert after["state"] == "partly"
    assert after["done"] == [{"unit": unit, "minutes": shared["pieces"][0]["minutes"]}]


def test_a_free_day_names_the_next_session(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    said = run(root, "today", today="2027-01-03").stdout

    assert said.startswith("Nothing is on. Next: Mon 4 Jan 2027, ")


def test_a_week_goes_from_monday_to_sunday(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    this = json.loads(run(root, "week", "--json", today="2027-01-07").stdout)["sessions"]
    after = json.loads(run(root, "week", "--next", "--json", today="2027-01-03").stdout)["sessions"]

    assert [one["uid"] for one in this] == [one["uid"] for one in after]
    assert {one["start"][:10] for one in this} <= {f"2027-01-{day:02}" for day in range(4, 11)}


def test_the_timer_is_shown_with_how_long_it_runs(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "start", "sums/1")

    assert "Timer: sums/1, for 0 min." in run(root, "today").stdout


def test_status_tells_works_goals_forecast_and_pace(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "done", "sums/1", "--took", "4h")
    found = json.loads(run(root, "status", "--json").stdout)
    (book,) = (row for row in found["works"] if row["work"] == "sums")
    text = run(root, "status").stdout

    assert (book["units"], book["done"], book["spent"], book["next"]) == (2, 1, 240, "sums/2")
    assert "█████░░░░░  1 of 2" in text
    assert "you read this book at 5 pages/h; planned 10" in text
    assert [one["goal"] for one in found["forecast"]["goals"]]
    assert run(root, "status", "--json").stdout == run(root, "status", "--json").stdout


def test_looking_changes_no_file(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for command in ("today", "week", "status"):
        assert run(root, command, today="2027-01-06").exit_code == 0

    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_next_session_is_done_when_its_units_are_done_before_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    run(root, "done", "sums", "attention", "counting")

    found = json.loads(run(root, "today", "--json", today="2027-01-09").stdout)

    assert found["sessions"] == []
    assert found["next"]["state"] == "done"
