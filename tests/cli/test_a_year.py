"""A year of a person's life, planned anew every morning: nothing promised is broken, and no calendar shows it wrong."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from curriculum.cli.desk import Desk
from curriculum.cli.gathering import Gathered, gather
from curriculum.cli.planning import Planned, plan_gathered, publish_plan
from curriculum.cli.progress import progress_of
from curriculum.disk.journal import read_facts, writing
from curriculum.model.journal import Fact, Kind
from curriculum.model.names import UnitId
from curriculum.model.plan import Session, instant

FIRST = date(2027, 1, 4)
SICK = [(date(2027, 2, 15), 7), (date(2027, 7, 5), 14), (date(2027, 11, 1), 4)]
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


def book(title: str, chapters: int, pages: int) -> str:
    """Return a textbook with chapters of so many pages."""
    rows = [
        f"  - {{id: {number}, title: Part {number}, pages: [{pages * (number - 1) + 1}, {pages * number}]}}"
        for number in range(1, chapters + 1)
    ]
    return f"kind: textbook\ntitle: {title}\nchapters:\n" + "\n".join(rows) + "\n"


def paper(title: str, requires: str, steps: int) -> str:
    """Return a paper that rests on something, with steps of four hours."""
    rows = [f"  - {{id: s{number}, title: Step {number}, effort: 4h}}" for number in range(1, steps + 1)]
    return f"kind: paper\ntitle: {title}\nrequires: [{requires}]\nsteps:\n" + "\n".join(rows) + "\n"


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
            assert known is None or known == (sequence, event) or known[0] < sequence, f"{uid} would stay stale"
        self.gone |= self.shown.keys() - found.keys()
        self.shown = found


def _value(event: str, name: str) -> str:
    match = re.search(rf"^{name}:(.*?)\r$", event, re.MULTILINE)
    assert match is not None
    return match[1]


@dataclass
class Person:
    """Someone who studies what is planned, at a pace of their own, and sometimes not at all."""

    root: Path
    rng: random.Random
    recorded: int = 0
    spent: Counter[UnitId] = field(default_factory=Counter)
    true: dict[UnitId, float] = field(default_factory=dict)

    def live(self, day: date, sessions: tuple[Session, ...], efforts: dict[UnitId, int]) -> None:
        """Study the sessions of a day, unless sick or busy with life."""
        if any(first <= day < first + timedelta(days=length) for first, length in SICK) or self.rng.random() < 0.1:
            return
        done = progress_of(self._desk(day)).done
        for session in sessions:
            for piece in session.pieces:
                if piece.unit not in done and self.rng.random() > 0.05:
                    self._study(piece.unit, piece.minutes, session.end, efforts)

    def _study(self, unit: UnitId, minutes: int, at: int, efforts: dict[UnitId, int]) -> None:
        true = self.true.setdefault(unit, efforts[unit] * self.rng.lognormvariate(0.1, 0.3))
        self.spent[unit] += minutes
        facts = [self._fact(Kind.STUDIED, unit, minutes, at)]
        if self.spent[unit] >= true:
            facts.append(self._fact(Kind.FINISHED, unit, None, at))
        with writing(self.root / "journal.db") as journal:
            journal.append(facts)

    def _fact(self, kind: Kind, unit: UnitId, minutes: int | None, at: int) -> Fact:
        self.recorded += 1
        name = f"{self.recorded:032x}"
        return Fact(name, name, kind, instant(at), "Europe/Berlin", unit, minutes)

    def _desk(self, day: date) -> Desk:
        return Desk(self.root, datetime.combine(day, time(), UTC), day)


def plan_on(day: date, gathered: Gathered, root: Path) -> Planned:
    """Plan and publish in the morning of a day; the plan is audited as every plan is."""
    planned = plan_gathered(replace(gathered, desk=Desk(root, datetime.combine(day, time(), UTC), day)))
    list(publish_plan(planned, root / "calendars", dry_run=False))
    return planned


def events_of_life(day: date, root: Path) -> bool:
    """Change the files as a person would in the course of the year; say whether anything changed."""
    if day == date(2027, 5, 3):
        (root / "calendars/busy").mkdir(parents=True, exist_ok=True)
        (root / "calendars/busy/choir.ics").write_text(BUSY, encoding="utf-8", newline="\r\n")
    elif day == date(2027, 6, 7):
        (root / "syllabi/textbooks/second.yaml").write_text(book("Second, revised", 15, 45), encoding="utf-8")
    elif day == date(2027, 9, 6):
        (root / "syllabi/papers/late.yaml").write_text(paper("A late idea", "essay", 5), encoding="utf-8")
        text = (root / "syllabi/curriculum.yaml").read_text(encoding="utf-8")
        (root / "syllabi/curriculum.yaml").write_text(text.replace("essay, ", "essay, late, "), encoding="utf-8")
    else:
        return False
    return True


@pytest.mark.parametrize("seed", [1])
def test_a_year_planned_anew_every_morning(tmp_path: Path, seed: int) -> None:
    settle(tmp_path)
    person, client = Person(tmp_path, random.Random(seed)), Client()
    over: dict[str, tuple[str, str, str]] = {}
    gathered = gather(Desk(tmp_path, datetime.combine(FIRST, time(), UTC), FIRST))
    for number in range(365):
        day = FIRST + timedelta(days=number)
        if events_of_life(day, tmp_path):
            gathered = gather(Desk(tmp_path, datetime.combine(day, time(), UTC), day))
        planned = plan_on(day, gathered, tmp_path)
        client.subscribe(tmp_path / "calendars")
        for uid, told in over.items():
            assert _told(client.shown[uid][1]) == told, f"the past session {uid} was rewritten on {day}"
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
    assert len(progress_of(person._desk(day)).finished) > 30


def _told(event: str) -> tuple[str, str, str]:
    return _value(event, "DTSTART"), _value(event, "DTEND"), _value(event, "SUMMARY")
