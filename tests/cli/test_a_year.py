"""A year of a person's life, planned anew every morning: nothing promised is broken, and no calendar shows it wrong."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from curriculum.disk.journal import read_facts
from curriculum.model.plan import instant
from curriculum.services.snapshot import Snapshot
from curriculum.services.syllabi import SyllabusParser
from tests.years import FIRST, Person, book, desk_on, paper, plan_on

SETTINGS = """\
title: A year
timezone: Europe/Berlin
availability: {mon-fri: 19:00-21:00, sat: 10:00-13:00}
load: 90%
catch_up: 1h per week
goals: [first, second, essay, method, {work: sequel, by: 2027-12-15}]
"""
BUSY = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//choir//EN
BEGIN:VEVENT
UID:choir
DTSTAMP:20270101T000000Z
DTSTART;TZID=Europe/Berlin:20270504T193000
DTEND;TZID=Europe/Berlin:20270504T210000
RRULE:FREQ=WEEKLY
END:VEVENT
END:VCALENDAR
"""


def settle(root: Path) -> None:
    """Lay out the workspace of the first day."""
    files = {
        "syllabi/curriculum.yaml": SETTINGS,
        "syllabi/textbooks/first.yaml": book("First", 12, 40),
        "syllabi/textbooks/second.yaml": book("Second", 14, 50),
        "syllabi/papers/essay.yaml": paper("Essay", "", 2),
        "syllabi/papers/method.yaml": paper("Method", "first/4", 9),
        "syllabi/papers/sequel.yaml": paper("Sequel", "method, second/3", 8),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@dataclass
class Client:
    """A calendar program that keys by UID, takes what has a higher SEQUENCE, and drops what a feed no longer holds."""

    shown: dict[str, tuple[int, str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def subscribe(self, folder: Path) -> None:
        """Read the feeds again, and fail where a program would show something else than they say."""
        found: dict[str, tuple[int, str]] = {}
        for path in sorted(folder.glob("*.ics")):
            text = path.read_bytes().decode().replace("\r\n ", "")
            for event in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
                uid, sequence = _value(event, "UID"), int(_value(event, "SEQUENCE"))
                assert uid not in found, f"{uid} comes twice"
                assert uid not in self.gone, f"{uid} came back"
                found[uid] = (sequence, event)
        for uid, (sequence, event) in found.items():
            known = self.shown.get(uid)
            assert known is None or known == (sequence, event) or known[0] < sequence, (
                f"{uid} would stay stale"
            )
        self.gone |= self.shown.keys() - found.keys()
        self.shown = found


def _value(event: str, name: str) -> str:
    match = re.search(rf"^{name}:(.*?)\r$", event, re.MULTILINE)
    assert match is not None
    return match[1]


def events_of_life(day: date, root: Path) -> bool:
    """Change the files as a person would in the course of the year; say whether anything changed."""
    if day == date(2027, 5, 3):
        (root / "calendars/busy").mkdir(parents=True, exist_ok=True)
        (root / "calendars/busy/choir.ics").write_text(BUSY, encoding="utf-8", newline="\r\n")
    elif day == date(2027, 6, 7):
        (root / "syllabi/textbooks/second.yaml").write_text(
            book("Second, revised", 15, 45), encoding="utf-8"
        )
    elif day == date(2027, 9, 6):
        (root / "syllabi/papers/late.yaml").write_text(
            paper("A late idea", "essay", 5), encoding="utf-8"
        )
        text = (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8")
        (root / "syllabi/curriculum.yaml").write_text(
            text.replace("essay, ", "essay, late, "), encoding="utf-8"
        )
    else:
        return False
    return True


@pytest.mark.parametrize("seed", [1])
def test_a_year_planned_anew_every_morning(tmp_path: Path, seed: int) -> None:
    settle(tmp_path)
    person, client = Person(tmp_path, random.Random(seed)), Client()
    over: dict[str, tuple[str, str, str]] = {}
    parser = SyllabusParser()
    for number in range(365):
        day = FIRST + timedelta(days=number)
        events_of_life(day, tmp_path)
        planned = plan_on(day, parser, tmp_path)
        client.subscribe(tmp_path / "calendars")
        for uid, told in over.items():
            assert _told(client.shown[uid][1]) == told, (
                f"the past session {uid} was rewritten on {day}"
            )
        today = planned.plan.start + 1440
        sessions = tuple(one for one in planned.plan.sessions if one.start < today)
        efforts = {placed.unit: placed.effort for placed in planned.plan.units}
        person.live(day, sessions, efforts)
        over |= {
            uid: _told(event)
            for uid, (_, event) in client.shown.items()
            if "DTSTART:" in event and _value(event, "DTEND") <= f"{instant(today):%Y%m%dT%H%M%SZ}"
        }

    assert len(read_facts(tmp_path / "journal.db")) == person.recorded
    assert len(over) > 300
    assert len(Snapshot(desk_on(day, tmp_path)).progress.finished) > 30


def _told(event: str) -> tuple[str, str, str]:
    return _value(event, "DTSTART"), _value(event, "DTEND"), _value(event, "SUMMARY")
