"""Caps, quotas and preferred hours in a workspace: what is recorded and pinned counts, and plans come to rest."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.workspaces import SETTINGS, run, said, workspace

WIDE = SETTINGS.replace("{mon-fri: 19:00-21:00}", "{mon-fri: [07:00-09:00, 19:00-21:00]}")
CAP = "cap: {day: 2h, week: 5h}\n"


def planned(root: Path, today: str) -> Counter[str]:
    """Return the minutes of the sessions of each day, in UTC, of a plan that is not published."""
    found = Counter[str]()
    plan = json.loads(said(run(root, "plan", "--dry-run", "--json", today=today)))
    for session in plan["sessions"]:
        found[session["start"][:10]] += sum(piece["minutes"] for piece in session["pieces"])
    return found


def of_week(found: Counter[str], first: str, last: str) -> int:
    return sum(minutes for day, minutes in found.items() if first <= day <= last)


def test_what_was_recorded_counts_for_the_caps_of_its_day_and_week(tmp_path: Path) -> None:
    """An hour on Monday and one and a half on Tuesday leave half an hour of Tuesday, half of the week."""
    workspace(tmp_path, settings=WIDE + CAP)
    said(run(tmp_path, "log", "sums/1", "60m"))
    said(run(tmp_path, "log", "sums/1", "90m", today="2027-01-05"))
    found = planned(tmp_path, "2027-01-05")

    assert found["2027-01-05"] <= 30
    assert of_week(found, "2027-01-05", "2027-01-10") <= 150
    assert 240 <= of_week(found, "2027-01-11", "2027-01-17") <= 300


def test_a_pinned_session_counts_for_the_cap_of_its_day(tmp_path: Path) -> None:
    workspace(tmp_path, settings=WIDE + CAP)
    said(run(tmp_path, "plan"))
    plan = json.loads(said(run(tmp_path, "plan", "--json")))
    friday = next(one for one in plan["sessions"] if one["start"] >= "2027-01-11")
    said(run(tmp_path, "pin", friday["uid"], "--at", "2027-01-06 12:00"))
    found = planned(tmp_path, "2027-01-04")

    assert 0 < found["2027-01-06"] <= 120
    assert of_week(found, "2027-01-04", "2027-01-10") <= 300


@pytest.mark.parametrize(
    "limits",
    [
        CAP,
        "cap: {week: 4h}\ncatch_up: 30m\n",
        "papers: {at_least: 4h per week}\n",
        "prefer: evenings\nload: 60%\n",
        "prefer: evenings\ncap: {week: 5h}\nhabits: {group: {on: wed 08:00, takes: 1h}}\n",
    ],
)
def test_following_the_plan_and_planning_again_changes_no_session(
    tmp_path: Path, limits: str
) -> None:
    """P5, day by day through two weeks."""
    workspace(tmp_path, settings=WIDE + limits)
    said(run(tmp_path, "plan"))
    for day in ("2027-01-05", "2027-01-07", "2027-01-08", "2027-01-12"):
        said(run(tmp_path, "done", "--since", "2027-01-04", today=day))
        assert "sessions change" not in said(run(tmp_path, "plan", today=day)), (limits, day)
