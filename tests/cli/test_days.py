"""The day that is set as today is read like every other date, and a far one is refused or planned."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.workspaces import run, workspace

COMMANDS = ["plan", "today", "week", "status", "next"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2201-01-01"])
def test_a_year_that_nobody_studies_in_is_refused_in_a_sentence(
    tmp_path: Path, command: str, day: str
) -> None:
    result = run(workspace(tmp_path), command, today=day)

    assert result.exit_code == 2
    assert f"'{day}'" in result.stderr
    assert "is the year right?" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("day", ["1970-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_that_are_read_have_an_answer(
    tmp_path: Path, command: str, day: str
) -> None:
    result = run(workspace(tmp_path), command, today=day)

    assert result.exit_code == 0, result.stderr


def test_today_is_read_as_other_dates_are(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")

    assert run(root, "today", today="2027-W01-1").stdout == run(root, "today").stdout
    for written in ("20270104", "tomorrow-ish"):
        assert run(root, "today", today=written).exit_code == 2
        assert run(root, "plan", "--start", written).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2027-01-13"),
        ("yesterday", "2027-01-12"),
        ("mon", "2027-01-11"),
        ("Wednesday", "2027-01-13"),
        ("-3d", "2027-01-10"),
        ("-1w", "2027-01-06"),
        ("2027-W01", "2027-01-04"),
        ("12 Jan", "2027-01-12"),
        ("Dec 31", "2026-12-31"),
    ],
)
def test_what_is_recorded_takes_the_last_such_day(tmp_path: Path, typed: str, day: str) -> None:
    root = workspace(tmp_path)

    logged = run(root, "log", "sums", "1", "30m", "--on", typed, "--json", today="2027-01-13")

    assert logged.exit_code == 0, logged.stderr
    fact = json.loads(logged.stdout)["recorded"][0]
    assert fact["at"] == f"{day}T11:00:00Z", "noon in Berlin"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", "2027-01-14"),
        ("mon", "2027-01-18"),
        ("wed", "2027-01-20"),
        ("+1w", "2027-01-20"),
        ("2027-W05", "2027-02-01"),
        ("1 Feb", "2027-02-01"),
    ],
)
def test_what_is_planned_takes_the_next_such_day(tmp_path: Path, typed: str, day: str) -> None:
    root = workspace(tmp_path)

    planned = run(root, "plan", "--start", typed, "--json", today="2027-01-13")

    assert planned.exit_code == 0, planned.stderr
    assert json.loads(planned.stdout)["sessions"][0]["start"] == f"{day}T18:00:00Z"


def test_a_session_may_be_named_by_a_day_and_a_time(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")

    pinned = run(root, "pin", "tomorrow 19:00", "--at", "sat 10:00")

    assert pinned.exit_code == 0, pinned.stderr
    assert "Saturday, 9 January" in pinned.stdout or "Sat 9 Jan" in pinned.stdout


def test_today_may_be_named_from_the_day_on_the_clock(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    tomorrow = datetime.now(UTC).astimezone().date() + timedelta(days=1)

    logged = run(root, "log", "sums", "1", "30m", "--json", today="tomorrow")

    # The facts of a day that was set begin with its midnight.
    at = datetime.fromisoformat(json.loads(logged.stdout)["recorded"][0]["at"])
    assert at.astimezone(ZoneInfo("Europe/Berlin")).date() == tomorrow


def test_what_is_no_day_says_what_would_be_one(tmp_path: Path) -> None:
    refused = run(workspace(tmp_path), "log", "sums", "1", "30m", "--on", "last week")

    assert refused.exit_code == 2
    for example in ("2027-03-31", "yesterday", "mon", "-3d", "+2w", "2027-W02", "12 Jan"):
        assert f"'{example}'" in refused.stderr
