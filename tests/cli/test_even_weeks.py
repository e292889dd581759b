"""What the plan says of the balance of its weeks, and the setting behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspaces import run, workspace

NOVEL = "kind: textbook\ntitle: A Long Novel\nchapters:\n" + "".join(
    f"  - {{id: {number}, title: Chapter {number}, effort: 2h}}\n" for number in range(1, 11)
)
SETTINGS = """\
goals: [novel, sums, attention]
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00}
"""


def novel_first(root: Path, balance: str = "") -> Path:
    """Lay out a workspace whose first goal is a book that no paper needs."""
    laid_out = workspace(root, settings=SETTINGS + balance)
    (laid_out / "syllabi/textbooks/novel.yaml").write_text(NOVEL, encoding="utf-8")
    return laid_out


def test_a_plan_says_what_evener_weeks_cost_the_first_goal(tmp_path: Path) -> None:
    shown = run(novel_first(tmp_path), "plan").stdout

    assert "novel ends 9 days later than with 'order: goals'\n" in shown
    assert "is all these goals allow;" in shown


def test_a_full_plan_says_how_even_its_weeks_are_and_could_be(tmp_path: Path) -> None:
    shown = " ".join(run(novel_first(tmp_path), "plan", "--all").stdout.split())

    assert (
        "% of the time goes to a track beyond its share of the week; with these goals it" in shown
    )
    assert "what the other track waits for is studied early: in the order of the goals it" in shown


def test_the_json_of_a_plan_has_the_minutes_behind_it(tmp_path: Path) -> None:
    found = json.loads(run(novel_first(tmp_path), "plan", "--json", "--dry-run").stdout)["evenness"]

    assert found["first_goal"] == "novel"
    assert found["least"] <= found["beyond"] < found["by_goals"]
    assert (found["lacking"], found["missing"]) == ("papers", 19 * 60)


def test_the_order_of_the_goals_is_a_setting(tmp_path: Path) -> None:
    root = novel_first(tmp_path, "balance: {order: goals}\n")
    found = json.loads(run(root, "plan", "--json").stdout)

    assert found["sessions"][0]["pieces"][0]["unit"] == "novel/1"
    assert found["evenness"]["beyond"] == found["evenness"]["by_goals"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "balance: {order: goals}\n"), ("balance: {order: goals}\n", "")],
    ids=["to the order of the goals", "and back"],
)
def test_another_order_plans_anew_what_was_published(
    tmp_path: Path, before: str, after: str
) -> None:
    """What was published in the other order guides no plan: it is that of whoever began with this one."""
    moves = "freeze: 0m\n"
    begun = novel_first(tmp_path / "a", moves + after)
    switched = novel_first(tmp_path / "b", moves + before)
    for root in (begun, switched):
        assert run(root, "plan").exit_code == 0
    (switched / "syllabi/curriculum.yaml").write_text(SETTINGS + moves + after, encoding="utf-8")
    plans = [json.loads(run(root, "plan", "--json").stdout) for root in (begun, switched)]

    first, second = (
        [(one["start"], one["track"], one["pieces"]) for one in plan["sessions"]] for plan in plans
    )
    assert first == second
    # Planned once more, it stays.
    again = json.loads(run(switched, "plan", "--json").stdout)
    assert again["sessions"] == plans[1]["sessions"]
