"""Ideas wait on the back burner and come back by date, or when what they require is learned."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.workspaces import SETTINGS, run, said, workspace

ONE = "ideas/one-critic-for-all-tasks.yaml"


def _ideas(root: Path, *options: str, today: str) -> list[dict[str, Any]]:  # Any: JSON
    found: list[dict[str, Any]] = json.loads(
        said(run(root, "ideas", *options, "--json", today=today))
    )
    return found


def test_an_idea_comes_back_on_its_day(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "idea", "One critic for all tasks", "--look", "2w", "--upside", "10x"))
    assert (root / ONE).read_text(encoding="utf-8") == (
        'title: "One critic for all tasks"\nsince: 2027-01-04\nlook: 2027-01-18\nupside: "10x"\n'
    )
    assert not _ideas(root, "--due", today="2027-01-17")
    assert "its day has come; upside: 10x" in said(run(root, "ideas", "--due", today="2027-01-18"))


def test_an_idea_comes_back_when_what_it_requires_is_learned(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(
        run(root, "idea", "subtract", "gradients", "--requires", "sums/2", "--requires", "counting")
    )
    said(run(root, "done", "sums/2", today="2027-01-05"))
    assert not _ideas(root, "--due", today="2027-06-01")
    said(run(root, "done", "counting", today="2027-01-07"))
    (idea,) = _ideas(root, "--due", today="2027-01-08")
    assert (idea["due_since"], idea["learned"]) == ("2027-01-07", True)


def test_what_was_decided_is_kept_and_an_idea_that_was_kept_rests(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "idea", "subtract gradients", "--requires", "sums/2"))
    said(run(root, "done", "sums/2", today="2027-01-05"))
    kept = run(
        root, "idea", "keep", "sub", "--look", "2027-03-01", "--why", "x: y", today="2027-01-06"
    )
    said(kept)
    assert not _ideas(root, "--due", today="2027-02-28")
    (idea,) = _ideas(root, "--due", today="2027-03-01")
    assert idea["history"] == [
        {
            "on": "2027-01-06",
            "did": "kept",
            "why": "x: y",
            "look": "2027-03-01",
            "outcome": None,
        }
    ]
    said(run(root, "idea", "drop", "sub", "--why", "no", today="2027-03-01"))
    assert not _ideas(root, "--due", today="2028-01-01")
    assert "was dropped on 2027-03-01" in run(root, "idea", "keep", "sub").stderr
    assert "dropped on 2027-03-01: no" in said(run(root, "ideas", "--all"))


def test_an_idea_becomes_a_goal(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "idea", "subtract gradients", "--requires", "sums/2"))
    before = (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8")
    goal = '  - {work: sums/2, why: "subtract gradients"}\n'
    assert goal in said(run(root, "idea", "adopt", "subtract"))
    assert (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8") == before
    said(run(root, "idea", "adopt", "subtract", "--write"))
    after = (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8")
    assert after == before.replace("  - counting\n", f"  - counting\n{goal}")
    said(run(root, "undo"))
    assert (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8") == before
    assert _ideas(root, today="2027-01-04")[0]["history"] == []


@pytest.mark.parametrize(
    ("goals", "after"),
    [
        ("goals: [counting]  # mine\n", 'goals: [counting, {work: sums, why: "t"}]  # mine\n'),
        ("goals: []\n", 'goals: [{work: sums, why: "t"}]\n'),
        (
            "goals:\n- counting\n- work: attention\n  by: 2027-05-01\nload: 90%\n",
            'goals:\n- counting\n- work: attention\n  by: 2027-05-01\n- {work: sums, why: "t"}\nload: 90%\n',
        ),
    ],
)
def test_a_goal_is_added_to_lists_of_any_shape(tmp_path: Path, goals: str, after: str) -> None:
    root = workspace(tmp_path, settings=goals)
    said(run(root, "idea", "t", "--requires", "sums"))
    said(run(root, "idea", "adopt", "t", "--write"))
    assert (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8") == after


def test_works_that_were_goals_unnamed_stay_goals(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings="title: Sums\n")
    said(run(root, "idea", "t", "--requires", "sums"))
    said(run(root, "idea", "adopt", "t", "--write"))
    assert (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8") == (
        'title: Sums\ngoals:\n  - attention\n  - counting\n  - sums\n  - {work: sums, why: "t"}\n'
    )


def test_a_follow_up_is_parked_as_an_idea(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "note", "next: try RMSProp", "--at", "9:40"))
    (one,) = json.loads(said(run(root, "followups", "--json")))
    said(run(root, "followup", "park", one["id"], "--look", "2w"))
    (idea,) = _ideas(root, today="2027-01-04")
    assert (idea["title"], idea["look"], idea["from"]) == (
        "try RMSProp",
        "2027-01-18",
        "notebook/2027/2027-01-04.md",
    )
    entry = (root / "notebook/2027/2027-01-04.md").read_text(encoding="utf-8")
    assert "  parked: 2027-01-04, ideas/try-rmsprop.yaml\n" in entry
    said(run(root, "undo"))
    assert not (root / "ideas/try-rmsprop.yaml").exists()


def test_what_is_wrong_with_an_idea_is_checked_where_it_stands(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "ideas").mkdir()
    (root / "ideas/a.yaml").write_text("titel: A\nsince: 2027-01-04\n", encoding="utf-8")
    (root / "ideas/b.yaml").write_text(
        "title: B\nsince: 2027-01-04\nrequires: [sum/2]\nx-mine: 1\n", encoding="utf-8"
    )
    checked = run(root, "check")
    assert checked.exit_code == 1
    assert "ideas/a.yaml:1:1: unknown-key" in checked.stderr
    assert "ideas/b.yaml:3:12: " in checked.stderr
    assert "titel: A" in checked.stderr
    assert "has a problem" in said(run(root, "ideas"))


def test_a_history_on_one_line_is_left_to_the_person(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "ideas").mkdir()
    text = "title: A\nsince: 2027-01-04\nhistory: [{on: 2027-01-04, did: kept}]\n"
    (root / "ideas/a.yaml").write_text(text, encoding="utf-8")
    refused = run(root, "idea", "drop", "a", "--why", "no")
    assert refused.exit_code == 1
    assert "add this below it by hand: - {on: 2027-01-04, did: dropped" in refused.stderr
    assert (root / "ideas/a.yaml").read_text(encoding="utf-8") == text


def test_what_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS)
    assert "is not still to come" in run(root, "idea", "x", "--look", "2027-01-04").stderr
    assert run(root, "idea", "x", "--requires", "nothing").exit_code == 2
    assert "no idea is called 'zzz'" in run(root, "idea", "keep", "zzz").stderr
    assert not (root / "ideas").exists()


def test_an_idea_rests_twice_as_long_each_time_it_is_kept(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    today = date(2027, 1, 4)
    said(run(root, "idea", "t", today=str(today)))
    rests = []
    for _ in range(6):
        (due,) = _ideas(root, today=str(today))
        look = date.fromisoformat((due["history"] or [due])[-1]["look"])
        rests.append((look - today).days)
        assert not _ideas(root, "--due", today=str(look - timedelta(days=1)))
        today = look
        said(run(root, "idea", "keep", "t", today=str(today)))
    assert rests == [28, 56, 112, 224, 365, 365]


def test_after_a_year_away_five_ideas_are_due_at_most_and_none_is_lost(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "ideas").mkdir()
    for number in range(200):
        (root / f"ideas/i{number:03}.yaml").write_text(
            f"title: Idea {number}\nsince: 2027-01-04\n", encoding="utf-8"
        )
    due = _ideas(root, "--due", today="2028-01-10")
    assert [one["id"] for one in due] == [f"i{number:03}" for number in range(5)]
    assert "i001 and 3 more" in said(run(root, "today", today="2028-01-10"))
    states = Counter(one["state"] for one in _ideas(root, today="2028-01-10"))
    assert states == {"due": 5, "waiting": 195}


def test_an_idea_that_requires_what_nothing_defines_comes_back_by_date(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "ideas").mkdir()
    (root / "ideas/a.yaml").write_text(
        "title: A\nsince: 2027-01-04\nrequires: [gone-2020/read]\n", encoding="utf-8"
    )
    assert not _ideas(root, "--due", today="2027-01-31")
    (idea,) = _ideas(root, "--due", today="2027-02-01")
    assert (idea["due_because"], idea["missing"]) == ("date", ["gone-2020/read"])


def test_an_idea_that_was_dropped_and_is_noted_again_is_recognised(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "idea", "One critic"))
    said(run(root, "idea", "drop", "one", "--why", "too slow"))
    again = said(run(root, "idea", "one  critic", today="2027-02-01"))
    assert "an idea of this title was dropped on 2027-01-04: too slow" in again


def test_an_idea_says_from_which_follow_up_it_came(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "note", "next: try RMSProp"))
    (one,) = json.loads(said(run(root, "followups", "--json")))
    said(run(root, "idea", "RMSProp", "--from", f"^{one['id']}"))
    assert _ideas(root, today="2027-01-04")[0]["from"] == "notebook/2027/2027-01-04.md"
