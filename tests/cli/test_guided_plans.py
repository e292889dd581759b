"""A plan made again keeps what was published in its place, as long as the goals and the hours are the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspaces import SETTINGS, run, said, workspace

MON, TUE, WED, NEXT_WEEK = "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-11"
CATCH_UP = "catch_up: 2h per week\nsession: {longest: 1h, break: 0m}\n"

Times = dict[str, list[str]]
"""Start of a session to its units."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace that keeps two hours a week free, planned on Monday."""
    workspace(tmp_path, settings=SETTINGS + CATCH_UP)
    said(run(tmp_path, "plan", today=MON))
    return tmp_path


def planned(root: Path, today: str, *options: str) -> Times:
    """Return what would be planned."""
    answer = json.loads(said(run(root, "plan", "--dry-run", "--json", *options, today=today)))
    return {
        session["start"]: [piece["unit"] for piece in session["pieces"]]
        for session in answer["sessions"]
    }


def since(day: str, times: Times) -> Times:
    return {start: units for start, units in times.items() if start >= day}


def test_what_was_missed_comes_in_the_time_kept_for_it_and_nothing_else_moves(root: Path) -> None:
    before = planned(root, MON)
    after = planned(root, TUE)

    assert since(TUE, before).keys() <= after.keys()
    assert since(NEXT_WEEK, after) == since(NEXT_WEEK, before)
    assert sorted(start[:10] for start in after.keys() - before.keys()) == ["2027-01-08"] * 2


def test_planning_again_in_the_weeks_after_a_missed_day_moves_nothing(root: Path) -> None:
    """What one week does not give back, the next one does, also once that week has come."""
    said(run(root, "plan", today=WED))
    expected = planned(root, WED)
    for day in range(7, 26, 3):
        today = f"2027-01-{day:02d}"
        said(run(root, "done", "--since", WED, today=today))
        said(run(root, "plan", today=today))
        assert planned(root, today) == since(today, expected)


def test_a_new_goal_does_not_go_to_the_end(root: Path) -> None:
    settings = root / "syllabi/curriculum.yaml"
    settings.write_text(settings.read_text().replace("goals:\n", "goals:\n  - new\n"))
    new = "kind: textbook\ntitle: New\nchapters: [{id: 1, title: One, effort: 5h}]\n"
    (root / "syllabi/textbooks/new.yaml").write_text(new)

    afresh = planned(root, MON, "--unfreeze", "--output", str(root / "elsewhere"))
    assert planned(root, MON, "--unfreeze") == afresh
    assert any("new/1" in units for units in list(afresh.values())[: len(afresh) // 2])


def test_the_calendars_alone_guide_as_the_ledger_does(root: Path) -> None:
    expected = planned(root, WED)
    (root / "calendars/ledger.json").unlink()

    assert planned(root, WED) == expected


def test_plan_says_what_stays_free_and_when_it_gives_back_what_was_missed(root: Path) -> None:
    free = said(run(root, "plan", today=MON))
    one_week = said(run(root, "plan", today=TUE))
    two_weeks = said(run(root, "plan", "--all", today=WED))

    assert "2 h of each week stays free, to catch up" in free
    assert "2 h missed: the time to catch up of this week gives it back" in one_week
    assert "4 h missed: the time to catch up of 2 weeks from now on gives it back" in two_weeks
