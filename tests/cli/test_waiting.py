"""`today` ends with at most three short lines on what waits."""

from __future__ import annotations

import json
from pathlib import Path

from tests.workspaces import run, said, workspace


def test_nothing_waits_where_nothing_was_noted(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    shown = json.loads(said(run(root, "today", "--json")))
    assert shown["waiting"] == {
        "followups": None,
        "ideas": [],
        "predictions": [],
        "review_due": None,
        "unread_papers": 0,
    }
    assert "Follow-ups" not in said(run(root, "today"))


def test_follow_ups_ideas_and_a_review_wait_in_three_lines(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    said(run(root, "plan"))
    said(run(root, "note", "next: rerun it", "--at", "9:40"))
    said(run(root, "note", "next: write it up", "--at", "9:50"))
    for title in ("one critic", "two critics", "three critics"):
        said(run(root, "idea", title, "--look", "1w"))
    assert said(run(root, "today")).endswith("\n\nFollow-ups: 2 are open, since 4 Jan: rerun it\n")
    later = said(run(root, "today", today="2027-01-18"))
    assert later.endswith(
        "\n\nFollow-ups: 2 are open, since 4 Jan: rerun it\n"
        "Ideas that came back: one-critic, three-critics and 1 more\n"
        "A review is due since 17 Jan; 'curriculum review' writes it.\n"
    )
    said(run(root, "review", "--of", "2027-01-04..2027-01-18", today="2027-01-18"))
    assert "A review is due" not in said(run(root, "today", today="2027-01-18"))
    assert "Follow-ups" not in said(run(root, "today", "--on", "2027-01-04", today="2027-01-18"))
