"""`plan --with`: a plan with other settings beside today's plan, from the same facts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.model.json_value import Json
from tests.workspaces import SETTINGS, TODAY, run, said, workspace

AWAY = "away: 2027-01-08..2027-01-20"


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of a workspace with its bytes."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a published plan and something done, which no test changes."""
    root = workspace(tmp_path_factory.mktemp("work"), settings=f"{SETTINGS}away: [2027-01-05]\n")
    assert run(root, "plan").exit_code == 0
    assert run(root, "done", "sums/1", "--took", "1h").exit_code == 0
    return root


def compared(root: Path, *changes: str, more: tuple[str, ...] = ()) -> Json:
    """Return what the command says as JSON of a what-if with changes."""
    typed = [part for change in changes for part in ("--with", change)]
    found: Json = json.loads(said(run(root, "plan", "--json", *typed, *more)))
    return found


def finishes(root: Path, key: str, *changes: str) -> dict[str, Any]:  # Any: an instant or None
    """Return when a plan of a what-if finishes each goal."""
    return {goal["goal"]: goal[key]["finish"] for goal in compared(root, *changes)["goals"]}


@pytest.mark.parametrize("unchanged", ["load: 100%", "timezone: Europe/Berlin", "cap:"])
def test_a_what_if_with_the_settings_of_the_file_is_todays_plan(root: Path, unchanged: str) -> None:
    found = compared(root, unchanged)

    assert found["today"] == found["what_if"]
    assert all(goal["today"] == goal["what_if"] for goal in found["goals"])
    shown = said(run(root, "plan", "--with", unchanged))
    assert shown.startswith("Nothing changes: both plans are the same.")


def test_todays_plan_is_the_one_that_plan_makes(root: Path) -> None:
    plan = json.loads(said(run(root, "plan", "--dry-run", "--json")))
    today = compared(root, "load: 70%")["today"]

    for key in ("start", "finish", "balance", "evenness", "overload", "unplaced"):
        assert today[key] == plan[key]


def test_the_what_if_is_the_plan_after_the_file_was_changed(tmp_path: Path) -> None:
    plain = workspace(tmp_path / "plain")
    edited = workspace(tmp_path / "edited", settings=f"{SETTINGS}load: 60%\n{AWAY}\n")
    expected = json.loads(said(run(edited, "plan", "--dry-run", "--json")))
    found = compared(plain, "load: 60%", AWAY)["what_if"]

    for key in ("start", "finish", "balance", "evenness", "overload", "unplaced"):
        assert found[key] == expected[key]


@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--json",)])
def test_nothing_changes_on_disk(root: Path, more: tuple[str, ...]) -> None:
    before = contents(root)
    result = run(root, "plan", "--with", "load: 50%", "--with", AWAY, *more)

    assert (result.exit_code, result.stderr) == (0, "")
    assert contents(root) == before
    is_told = "This is a what-if: nothing was written." in result.stdout
    assert is_told == ("--dry-run" not in more and "--json" not in more)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(load=st.integers(30, 99))
def test_less_time_finishes_no_goal_earlier(tmp_path: Path, load: int) -> None:
    one_track = "goals: [{work: sums, by: 2027-03-31}]\ntimezone: Europe/Berlin\n"
    root = workspace(
        tmp_path / "one", settings=f"{one_track}availability: {{mon-fri: 19:00-21:00}}"
    )
    (goal,) = compared(root, f"load: {load}%")["goals"]

    assert goal["minutes_later"] >= 0


def test_days_away_are_added_and_other_settings_replaced(root: Path) -> None:
    both = finishes(root, "what_if", "away: [2027-01-05, 2027-01-06]")

    assert finishes(root, "what_if", "away: 2027-01-06") == both
    assert finishes(root, "what_if", "away:", "away: [2027-01-05, 2027-01-06]") == both
    assert finishes(root, "what_if", "load: 30%", "load: 100%") == finishes(
        root, "today", "title: x"
    )
    goals = compared(root, "goals: [counting]")["goals"]
    assert [(goal["goal"], goal["what_if"] is None) for goal in goals] == [
        ("counting", False),
        ("attention", True),
    ]


def test_a_deadline_that_is_missed_is_told_with_its_days_and_the_overload(root: Path) -> None:
    changes = ("--with", "away: 2027-01-06..2027-03-28")
    shown = said(run(root, "plan", *changes))
    goals = json.loads(said(run(root, "plan", "--json", *changes)))["goals"]
    (attention,) = [goal for goal in goals if goal["goal"] == "attention"]

    assert "the deadline of attention is missed" in shown.splitlines()[0]
    assert attention["today"]["minutes_late"] == 0 < attention["what_if"]["minutes_late"]
    days = -(-attention["what_if"]["minutes_late"] // 1440)
    assert re.search(rf"attention .* kept .* ! {days} d late", shown)
    assert re.search(r"deadlines kept +1 of 1 +0 of 1", shown)
    assert re.search(r"What-if +! .* short", shown)


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ("laod: 70%", "2:1: unknown-key", "did you mean 'load'?"),
        ("laod:", "2:1: unknown-key", "did you mean 'load'?"),
        ("load: 700%", "2:7: bad-share", "write it like '90%'"),
        ("load=70%", "2:1: wrong-type", "like 'load: 70%'"),
        ("", "2:1: wrong-type", "like 'load: 70%'"),
        ("away: 2027-02-31", "2:7: bad-date", "how many days"),
        ("away: [2027-02-03, 2027-02-31]", "2:20: bad-date", "how many days"),
        ("goals: [atention]", "2:9: unknown-work", "did you mean 'attention'?"),
        ("timezone: Europe/Belrin", "2:11: unknown-timezone", "did you mean 'Europe/Berlin'?"),
        ("load: [", "2:8: syntax", "write one"),
        ("load: 1%", "2:7: bad-value", "lower 'shortest'"),
    ],
)
def test_what_is_wrong_is_told_as_in_the_file(
    root: Path, typed: str, place: str, told: str
) -> None:
    result = run(root, "plan", "--with", "away: 2027-01-06", "--with", typed)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"--with:{place}" in result.stderr
    assert told in result.stderr


@pytest.mark.parametrize(
    "more", [["--publish"], ["--undo"], ["--horizon", "2w"], ["--vdir", "somewhere"]]
)
def test_a_what_if_is_not_published(root: Path, more: list[str]) -> None:
    before = contents(root)
    result = run(root, "plan", "--with", "load: 70%", *more)

    assert result.exit_code == 2
    assert "'--with' publishes nothing" in result.stderr
    assert contents(root) == before


def test_a_zone_of_its_own_does_not_change_the_minute(root: Path) -> None:
    found = compared(root, "timezone: Asia/Tokyo")

    assert found["today"]["start"] == found["what_if"]["start"] == "2027-01-03T23:00:00Z"
    assert TODAY == "2027-01-04"


@pytest.mark.parametrize("columns", [80, 120])
def test_it_fits_a_screen(tmp_path: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    many = "".join(f"  - {{work: sums/{1 + n % 3}, by: 2027-0{1 + n % 9}-09}}\n" for n in range(30))
    text = f"goals:\n{many}timezone: Europe/Berlin\nstart: 2027-01-04\n"
    root = workspace(tmp_path / "many", settings=text)
    shown = said(run(root, "plan", "--with", "away: 2027-01-04..2028-03-05"))

    lines = shown.splitlines()
    assert len(lines) < 24
    assert max(map(len, lines)) <= columns
    whole = said(run(root, "plan", "--all", "--with", "away: 2027-01-04..2028-03-05"))
    assert len(whole.splitlines()) > 30
