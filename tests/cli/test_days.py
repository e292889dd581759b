"""The day that is set as today is read like every other date, and a far one is refused or planned."""

from __future__ import annotations

from pathlib import Path

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
