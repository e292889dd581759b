"""`log`, `done` and `left` take the time of the day, so that what was on one day has an order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspaces import run, said, workspace


def _facts(root: Path, *command: str) -> list[dict[str, object]]:
    recorded: list[dict[str, object]] = json.loads(said(run(root, *command, "--json")))["recorded"]
    return recorded


def test_a_time_of_the_day_is_kept(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (fact,) = _facts(root, "log", "sums/1", "45m", "--on", "2027-01-03", "--at", "12:00")
    assert (fact["at"], fact["minutes"], fact["timed"]) == ("2027-01-03T11:00:00Z", 45, True)
    (alone,) = _facts(root, "log", "sums/1", "45m", "--on", "2027-01-03")
    assert alone["at"] == fact["at"]
    assert "timed" not in alone


def test_study_is_logged_from_one_time_to_another(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (fact,) = _facts(root, "log", "sums", "1", "--from", "19:30", "--to", "21:00")
    assert (fact["unit"], fact["at"], fact["minutes"]) == ("sums/1", "2027-01-04T20:00:00Z", 90)
    (shorter,) = _facts(root, "log", "sums", "1", "1h", "--from", "9:30", "--to", "11:00")
    assert (shorter["at"], shorter["minutes"]) == ("2027-01-04T10:00:00Z", 60)
    (until,) = _facts(root, "log", "sums", "1", "1h", "--from", "12:00")
    assert (until["at"], until["minutes"]) == ("2027-01-04T12:00:00Z", 60)


def test_study_over_midnight_belongs_to_the_evening_before(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    command = ["log", "sums/1", "--on", "2027-01-03", "--from", "23:30", "--to", "0:45"]
    (fact,) = _facts(root, *command)
    assert (fact["at"], fact["minutes"]) == ("2027-01-03T22:59:00Z", 75)


def test_minutes_are_those_that_passed_while_the_clock_was_changed(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    spring = run(
        root, "log", "sums/1", "--from", "1:00", "--to", "4:00", "--json", today="2027-03-28"
    )
    assert json.loads(said(spring))["recorded"][0]["minutes"] == 120
    autumn = run(
        root, "log", "sums/2", "--from", "1:00", "--to", "4:00", "--json", today="2027-10-31"
    )
    assert json.loads(said(autumn))["recorded"][0]["minutes"] == 240


@pytest.mark.parametrize(
    ("command", "kind"), [(["done", "sums/1"], "finished"), (["left", "sums/1", "2h"], "left")]
)
def test_what_was_studied_before_is_logged_with_it(
    tmp_path: Path, command: list[str], kind: str
) -> None:
    root = workspace(tmp_path)
    studied, other = _facts(root, *command, "--from", "19:30", "--to", "21:00")
    assert (studied["kind"], studied["minutes"], studied["at"]) == (
        "studied",
        90,
        "2027-01-04T20:00:00Z",
    )
    assert (other["kind"], other["at"]) == (kind, studied["at"])
    assert "1 h 30 min in 1 record" in run(root, "log", "--list").stdout or kind == "finished"


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (["log", "sums/1", "1h", "--at", "9:00", "--to", "10:00"], "'--at' goes without"),
        (
            ["log", "sums/1", "2h", "--from", "9:00", "--to", "10:00"],
            "--from to --to is 1 h, not 2 h",
        ),
        (["log", "sums/1", "--at", "9:00"], "Missing argument"),
        (["log", "sums/1", "1h", "--at", "9.00"], "'9.00' is not a time of day"),
        (["log", "sums/1", "1h", "--on", "2027-01-05", "--at", "9:00"], "2027-01-05 is still"),
        (["log", "sums/1", "--from", "23:00", "--to", "1:00"], "01:00 is still to come"),
        (["done", "--at", "9:00"], "a time of day needs a UNIT"),
        (["done", "sums/1-2", "--from", "9:00", "--to", "10:00"], "is that of one UNIT"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(
    tmp_path: Path, command: list[str], complaint: str
) -> None:
    root = workspace(tmp_path)
    refused = run(root, *command)
    assert refused.exit_code == 2
    assert complaint in refused.stderr
    assert not (root / "journal.db").exists()
