"""Exploration: its time in the plan, what is drawn, and what came of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import ESSAY, SETTINGS, run, said, workspace

EXPLORE = "explore: {share: 20%, on: fri, seed: 7}\n"
FRIDAY = {"start": "2027-01-08T18:00:00Z", "end": "2027-01-08T20:00:00Z"}


def planned(root: Path) -> Any:
    return json.loads(said(run(root, "plan", "--dry-run", "--json")))


def explored(root: Path, *words: str, today: str = "2027-01-12") -> Any:
    return json.loads(said(run(root, "explore", *words, "--json", today=today)))


def late(plan: Any) -> set[str]:
    return {unit for one in plan["overload"] for unit in one["units"]}


def two_ideas(root: Path) -> None:
    said(run(root, "idea", "One critic", "--upside", "10x", "--look", "1w"))
    said(run(root, "idea", "Two critics", "--look", "1w"))


def test_its_time_is_planned_published_and_shown(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    said(run(tmp_path, "plan"))
    feed = (tmp_path / "calendars/exploration.ics").read_bytes()
    said(run(tmp_path, "plan"))
    week = json.loads(said(run(tmp_path, "week", "--json")))

    assert b"CATEGORIES:exploration\r\n" in feed
    assert (tmp_path / "calendars/exploration.ics").read_bytes() == feed
    assert week["exploration"] == [FRIDAY]
    assert "  19:00-21:00  exploration\n" in said(run(tmp_path, "today", today="2027-01-08"))


def test_the_plan_is_as_if_its_time_were_busy(tmp_path: Path) -> None:
    """So the balance and everything else that holds for a plan holds beside exploration."""
    beside = workspace(tmp_path / "a", settings=SETTINGS + EXPLORE)
    said(run(beside, "plan"))
    around = workspace(tmp_path / "b", settings=SETTINGS)
    (around / "calendars/busy").mkdir(parents=True)
    feed = (beside / "calendars/exploration.ics").read_text()
    mine = re.sub("(?m)^(UID:.*)$", r"\1.example", feed).replace("curriculum", "elsewhere")
    (around / "calendars/busy/mine.ics").write_text(mine)
    one, other = planned(beside), planned(around)

    assert one["sessions"] == other["sessions"] != []
    assert one["balance"] == other["balance"]


@pytest.mark.parametrize("due", ["2027-01-11", "2027-01-13", "2027-01-15", "2027-01-18"])
def test_no_deadline_is_missed_that_is_kept_without_it(tmp_path: Path, due: str) -> None:
    settings = SETTINGS.replace("2027-03-31", due)
    without = planned(workspace(tmp_path / "a", settings=settings))
    beside = planned(workspace(tmp_path / "b", settings=settings + EXPLORE))

    assert late(beside) == late(without)
    assert bool(beside["exploration"]["given_back"]) <= (due > "2027-01-08")


def test_just_what_is_missing_is_given_back(tmp_path: Path) -> None:
    """The essay lacks 10 min on Thursday night; on Friday nothing shorter than 25 min is planned."""
    settings = SETTINGS.replace("- {work: attention, by: 2027-03-31}", "- {work: sums/1-2}")
    goal = "- {work: counting, by: 2027-01-08}"
    settings = settings.replace("- counting", goal).replace("19:00-21:00", "19:00-20:00")
    essay = ESSAY.replace("4h", "4h10m")
    root = workspace(tmp_path, settings=settings + EXPLORE, essay=essay)
    plan = planned(root)
    text = said(run(root, "plan", "--dry-run"))

    assert not plan["overload"]
    assert plan["exploration"]["given_back"] == 30
    assert "of exploration are given back for what is due" in " ".join(text.split())


def test_the_draw_of_a_week_stays_when_the_ideas_change(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    two_ideas(tmp_path)
    first = explored(tmp_path)
    for number in range(3):
        said(run(tmp_path, "idea", f"more {number}", "--upside", "99x", "--look", "1w"))
    again = explored(tmp_path, today="2027-01-15")

    assert first["week"] == "2027-W02"
    assert len(first["recorded"]) == 1
    assert again["choice"] == first["choice"]
    assert again["recorded"] == []
    assert explored(tmp_path, today="2027-01-18")["week"] == "2027-W03"


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    choices = []
    for name in ("a", "b"):
        root = workspace(tmp_path / name, settings=SETTINGS + EXPLORE)
        two_ideas(root)
        days = ("2027-01-12", "2027-01-19", "2027-01-26")
        choices.append([explored(root, today=day)["choice"] for day in days])

    assert choices[0] == choices[1]


def test_again_draws_something_else_and_undo_takes_it_back(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    two_ideas(tmp_path)
    first = explored(tmp_path)["choice"]
    second = explored(tmp_path, "--again")["choice"]
    said(run(tmp_path, "undo", today="2027-01-12"))

    assert second != first
    assert explored(tmp_path)["choice"] == first


def test_one_may_choose(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    two_ideas(tmp_path)
    found = explored(tmp_path, "two")

    assert found["choice"]["id"] == "two-critics"
    assert found["drawn"] == "chosen"
    assert "chosen by you" in said(run(tmp_path, "explore", today="2027-01-13"))


def test_works_share_no_topic_with_what_is_studied(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    said(run(tmp_path, "plan"))
    found = explored(tmp_path)

    assert found["choice"]["kind"] == "work"
    assert found["choice"]["id"] not in ("sums", "attention", "counting")
    assert found["distance"] == {"shared_topics": [], "studied_topics": ["subtraction"]}
    assert found["times"] == [{"start": "2027-01-15T18:00:00Z", "end": "2027-01-15T20:00:00Z"}]


def test_a_work_that_became_a_goal_is_named_as_one(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    said(run(tmp_path, "explore", "gan-2014", today="2027-01-12"))
    workspace(tmp_path, settings=SETTINGS.replace("- counting", "- gan-2014") + EXPLORE)

    assert "among your goals" in said(run(tmp_path, "explore", today="2027-01-12"))


def test_what_came_of_it_is_in_the_history_of_the_idea(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    two_ideas(tmp_path)
    file = tmp_path / "ideas/one-critic.yaml"
    before = file.read_bytes()
    words = ("one-critic", "3h", "--outcome", "promising", "--note", "it works")
    said(run(tmp_path, "explored", *words, today="2027-01-12"))
    text = file.read_text()

    assert '{on: 2027-01-12, did: tried, why: "it works", outcome: promising}' in text
    assert explored(tmp_path)["outcomes"] == {"nothing": 0, "promising": 1, "adopted": 0}
    said(run(tmp_path, "undo", "2", today="2027-01-12"))
    assert file.read_bytes() == before


def test_its_time_is_outside_the_balance(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + EXPLORE)
    said(run(tmp_path, "plan"))
    said(run(tmp_path, "log", "counting/read", "1h", today="2027-01-05"))
    said(run(tmp_path, "explored", "gan-2014", "90m", "--on", "2027-01-08", today="2027-01-10"))
    found = json.loads(said(run(tmp_path, "time", "--json", today="2027-01-10")))

    assert found["exploration"]["planned"] == 120
    assert found["exploration"]["real"] == 90
    assert found["exploration"]["missed"] == 30
    assert found["total"]["real"] == 60
    assert [one["work"] for one in found["works"]] == ["counting"]
    assert explored(tmp_path, today="2027-01-10")["real_share"] == 0.6


def test_wrong_words_are_answered(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS)

    assert "no syllabus defines 'nonsense'" in run(tmp_path, "explore", "nonsense").stderr
    assert "is not a duration" in run(tmp_path, "explored", "gan-2014", "3x").stderr
    assert run(tmp_path, "explore", "gan-2014", "--again").exit_code == 2
    assert "No time is kept for it" in said(run(tmp_path, "explore"))
