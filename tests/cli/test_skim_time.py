"""Time for papers that come in: planned, published, counted for the papers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from tests.workspaces import SETTINGS, run, said, workspace

SKIM = "skim: {takes: 45m, per: week, on: fri}\n"
EVEN = """\
title: Even
goals: [book, essay]
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: '19:00-21:00'}
session: {break: 0m}
skim: {takes: 1h, per: week}
"""


def _plan(root: Path) -> Any:  # Any: JSON
    return json.loads(said(run(root, "plan", "--dry-run", "--json")))


def test_a_sitting_a_week_is_kept_and_published(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + SKIM)
    said(run(tmp_path, "plan"))
    feed = (tmp_path / "calendars/skim.ics").read_bytes()
    assert b"UID:skim-20270108." in feed
    assert b"CATEGORIES:skim" in feed
    said(run(tmp_path, "plan"))
    assert (tmp_path / "calendars/skim.ics").read_bytes() == feed
    (sitting,) = json.loads(said(run(tmp_path, "today", "--json", today="2027-01-08")))["skim"]
    for one in _plan(tmp_path)["sessions"]:
        assert one["end"] <= sitting["start"] or sitting["end"] <= one["start"]


def test_skimming_counts_for_the_share_of_the_papers(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=EVEN)
    units = "".join(f"  - {{id: s{n}, title: Part {n}, effort: 2h}}\n" for n in range(1, 11))
    book = f"kind: textbook\ntitle: A Book\nchapters:\n{units}"
    (root / "syllabi/textbooks/book.yaml").write_text(book)
    essay = f"kind: paper\ntitle: An Essay\nsteps:\n{units}"
    (root / "syllabi/papers/essay.yaml").write_text(essay)
    plan = _plan(root)
    weeks: dict[int, Counter[str]] = defaultdict(Counter)
    for session in plan["sessions"]:
        week = date.fromisoformat(session["start"][:10]).isocalendar().week
        weeks[week][session["track"]] += sum(one["minutes"] for one in session["pieces"])
    assert [weeks[week] for week in (1, 2, 3, 4)] == [{"textbooks": 300, "papers": 240}] * 4
    assert plan["skimming"] >= 4 * 60


def test_time_that_was_counted_is_study_of_the_papers(tmp_path: Path) -> None:
    workspace(tmp_path)
    (tmp_path / "ids.txt").write_text("2701.00001 A title\n")
    said(run(tmp_path, "skim", "import", str(tmp_path / "ids.txt")))
    said(run(tmp_path, "skim", "mark", "2701.00001", "watch", "--count", "20m"))
    tracks = json.loads(said(run(tmp_path, "time", "--json")))["tracks"]
    assert tracks["papers"]["real"] == 20


def test_a_watched_paper_may_be_explored_and_the_review_names_it(tmp_path: Path) -> None:
    workspace(tmp_path)
    (tmp_path / "ids.txt").write_text("2701.00001 A title\n2701.00002 Another\n")
    said(run(tmp_path, "skim", "import", str(tmp_path / "ids.txt")))
    assert "2 unread papers came in" in said(run(tmp_path, "today"))
    said(run(tmp_path, "skim", "mark", "2701.00001", "watch", "--doubt", "one seed"))
    found = json.loads(said(run(tmp_path, "explore", "2701.00001", "--json")))
    assert found["choice"] == {"kind": "skim", "id": "arxiv:2701.00001", "title": "A title"}
    assert found["candidates"]["skim"] == 1
    said(run(tmp_path, "review"))
    (review,) = (tmp_path / "notebook/reviews").glob("*.md")
    text = review.read_text()
    assert "- watch: A title (arxiv:2701.00001) - doubt: one seed\n- 1 paper unread" in text


def test_where_papers_wait_for_a_textbook_what_came_in_is_offered(tmp_path: Path) -> None:
    late = "goals: [sums, attention]\nstart: 2027-01-04\ntimezone: Europe/Berlin\n"
    workspace(tmp_path, settings=f"{late}availability: {{mon-fri: '19:00-20:00'}}\n")
    (tmp_path / "ids.txt").write_text("2701.00001 A title\n2701.00002 Another\n")
    said(run(tmp_path, "skim", "import", str(tmp_path / "ids.txt")))
    said(run(tmp_path, "idea", "One critic for all tasks"))
    offered = "'curriculum skim' shows 2 unread papers, and 'curriculum ideas' lists 1 idea"
    shown = " ".join(said(run(tmp_path, "plan", "--dry-run")).split())
    assert f"To fill their share: {offered}." in shown
    idle = _plan(tmp_path)["idle"]
    assert [(one["unread_papers"], one["ideas"]) for one in idle if one["track"] == "papers"] == [
        (2, 1)
    ]
