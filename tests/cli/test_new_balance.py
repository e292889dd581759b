"""A new balance holds from the day on which it is planned with."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.workspaces import run
from tests.years import book, paper

SETTINGS = """\
title: Half and half
goals: [maths, vision]
start: 2027-01-04
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00}
freeze: 0m
"""


def settled(root: Path) -> None:
    """Lay out a long book and a long paper that do not wait for each other."""
    files = {
        "curriculum.yaml": SETTINGS,
        "textbooks/maths.yaml": book("Maths", 20, 40),
        "papers/vision.yaml": paper("Vision", "", 20),
    }
    for name, text in files.items():
        path = root / "syllabi" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def change_balance(root: Path, balance: str) -> None:
    """Write another balance into the settings."""
    path = root / "syllabi/curriculum.yaml"
    path.write_text(f"{SETTINGS}balance: {balance}\n", encoding="utf-8")


def weekly(root: Path, today: str) -> list[Counter[str]]:
    """Return the minutes of each track in the four weeks that follow a Monday, as it is planned."""
    weeks: list[Counter[str]] = [Counter() for _ in range(4)]
    for session in json.loads(run(root, "plan", "--json", today=today).stdout)["sessions"]:
        start = datetime.fromisoformat(session["start"])
        week = (start.date() - date.fromisoformat(today)) // timedelta(weeks=1)
        if week < 4:
            length = datetime.fromisoformat(session["end"]) - start
            weeks[week][session["track"]] += length // timedelta(minutes=1)
    return weeks


def test_a_new_balance_holds_from_now_on(tmp_path: Path) -> None:
    """After six weeks of halves, 30:70 left two weeks without textbooks to make good for all of them."""
    settled(tmp_path)
    assert run(tmp_path, "plan").exit_code == 0
    assert run(tmp_path, "done", today="2027-02-15").exit_code == 0
    assert run(tmp_path, "plan", today="2027-02-15").exit_code == 0

    change_balance(tmp_path, "{textbooks: 30, papers: 70}")

    # A track is ahead or behind by one session of 55 min at most, at either end of any span (P4).
    most = 2 * 55
    for _ in range(2):
        weeks = weekly(tmp_path, "2027-02-15")
        for span in (*weeks, sum(weeks, Counter())):
            assert abs(span["textbooks"] - 0.3 * span.total()) <= most
        assert min(week["textbooks"] for week in weeks) >= 110


def test_what_a_track_is_owed_outlives_a_new_balance(tmp_path: Path) -> None:
    """Papers alone for five hours: the textbooks are owed half of that, whatever the balance is."""
    settled(tmp_path)
    run(tmp_path, "plan")
    run(tmp_path, "log", "vision/s1", "4h", "--on", "2027-01-04", today="2027-01-05")
    run(tmp_path, "log", "vision/s2", "1h", "--on", "2027-01-04", today="2027-01-05")
    run(tmp_path, "plan", today="2027-01-05")

    change_balance(tmp_path, "{textbooks: 80, papers: 20}")
    run(tmp_path, "plan", today="2027-01-11")

    (first, *_) = weekly(tmp_path, "2027-01-11")
    assert first["textbooks"] >= 0.8 * first.total()


def test_a_ledger_remembers_the_balances_it_was_planned_with(tmp_path: Path) -> None:
    settled(tmp_path)
    ledger = tmp_path / "calendars/ledger.json"

    def balances() -> list[str]:
        found: dict[str, str] = json.loads(ledger.read_text(encoding="utf-8"))["balances"]
        return list(found.values())

    run(tmp_path, "plan")
    assert balances() == ["1/2"]
    change_balance(tmp_path, "{textbooks: 1, papers: 3}")
    run(tmp_path, "plan", "--dry-run", today="2027-01-05")
    assert balances() == ["1/2"]
    run(tmp_path, "plan", today="2027-01-05")
    run(tmp_path, "plan", today="2027-01-06")
    assert balances() == ["1/2", "1/4"]


def test_a_ledger_without_balances_takes_all_the_past_as_the_balance_of_now(tmp_path: Path) -> None:
    settled(tmp_path)
    run(tmp_path, "plan")
    ledger = tmp_path / "calendars/ledger.json"
    found = json.loads(ledger.read_text(encoding="utf-8"))
    del found["balances"]
    ledger.write_text(json.dumps(found), encoding="utf-8")

    change_balance(tmp_path, "{textbooks: 1, papers: 3}")
    assert run(tmp_path, "plan", today="2027-01-05").exit_code == 0

    assert json.loads(ledger.read_text(encoding="utf-8"))["balances"] == {"0": "1/4"}


def test_a_ledger_with_a_share_that_is_none_is_damaged(tmp_path: Path) -> None:
    settled(tmp_path)
    run(tmp_path, "plan")
    ledger = tmp_path / "calendars/ledger.json"
    text = ledger.read_text(encoding="utf-8")
    for share in ("1/0", "3/2", "half"):
        ledger.write_text(text.replace('"1/2"', f'"{share}"'), encoding="utf-8")

        result = run(tmp_path, "plan", today="2027-01-05")

        assert (result.exit_code, result.stdout) == (1, "")
        assert "'ledger.json' beside the calendars cannot be read" in result.stderr
