"""Goals on the command line: a what-if once a plan is published, which no calendar shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.workspaces import run, workspace

WHAT_IF = "This is a what-if: nothing was published. Add '--publish' to publish it."


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of a workspace with its bytes."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """Return a workspace with a published plan."""
    root = workspace(tmp_path / "work")
    assert run(root, "plan").exit_code == 0
    return root


@pytest.mark.parametrize("goals", [["counting"], ["attention", "counting"], ["topic:subtraction"]])
def test_goals_publish_nothing_where_a_plan_is_published(planned: Path, goals: list[str]) -> None:
    """Issue 13, item 3: 25 of 26 sessions were gone, told afterwards."""
    before = contents(planned)
    result = run(planned, "plan", *goals)

    assert (result.exit_code, result.stderr) == (0, "")
    assert contents(planned) == before
    assert result.stdout.splitlines()[-1] == WHAT_IF
    assert "Published to" not in result.stdout


def test_a_what_if_shows_its_plan_and_what_would_change(planned: Path) -> None:
    shown = run(planned, "plan", "counting").stdout

    assert "counting/read" in shown
    assert "sums/1" not in shown
    assert re.search(r"\d+ gone", shown)


def test_the_json_of_a_what_if_is_that_of_a_plan_and_stderr_says_what_it_is(planned: Path) -> None:
    result = run(planned, "plan", "counting", "--json")

    assert {unit["unit"] for unit in json.loads(result.stdout)["units"]} == {"counting/read"}
    assert result.stderr.splitlines()[-1] == WHAT_IF
    assert list(json.loads(result.stdout)) == list(
        json.loads(run(planned, "plan", "--json", "--dry-run").stdout)
    )


def test_a_what_if_writes_no_vdir_either(planned: Path, tmp_path: Path) -> None:
    result = run(planned, "plan", "counting", "--vdir", str(tmp_path / "vdir"))

    assert result.stdout.splitlines()[-1] == WHAT_IF
    assert not (tmp_path / "vdir").exists()


def test_goals_publish_where_nothing_is_published(tmp_path: Path) -> None:
    root = workspace(tmp_path / "work")
    result = run(root, "plan", "counting")

    assert result.stdout.splitlines()[-1].startswith("Published to ")
    assert (root / "calendars" / "ledger.json").exists()


def test_it_counts_what_is_published_in_the_folder_that_is_named(
    planned: Path, tmp_path: Path
) -> None:
    before = contents(planned)
    other = str(tmp_path / "other")
    first = run(planned, "plan", "counting", "--output", other)
    again = run(planned, "plan", "attention", "--output", other)

    assert first.stdout.splitlines()[-1] == f"Published to {other}: 5 new"
    assert again.stdout.splitlines()[-1] == WHAT_IF
    assert contents(planned) == before


def test_with_publish_it_says_first_how_many_sessions_go_and_then_replaces_the_plan(
    planned: Path,
) -> None:
    result = run(planned, "plan", "counting", "--publish")
    told = json.loads(run(planned, "plan", "counting", "--json", "--dry-run").stdout)
    ledger = json.loads((planned / "calendars" / "ledger.json").read_bytes())
    published = [row for row in ledger["events"].values() if row["file"] != "deadlines.ics"]
    (line,) = result.stderr.splitlines()
    found = re.fullmatch(
        r"Replacing the published plan: (\d+) of its (\d+) coming sessions will be removed\.", line
    )

    assert result.exit_code == 0
    assert found is not None
    removed, coming = map(int, found.groups())
    assert f"{removed} gone" in result.stdout
    assert coming - removed <= len(published) == len(told["sessions"])


def test_without_a_goal_publish_changes_nothing(planned: Path) -> None:
    before = contents(planned)
    result = run(planned, "plan", "--publish")

    assert (result.exit_code, result.stderr) == (0, "")
    assert contents(planned) == before
    assert "nothing changed" in result.stdout


@pytest.mark.parametrize("options", [["counting", "--publish"], ["counting"], ["--publish"]])
def test_a_dry_run_writes_nothing_whatever_else_is_said(planned: Path, options: list[str]) -> None:
    before = contents(planned)
    result = run(planned, "plan", *options, "--dry-run")

    assert (result.exit_code, result.stderr) == (0, "")
    assert contents(planned) == before
    assert "ublish" not in result.stdout


def test_a_replaced_plan_comes_back_after_a_dry_run_that_writes_nothing(planned: Path) -> None:
    first = json.loads(run(planned, "plan", "--json", "--dry-run").stdout)["sessions"]
    run(planned, "plan", "counting", "--publish")
    before = contents(planned)
    looked = run(planned, "plan", "--undo", "--dry-run")
    unchanged = contents(planned) == before
    undone = run(planned, "plan", "--undo")
    ledger = json.loads((planned / "calendars" / "ledger.json").read_bytes())

    assert looked.exit_code == undone.exit_code == 0
    assert unchanged
    assert "sessions change: " in looked.stdout
    assert "Published" not in looked.stdout
    assert undone.stdout.startswith(looked.stdout)
    rows = [row for row in ledger["events"].values() if row["file"] != "deadlines.ics"]
    assert len(rows) == len(first)


def test_undo_keeps_a_vdir_the_same_as_the_calendars(planned: Path, tmp_path: Path) -> None:
    vdir = str(tmp_path / "vdir")
    run(planned, "plan", "--vdir", vdir)
    run(planned, "plan", "counting", "--publish", "--vdir", vdir)
    removed = len(list((tmp_path / "vdir").rglob("*.ics")))
    result = run(planned, "plan", "--undo", "--vdir", vdir)

    assert result.stdout.splitlines()[-1].startswith("Wrote ")
    assert len(list((tmp_path / "vdir").rglob("*.ics"))) > removed


@pytest.mark.parametrize(
    "options", [["counting"], ["--publish"], ["--json"], ["--all"], ["--start", "mon"]]
)
def test_undo_refuses_what_only_a_new_plan_can_have(planned: Path, options: list[str]) -> None:
    run(planned, "plan", "counting", "--publish")
    before = contents(planned)
    result = run(planned, "plan", "--undo", *options)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "'--undo' goes only with '--output', '--vdir' and '--dry-run'" in result.stderr
    assert contents(planned) == before
