"""Moving to another time zone: what was studied stays on the day it was lived on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from curriculum.model.json_value import Json
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
