"""The sitting for the review: planned, published, and used to say when a review is due."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.workspaces import SETTINGS, run, said, workspace

REVIEW = "review: {every: 1w, on: fri 19:30, takes: 45m}\n"


def feed(root: Path) -> str:
    text = (root / "calendars/review.ics").read_bytes().decode()
    return text.replace("\r\n ", "").replace("\r\n", "\n")


def test_no_session_takes_the_time_of_the_review(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    plan = json.loads(said(run(tmp_path, "plan", "--dry-run", "--json")))
    fridays = [one for one in plan["sessions"] if one["start"].startswith("2027-01-08")]

    assert fridays
    for one in fridays:
        assert one["end"] <= "2027-01-08T18:30:00Z" or one["start"] >= "2027-01-08T19:15:00Z"
    assert plan["taken_by_habits"] >= 45


def test_the_review_has_a_feed_and_a_category_of_its_own(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    said(run(tmp_path, "plan"))
    first = feed(tmp_path)
    said(run(tmp_path, "plan"))

    assert feed(tmp_path) == first
    assert "CATEGORIES:review\n" in first
    assert "DTSTART:20270108T183000Z\n" in first
    assert not (tmp_path / "calendars/habits.ics").exists()


def test_a_review_that_moves_keeps_its_uids(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    said(run(tmp_path, "plan"))
    before = re.findall("UID:(.+)", feed(tmp_path))
    workspace(tmp_path, settings=SETTINGS + REVIEW.replace("19:30", "18:00"))
    said(run(tmp_path, "plan"))
    after = re.findall("UID:(.+)", feed(tmp_path))

    assert after[:1] == before[:1] != []
    assert "SEQUENCE:1\n" in feed(tmp_path)


def test_a_lost_ledger_is_made_again_from_the_feeds(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    said(run(tmp_path, "plan"))
    before = re.findall("UID:(.+)", feed(tmp_path))
    (tmp_path / "calendars/ledger.json").unlink()
    said(run(tmp_path, "plan"))

    assert re.findall("UID:(.+)", feed(tmp_path)) == before


def test_today_and_week_show_it(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    said(run(tmp_path, "plan"))
    week = json.loads(said(run(tmp_path, "week", "--json")))

    assert "  19:30-20:15  review\n" in said(run(tmp_path, "today", today="2027-01-08"))
    assert week["review"] == [{"start": "2027-01-08T18:30:00Z", "end": "2027-01-08T19:15:00Z"}]
    assert week["habits"] == []


def test_a_review_is_due_as_often_as_the_settings_say(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    said(run(tmp_path, "note", "finding: clip 0.1 is enough"))
    due = {
        day: json.loads(said(run(tmp_path, "today", "--json", today=day)))["waiting"]["review_due"]
        for day in ("2027-01-09", "2027-01-10")
    }

    assert due == {"2027-01-09": None, "2027-01-10": "2027-01-10"}


def test_after_seven_weeks_away_one_review_is_about_all_of_them(tmp_path: Path) -> None:
    """It is said once that a review is due, not once for each week, and nobody is reproached."""
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    said(run(tmp_path, "note", "finding: clip 0.1 is enough"))
    said(run(tmp_path, "review", "--of", "2027-01-04..2027-01-10", today="2027-01-10"))
    back = "2027-02-28"
    shown = said(run(tmp_path, "today", today=back))
    said(run(tmp_path, "review", today=back))
    found = sorted((tmp_path / "notebook/reviews").iterdir())

    assert shown.count("review is due") == 1
    assert "overdue" not in shown
    assert [one.name for one in found] == ["2027-W01.md", "2027-W08.md"]
    assert "from: 2027-01-11\nto: 2027-02-28\n" in found[1].read_text()


def test_each_of_the_weeks_away_may_have_its_own_review(tmp_path: Path) -> None:
    workspace(tmp_path, settings=SETTINGS + REVIEW)
    for week in ("2027-W01", "2027-W02", "2027-W03"):
        said(run(tmp_path, "review", "--of", week, today="2027-02-28"))

    assert len(list((tmp_path / "notebook/reviews").iterdir())) == 3
    assert "A review is due" in said(run(tmp_path, "today", today="2027-02-28"))
