"""A pin is held where it is said, or refused."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from curriculum.disk.journal import JOURNAL, read_facts
from tests.cli.test_busy_sources import calendar
from tests.workspaces import run, workspace


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
            "Wed 6 Jan 2027, 19:00-19:55: another session is planned at 19:00-19:55",
        ),
        ("2027-01-06T18:10", "another session is planned at 19:00-19:55 then"),
        ("2027-01-06T10:00", "Wed 6 Jan 2027, 10:00-10:55: you are busy then"),
        ("2027-01-06T08:30", "Wed 6 Jan 2027, 08:30-09:25: you are busy then"),
        ("2027-01-03T19:00", "Sun 3 Jan 2027, 19:00-19:55 has begun already"),
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
