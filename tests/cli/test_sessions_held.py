"""What is said of sessions that were held is recorded in full, once, and on their own day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workspaces import BOOK, SETTINGS, run, said, workspace

MON, TUE, WED, THU = (f"2027-01-0{day}" for day in range(4, 8))
HOURS = "mon-fri: 19:00-21:00"
ONE_BOOK = SETTINGS.replace("  - {work: attention, by: 2027-03-31}\n  - counting\n", "  - sums\n")


def planned(root: Path, hours: str, zone: str = "Europe/Berlin") -> Path:
    """Return a workspace with a plan of one book from Monday on."""
    text = ONE_BOOK.replace(HOURS, hours).replace("Europe/Berlin", zone)
    workspace(root, settings=f"{text}session: {{shortest: 30m, longest: 1h, break: 0m}}\n")
    said(run(root, "plan", today=MON))
    return root


def logged(root: Path) -> dict[str, int]:
    """Return the minutes that were recorded of each day, on its own clock."""
    found = json.loads(said(run(root, "log", "--list", "--json", today="2027-01-20")))
    days: dict[str, int] = {}
    for entry in found["entries"]:
        days[entry["day"]] = days.get(entry["day"], 0) + entry["minutes"]
    return {day: minutes for day, minutes in days.items() if minutes}


@pytest.mark.parametrize("first", ["17:00", "19:00"])
def test_of_two_sessions_with_one_unit_the_one_that_is_named_is_held(
    tmp_path: Path, first: str
) -> None:
    """The minutes went to the first session of the day, whichever was named."""
    root = planned(tmp_path, "mon-fri: [17:00-18:00, 19:00-20:00]")
    second = {"17:00": "19:00", "19:00": "17:00"}[first]

    said(run(root, "done", f"{MON}T{first}", today=TUE))
    assert logged(root) == {MON: 60}
    rows = json.loads(said(run(root, "today", "--on", MON, "--json", today=TUE)))["sessions"]
    assert sorted(row["state"] for row in rows) == ["done", "missed"]
    said(run(root, "done", f"{MON}T{second}", today=TUE))

    assert logged(root) == {MON: 120}


def test_a_session_beside_a_missed_one_is_not_logged_twice(tmp_path: Path) -> None:
    root = planned(tmp_path, "mon-fri: [17:00-18:00, 19:00-20:00]")

    said(run(root, "missed", f"{MON}T17:00", today=TUE))
    said(run(root, "done", f"{MON}T19:00", today=TUE))

    assert said(run(root, "done", today=TUE)) == "nothing to record: already in the journal\n"
    assert logged(root) == {MON: 60}


def test_a_session_across_midnight_belongs_to_the_evening_and_is_logged_once(
    tmp_path: Path,
) -> None:
    root = planned(tmp_path, "mon-fri: 23:30-00:30")

    said(run(root, "done", today=THU))

    assert logged(root) == {MON: 60, TUE: 60}
    assert said(run(root, "done", today=THU)) == "nothing to record: already in the journal\n"


def test_a_session_that_is_logged_after_a_move_belongs_to_the_day_before_it(
    tmp_path: Path,
) -> None:
    root = planned(tmp_path, HOURS, "America/New_York")
    settings = root / "syllabi" / "curriculum.yaml"
    settings.write_text(settings.read_text().replace("America/New_York", "Europe/Berlin"))

    said(run(root, "done", today=WED))

    assert logged(root) == {MON: 120}
    assert said(run(root, "done", today=WED)) == "nothing to record: already in the journal\n"


def test_sessions_are_logged_in_full_although_the_unit_got_shorter(tmp_path: Path) -> None:
    """An hour was lost when a syllabus was edited between studying and saying so."""
    root = planned(tmp_path, "mon-fri: 19:00-20:00")
    shorter = BOOK.replace("pages: [1, 20]", "pages: [1, 5]")
    (root / "syllabi" / "textbooks" / "sums.yaml").write_text(shorter)

    said(run(root, "done", today=WED))

    assert logged(root) == {MON: 60, TUE: 60}


def test_sessions_that_are_named_one_by_one_are_all_logged(tmp_path: Path) -> None:
    root = planned(tmp_path, "mon-fri: 19:00-20:00")
    shorter = BOOK.replace("pages: [1, 20]", "pages: [1, 5]")
    (root / "syllabi" / "textbooks" / "sums.yaml").write_text(shorter)

    said(run(root, "done", MON, today=WED))
    assert "done: sums/1" in said(run(root, "done", TUE, today=WED))

    assert logged(root) == {MON: 60, TUE: 60}


def test_a_session_that_was_missed_stays_so_after_its_unit_was_finished(tmp_path: Path) -> None:
    root = planned(tmp_path, "mon-fri: 19:00-20:00")
    said(run(root, "done", TUE, today=WED))
    said(run(root, "done", "sums", "1", today=WED))

    assert "missed:" in said(run(root, "missed", MON, today=WED))
    said(run(root, "done", "--since", MON, today=WED))

    assert logged(root) == {TUE: 60}
