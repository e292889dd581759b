"""Habits in the calendars, the agenda and the plan."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.workspaces import SETTINGS, run, workspace

GROUP = "habits: {reading group: {on: thu 19:30, takes: 1h}}\n"


def uids(root: Path) -> list[str]:
    text = (root / "calendars/habits.ics").read_bytes().decode().replace("\r\n ", "")
    return re.findall(r"UID:(\S+)", text)


def sequences(root: Path) -> set[str]:
    text = (root / "calendars/habits.ics").read_bytes().decode()
    return set(re.findall(r"SEQUENCE:(\d+)", text))


def sessions(root: Path) -> list[tuple[str, str]]:
    found = json.loads(run(root, "plan", "--dry-run", "--json").stdout)["sessions"]
    return [(one["start"], one["end"]) for one in found]


def test_no_session_takes_the_time_of_a_habit(tmp_path: Path) -> None:
    """Thursdays from 19:30 to 20:30 in Berlin, in the middle of the free hours."""
    workspace(tmp_path, settings=SETTINGS + GROUP)
    thursdays = [
        (start[11:16], end[11:16])
        for start, end in sessions(tmp_path)
        if start[:10] in ("2027-01-07", "2027-01-14")
    ]

    assert thursdays
    assert all(end <= "18:30" or start >= "19:30" for start, end in thursdays)


def test_habits_have_a_feed_of_their_own_which_planning_again_does_not_change(
    tmp_path: Path,
) -> None:
    workspace(tmp_path, settings=SETTINGS + GROUP)
    run(tmp_path, "plan")
    first = (tmp_path / "calendars/habits.ics").read_bytes()
    run(tmp_path, "plan")

    assert b"SUMMARY:reading group" in first
    assert b"DTSTART:20270107T183000Z" in first
    assert (tmp_path / "calendars/habits.ics").read_bytes() == first


def test_a_habit_that_moves_keeps_its_uids_and_counts_up(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + GROUP)
    run(tmp_path, "plan")
    before = uids(tmp_path)
    workspace(tmp_path, settings=SETTINGS + GROUP.replace("19:30", "19:00"))
    run(tmp_path, "plan")

    assert uids(tmp_path)[: len(before)] == before
    assert sequences(tmp_path) == {"1"}


def test_a_habit_given_up_and_taken_up_again_has_new_uids(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + GROUP)
    run(tmp_path, "plan")
    before = uids(tmp_path)
    workspace(tmp_path, settings=SETTINGS)
    run(tmp_path, "plan")
    assert not (tmp_path / "calendars/habits.ics").exists()
    workspace(tmp_path, settings=SETTINGS + GROUP)
    run(tmp_path, "plan")

    assert not set(before) & set(uids(tmp_path))


def test_today_and_week_show_habits_in_the_order_of_the_day(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + GROUP)
    run(tmp_path, "plan")
    today = run(tmp_path, "today", today="2027-01-07")
    week = json.loads(run(tmp_path, "week", "--json").stdout)

    assert "  19:30-20:30  habit: reading group\n" in today.stdout
    assert week["habits"] == [
        {"name": "reading group", "start": "2027-01-07T18:30:00Z", "end": "2027-01-07T19:30:00Z"}
    ]


def test_a_plan_says_how_much_study_time_habits_take(tmp_path: Path) -> None:
    due = SETTINGS.replace("2027-03-31", "2027-01-10")
    workspace(tmp_path, settings=due + GROUP)
    shown = run(tmp_path, "plan", "--all", "--dry-run").stdout
    plan = json.loads(run(tmp_path, "plan", "--dry-run", "--json").stdout)

    assert "habits take 1 h of the study time" in " ".join(shown.split())
    assert plan["overload"][0]["habits"] == 60
    last = plan["sessions"][-1]["end"]
    thursdays = [day for day in ("2027-01-07", "2027-01-14", "2027-01-21") if day < last]
    assert plan["taken_by_habits"] == 60 * len(thursdays)
