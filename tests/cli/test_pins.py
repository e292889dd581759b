"""A pin is held where it is said, or refused."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from curriculum.disk.journal import JOURNAL, read_facts
from tests.cli.test_busy_sources import calendar
from tests.workspaces import SETTINGS, run, workspace


def published(tmp_path: Path) -> Path:
    """Return a workspace with a plan, and a meeting in the morning of 6 January."""
    root = workspace(tmp_path)
    (root / "calendars/busy").mkdir(parents=True)
    meeting = calendar("20270106T080000Z", "20270106T110000Z")
    (root / "calendars/busy/work.ics").write_bytes(meeting)
    assert run(root, "plan").exit_code == 0
    return root


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (
            "2027-01-06T19:00",
            "Wed 6 Jan 2027, 19:00-19:50: another session is planned at 19:00-19:55",
        ),
        ("2027-01-06T18:15", "another session is planned at 19:00-19:55 then"),
        ("2027-01-06T10:00", "Wed 6 Jan 2027, 10:00-10:50: you are busy then"),
        ("2027-01-06T08:30", "Wed 6 Jan 2027, 08:30-09:20: you are busy then"),
        ("2027-01-03T19:00", "Sun 3 Jan 2027, 19:00-19:50 has begun already"),
    ],
)
def test_a_pin_where_it_could_not_be_held_is_refused(tmp_path: Path, at: str, said: str) -> None:
    root = published(tmp_path)

    result = run(root, "pin", "2027-01-05T19:00", "--at", at)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not read_facts(root / JOURNAL)


def test_a_pin_that_is_taken_is_a_place_that_is_taken(tmp_path: Path) -> None:
    root = published(tmp_path)
    assert run(root, "pin", "2027-01-05T19:00", "--at", "2027-01-05T08:00").exit_code == 0

    assert run(root, "pin", "2027-01-05T20:05", "--at", "2027-01-05T08:30").exit_code == 2


@pytest.mark.parametrize("at", ["2027-01-05T18:30", "2027-01-05T08:00", "2027-01-06T08:00"])
def test_a_pin_that_is_recorded_is_held_by_the_next_plan(tmp_path: Path, at: str) -> None:
    root = published(tmp_path)

    assert run(root, "pin", "2027-01-05T19:00", "--at", at).exit_code == 0

    sessions = json.loads(run(root, "plan", "--json").stdout)["sessions"]
    start = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    (held,) = [one for one in sessions if datetime.fromisoformat(one["start"]) == start]
    assert held["pieces"][0]["unit"] == "sums/1"


@pytest.mark.parametrize(
    ("session", "said"),
    [
        (
            "2027-01-15T19:00",
            "Tue 5 Jan 2027, 08:00-08:40: 'attention/implement' requires 'attention/read', planned "
            "until Tue 12 Jan 2027, 21:00; choose a time after that",
        ),
        ("2027-01-11T20:05", "'attention/read' requires 'sums/2', planned until Fri 8 Jan 2027"),
    ],
)
def test_a_pin_before_what_its_units_require_is_refused(
    tmp_path: Path, session: str, said: str
) -> None:
    root = published(tmp_path)

    result = run(root, "pin", session, "--at", "2027-01-05T08:00")

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not read_facts(root / JOURNAL)


def test_a_pin_before_its_unit_may_start_is_refused(tmp_path: Path) -> None:
    text = SETTINGS.replace("- counting", "- {work: counting, from: 2027-01-07}")
    root = workspace(tmp_path, settings=text)
    sessions = json.loads(run(root, "plan", "--json").stdout)["sessions"]
    name = next(one["uid"] for one in sessions if one["pieces"][0]["unit"] == "counting/read")

    result = run(root, "pin", name, "--at", "2027-01-05T08:00")

    assert "'counting/read' may not start before Thu 7 Jan 2027, 00:00" in result.stderr


def sessions_of(root: Path, *arguments: str) -> list[dict[str, Any]]:
    """Return the sessions of a plan, published again."""
    found: list[dict[str, Any]] = json.loads(run(root, "plan", *arguments, "--json").stdout)[
        "sessions"
    ]
    return found


def test_a_session_pinned_past_others_of_its_unit_keeps_its_mark(tmp_path: Path) -> None:
    root = published(tmp_path)
    first, second, *_ = [
        one for one in sessions_of(root) if one["pieces"][0]["unit"] == "counting/read"
    ]
    name = first["uid"].partition(".")[0]
    assert run(root, "pin", name, "--at", "2027-01-07T12:00").exit_code == 0
    sessions_of(root)

    week = json.loads(run(root, "week", "--json").stdout)["sessions"]

    (pinned,) = [one for one in week if one["pinned"]]
    assert (pinned["uid"], pinned["start"]) == (first["uid"], "2027-01-07T11:00:00Z")
    assert second["uid"] in {one["uid"] for one in week}


def test_a_pin_holds_what_it_was_about_whatever_is_published_later(tmp_path: Path) -> None:
    """The session of sums/1 is held on Saturday, however the units before it shift meanwhile."""
    root = published(tmp_path)
    held = sessions_of(root)[2]
    name = held["uid"].partition(".")[0]
    assert run(root, "pin", name, "--at", "2027-01-09T10:00").exit_code == 0
    for minutes in ("20m", "25m", "10m"):
        run(root, "log", "counting/read", minutes)
        found = {one["uid"]: one for one in sessions_of(root)}[held["uid"]]
        assert found["start"] == "2027-01-09T09:00:00Z"
        assert units_of(found) == units_of(held)


def test_a_pin_is_taken_back_by_the_time_at_which_it_is_held(tmp_path: Path) -> None:
    """Also while the calendars still show the session where it was."""
    root = published(tmp_path)
    before = sessions_of(root)
    run(root, "pin", "2027-01-06T19:00", "--at", "2027-01-09T10:00")

    freed = run(root, "unpin", "2027-01-09T10:00")

    assert (freed.exit_code, freed.stdout) == (0, "free to move: sums_1-3\n")
    assert sessions_of(root) == before


def units_of(session: dict[str, Any]) -> list[tuple[str, int]]:
    """Return the units of a session with their minutes."""
    return [(piece["unit"], piece["minutes"]) for piece in session["pieces"]]


def test_a_session_that_waits_where_it_was_moved_to_is_not_over(tmp_path: Path) -> None:
    """It was put off in the morning and no plan was made since: nothing of it was missed."""
    root = published(tmp_path)
    assert run(root, "pin", "2027-01-04T19:00", "--at", "2027-01-06T18:00").exit_code == 0

    done = json.loads(run(root, "done", "--json", today="2027-01-05").stdout)

    assert {fact["unit"] for fact in done["recorded"]} == {"counting/read"}
    held = sessions_of(root)
    assert "sums_1-1" in {one["uid"].partition(".")[0] for one in held}


SCHULMAN = """\
goals: [sutton-barto-2018/5-6]
known: [sutton-barto-2018/1-4]
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00}
"""


@pytest.mark.parametrize(
    "commands",
    [
        (
            "pin 2027-01-08T20:05 --at 2027-01-04T20:05",
            "pin 2027-01-06T19:00 --at 2027-01-06T20:05",
        ),
        (
            "pin 2027-01-08T20:05 --at 2027-01-04T18:00",
            "pin 2027-01-06T19:00 --at 2027-01-06T18:00",
        ),
        ("done sutton 5", "pin 2027-01-05T19:00 --at 2027-01-05T06:00"),
    ],
)
def test_planning_comes_to_rest_at_once_after_pins(
    tmp_path: Path, commands: tuple[str, ...]
) -> None:
    """Two pins made two plans take turns for ever, and burnt a UID every second time."""
    (tmp_path / "syllabi").mkdir()
    (tmp_path / "syllabi/curriculum.yaml").write_text(SCHULMAN, encoding="utf-8")
    run(tmp_path, "plan")
    for command in commands:
        run(tmp_path, *command.split())
    run(tmp_path, "plan")
    calendars = tmp_path / "calendars"
    first = {path.name: path.read_bytes() for path in calendars.glob("*.*")}

    for _ in range(2):
        run(tmp_path, "plan")

    assert {path.name: path.read_bytes() for path in calendars.glob("*.*")} == first
