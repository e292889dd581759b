"""Goals that say what they are worth and why: their order, and where that is told."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import run, said, workspace


def test_value_and_reason_are_told_where_goals_are_shown(tmp_path: Path) -> None:
    goals = "goals:\n  - counting\n  - {work: attention, value: 2.5, why: I will teach it}\n"
    root = workspace(tmp_path, settings=f"{goals}availability: {{mon-fri: 19:00-21:00}}\n")

    for command in (("plan", "--dry-run", "--all"), ("status",)):
        text = said(run(root, *command))
        assert "value" in text
        assert "2.5" in text
        assert "attention: I will teach it" in text
    plan = json.loads(run(root, "plan", "--dry-run", "--json").stdout)
    told = [(one["goal"], one["value"], one["why"]) for one in plan["goals"]]
    assert told == [("counting", 1, None), ("attention", 2.5, "I will teach it")]

    why = run(root, "why", "attention/read").stdout
    assert "It is for the goal attention (value 2.5): I will teach it\n" in why
    assert "The goals are in the order of their value for the time they take: " in why
    found = json.loads(run(root, "why", "attention/read", "--json").stdout)
    assert found["goal"] == {"goal": "attention", "value": 2.5, "why": "I will teach it"}
    assert sorted(found["goals_by_value"]) == ["attention", "counting"]


def test_nothing_is_told_where_no_goal_says_anything(tmp_path: Path) -> None:
    root = workspace(tmp_path)

    assert "value" not in said(run(root, "plan", "--dry-run", "--all"))
    assert "goal" not in run(root, "why", "attention/read").stdout
    found = json.loads(run(root, "why", "attention/read", "--json").stdout)
    assert found["goals_by_value"] == []


def test_calendars_and_the_report_say_why_a_goal_is_one(tmp_path: Path) -> None:
    goals = (
        "goals:\n  - counting\n  - {work: attention, by: 2027-03-31, value: 2.5, why: I teach it}\n"
    )
    root = workspace(tmp_path, settings=f"{goals}availability: {{mon-fri: 19:00-21:00}}\n")
    said(run(root, "plan"))

    assert "Why: I teach it" in (root / "calendars/deadlines.ics").read_text().replace("\n ", "")
    assert "; value 2.5: I teach it\n" in said(run(root, "report", "--text"))
    said(run(root, "report", "--output", str(root / "report.html")))
    page = (root / "report.html").read_text()
    assert "; value 2.5: I teach it</bdi>" in page
