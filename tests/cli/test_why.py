"""Why a unit, or each unit of a work or a goal, is planned when it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspaces import SETTINGS, run, workspace


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("attention", ["attention/read", "attention/implement"]),
        ("atten", ["attention/read", "attention/implement"]),
        ("sums/1-2", ["sums/1", "sums/2"]),
        ("topic:subtraction", ["sums/2"]),
        ("counting", ["counting/read"]),
    ],
)
def test_a_work_or_a_goal_answers_for_each_of_its_units(
    tmp_path: Path, name: str, units: list[str]
) -> None:
    root = workspace(tmp_path)

    said = run(root, "why", name).stdout
    found = json.loads(run(root, "why", name, "--json").stdout)

    answered = [line.split("'")[1] for line in said.splitlines() if line.startswith("'")]
    assert answered == units
    assert [(one["unit"], one["planned"]) for one in found] == [(unit, True) for unit in units]


def test_what_is_done_or_not_required_says_so(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "done", "sums/1")

    assert run(root, "why", "sums/1").stdout == "'sums/1' is done.\n"
    assert run(root, "why", "sums").stdout.splitlines()[-1] == (
        "'sums/3' is not planned: no goal requires it, or it is known already."
    )
    refused = run(root, "why", "topic:nothing")
    assert refused.exit_code == 2
    assert "no goal requires a unit that teaches 'nothing'" in refused.stderr


def test_a_unit_whose_date_is_over_is_called_overdue(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace("2027-03-31", "2027-01-08"))
    said = run(root, "why", "attention/read", today="2027-01-20").stdout

    assert "It was due by the end of Fri 8 Jan 2027.\n" in said
    assert "It is overdue: 4 units were due by the end of Fri 8 Jan 2027, before this plan" in said
    assert "\nOverdue   4 units were due " in run(root, "plan", "--all", today="2027-01-20").stdout
