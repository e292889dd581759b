"""Moving to another time zone: what was studied stays on the day it was lived on."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from curriculum.model.json_value import Json
from tests.terminals import PROGRAM
from tests.workspaces import SETTINGS, run, workspace

NEW_YORK = SETTINGS.replace("Europe/Berlin", "America/New_York")


def shown(root: Path, command: str, today: str) -> Json:
    """Return what `today` or `week` says as JSON."""
    answer: Any = json.loads(run(root, command, "--json", today=today).stdout)
    assert isinstance(answer, dict)
    return answer


def study(root: Path, day: str) -> None:
    """Log what is planned for a day, on that day."""
    for session in shown(root, "today", day)["sessions"]:
        for piece in session["pieces"]:
            work, _, unit = piece["unit"].partition("/")
            result = run(root, "log", work, unit, f"{piece['minutes']}m", today=day)
            assert result.exit_code == 0, result.output


def settle(root: Path, zone: str) -> None:
    """Write the settings of somebody who lives in a zone."""
    text = SETTINGS.replace("timezone: Europe/Berlin", f"timezone: {zone}")
    (root / "syllabi" / "curriculum.yaml").write_text(text, encoding="utf-8")


def test_evenings_studied_before_a_move_are_not_missed_after_it(tmp_path: Path) -> None:
    """An evening in New York is the next day in Berlin: it was called missed, and logged twice."""
    root = workspace(tmp_path, settings=NEW_YORK)
    run(root, "plan")
    for day in ("2027-01-04", "2027-01-05", "2027-01-06"):
        study(root, day)
    settle(root, "Europe/Berlin")

    assert shown(root, "today", "2027-01-07")["missed"] == []
    before = run(root, "log", "--list", today="2027-01-07").stdout
    run(root, "done", today="2027-01-07")
    assert run(root, "log", "--list", today="2027-01-07").stdout == before


def test_the_ledger_says_in_which_zone_a_session_was_planned(tmp_path: Path) -> None:
    """What is over keeps its zone; what is ahead has that of the newest plan."""
    root = workspace(tmp_path, settings=NEW_YORK)
    run(root, "plan")
    settle(root, "Europe/Berlin")
    run(root, "plan", today="2027-01-06")

    ledger = json.loads((root / "calendars" / "ledger.json").read_text(encoding="utf-8"))
    zones = {row["start"]: row["zone"] for row in ledger["events"].values() if "zone" in row}
    over = {zone for start, zone in zones.items() if start < "20270105T2300"}
    ahead = {zone for start, zone in zones.items() if start >= "20270105T2300"}
    assert (over, ahead) == ({"America/New_York"}, {"Europe/Berlin"})


def test_a_ledger_without_zones_learns_them_and_no_event_changes(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "plan")
    ledger = root / "calendars" / "ledger.json"
    known = ledger.read_bytes()
    ledger.write_bytes(known.replace(b',"zone":"Europe/Berlin"', b""))
    assert ledger.read_bytes() != known

    run(root, "plan")
    assert ledger.read_bytes() == known


def test_the_past_is_shown_on_the_days_and_hours_it_was_lived_on(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=NEW_YORK)
    run(root, "plan")
    settle(root, "Europe/Berlin")

    lines = run(root, "week", today="2027-01-07").stdout.splitlines()
    assert lines[0] == "Mon 4 Jan 2027"
    assert lines[1].startswith("? 19:00-")
    missed = next(line for line in lines if line.startswith("Not logged"))
    assert lines[lines.index(missed) + 1].startswith(("  Mon 4 19:", "  Mon 4 20:", "  1 earlier"))


DATED = "[{until: 2027-01-06, zone: America/New_York}, {zone: Europe/Berlin}]"


def test_a_plan_crosses_a_dated_change_of_zone(tmp_path: Path) -> None:
    """The hours of the week are those of the zone of the day, before and after the move."""
    root = workspace(tmp_path, settings=SETTINGS.replace("Europe/Berlin", DATED))
    result = run(root, "plan")
    assert result.exit_code == 0, result.output

    ledger = json.loads((root / "calendars" / "ledger.json").read_text(encoding="utf-8"))
    hours: dict[str, set[str]] = {}
    for row in ledger["events"].values():
        if row["start"] < "20270301" and "zone" in row:
            hours.setdefault(row["zone"], set()).add(row["start"][9:11])
    # 19:00 to 21:00 in New York is 00:00 to 02:00 in UTC, in Berlin 18:00 to 20:00.
    assert hours["America/New_York"] <= {"00", "01"}
    assert hours["Europe/Berlin"] <= {"18", "19"}
    before = [row for row in ledger["events"].values() if row.get("zone") == "America/New_York"]
    assert max(row["start"] for row in before) < "20270107T06"


def test_a_dated_move_leaves_every_day_where_it_was_lived(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace("Europe/Berlin", DATED))
    run(root, "plan")
    for day in range(4, 9):
        assert shown(root, "today", f"2027-01-{day:02}")["sessions"]
        study(root, f"2027-01-{day:02}")

    assert shown(root, "today", "2027-01-09")["missed"] == []
    days = [row["start"][:10] for row in shown(root, "week", "2027-01-09")["sessions"]]
    assert len(set(days)) >= 4
    for line in run(root, "journal", "export").stdout.splitlines():
        fact = json.loads(line)
        lived = "America/New_York" if fact["at"] < "2027-01-07T05" else "Europe/Berlin"
        assert fact["zone"] == lived


@pytest.mark.parametrize("value", ["CET-1CEST,M3.5.0,M10.5.0/3", "<+0330>-3:30", ":", "x", "/etc"])
def test_a_machine_without_a_named_zone_is_asked_for_one(tmp_path: Path, value: str) -> None:
    """A POSIX form in TZ, or nonsense, ended in a traceback (R5)."""
    root = workspace(tmp_path, settings=SETTINGS.replace("timezone: Europe/Berlin\n", ""))
    command = [*PROGRAM, "--workspace", str(root)]
    result = subprocess.run(
        [*command, "--today", "2027-01-04", "plan"],
        env={**os.environ, "TZ": value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "timezone: Europe/Berlin" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 3
