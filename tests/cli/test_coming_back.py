"""Who was away for five weeks finds a screen that can be read, and not a word of blame."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

from tests.workspaces import SETTINGS, run, said, workspace

SCREEN = 24
BLAME = re.compile(r"\b(fail|failed|lazy|forgot|forgotten|neglect|shame|should have|only)\b", re.I)
FIRST = date(2027, 1, 4)
AWAY = timedelta(weeks=5)
IDEAS = 8


def _lived(root: Path, monday: date) -> None:
    """Live for a week: notes, steps to come, study."""
    for number in range(4):
        day = str(monday + timedelta(days=number))
        said(run(root, "note", f"finding: sums add up on {day}", today=day))
        said(run(root, "note", f"next: look at {day}", today=day))
    said(run(root, "log", "sums/1", "10m", today=str(monday)))


def _came_back(root: Path, day: date) -> None:
    today = str(day)
    said(run(root, "plan", today=today))
    shown = said(run(root, "today", today=today))
    assert len(shown.splitlines()) <= SCREEN
    assert not BLAME.search(shown)
    due = json.loads(said(run(root, "ideas", "--due", "--json", today=today)))
    assert len(due) == 5
    made = said(run(root, "review", today=today))
    assert len(made.splitlines()) == 1
    file = root / made.removeprefix("wrote: ").strip()
    review = file.read_text(encoding="utf-8")
    assert not BLAME.search(review)
    assert review.endswith("## Next steps\n- next: \n")
    again = said(run(root, "review", today=today))
    assert again == made.replace("wrote", "review")
    assert file.read_text(encoding="utf-8") == review
    days = re.findall(r"^(?:from|to): (\S+)$", review, re.MULTILINE)
    table = said(run(root, "time", "--of", "..".join(days), "--md", today=today))
    assert table in review


def test_after_five_weeks_away_twice_all_is_found_on_one_screen(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS.replace(", by: 2027-03-31", ""))
    said(run(root, "plan"))
    for number in range(IDEAS):
        said(run(root, "idea", f"idea {number}"))
    day = FIRST
    for _ in range(2):
        _lived(root, day)
        day += AWAY
        _came_back(root, day)
    every = json.loads(said(run(root, "followups", "--all", "--json", today=str(day))))
    assert [one["state"] for one in every] == ["open"] * 8
    assert len({one["id"] for one in every}) == 8
    assert [one["carried"] for one in every] == [2] * 4 + [1] * 4
    states = [one["state"] for one in json.loads(said(run(root, "ideas", "--json")))]
    assert len(states) == IDEAS
