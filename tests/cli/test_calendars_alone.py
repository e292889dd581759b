"""Judge plans by their published files alone, against hours counted on the local clock, one minute at a time.

Nothing here uses the planner: syllabi are written, the command is run, the calendars are read back with icalendar.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.workspaces import run

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
)
WINDOWS = ("19:00-21:00", "06:30-09:00", "22:00-01:30")
SATURDAY = ("10:00-12:00", "14:00-18:00")
FAR = 1 << 60


@dataclass
class Case:
    """A made-up workspace, as the test knows it; units in an order that keeps all prerequisites."""

    zone: ZoneInfo
    start: date
    window: str
    efforts: dict[str, int] = field(default_factory=dict)
    requires: dict[str, list[str]] = field(default_factory=dict)
    papers: set[str] = field(default_factory=set)
    by: dict[str, date] = field(default_factory=dict)
    held: dict[str, date] = field(default_factory=dict)
    busy: list[tuple[int, int]] = field(default_factory=list)

    def midnight(self, day: date) -> int:
        """Return the minute at which a local day begins."""
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp()) // 60

    def due(self) -> dict[str, int]:
        """Return when each unit is due, for itself or for what requires it."""
        dues = {
            unit: self.midnight(self.by[work] + timedelta(days=1)) if work in self.by else FAR
            for unit in self.efforts
            for work in [unit.partition("/")[0]]
        }
        for unit in reversed(self.efforts):
            for other in self.requires[unit]:
                dues[other] = min(dues[other], dues[unit])
        return dues

    def release(self, unit: str) -> int:
        """Return the minute before which a unit may not start."""
        work = unit.partition("/")[0]
        return self.midnight(self.held[work]) if work in self.held else 0

    def free(self, days: int) -> list[int]:
        """Return every free minute, by asking the local clock and the busy events about each."""
        first = self.midnight(self.start)
        taken = {minute for start, end in self.busy for minute in range(start, end)}
        return [
            minute
            for minute in range(first, first + days * 1440)
            if minute not in taken and self._is_open(minute)
        ]

    def _is_open(self, minute: int) -> bool:
        local = datetime.fromtimestamp(60 * minute, self.zone)
        now = local.hour * 60 + local.minute
        return any(
            (start <= now < end if weekday == local.weekday() else False)
            or (end > 1440 and (weekday + 1) % 7 == local.weekday() and now < end - 1440)
            for weekday in range(6)
            for start, end in ([_window(self.window)] if weekday < 5 else map(_window, SATURDAY))
        )


def _window(text: str) -> tuple[int, int]:
    start, end = (int(hour[:2]) * 60 + int(hour[3:]) for hour in text.split("-"))
    return start, end if end > start else end + 1440


def lay_out(rng: random.Random, root: Path) -> Case:
    """Write a workspace with random works, dates, busy events, hours and zone."""
    case = Case(
        ZoneInfo(rng.choice(ZONES)),
        date(2027, rng.choice([1, 3, 10]), rng.randint(1, 28)),
        rng.choice(WINDOWS),
    )
    goals = []
    for number in range(rng.randint(2, 8)):
        name = f"w{number}"
        _write_work(rng, root, case, name)
        goal = f"work: {name}"
        if rng.random() < 0.5:
            case.by[name] = case.start + timedelta(days=rng.randint(3, 40))
            goal += f", by: {case.by[name]}"
        elif rng.random() < 0.3:
            case.held[name] = case.start + timedelta(days=rng.randint(0, 20))
            goal += f", from: {case.held[name]}"
        goals.append(f"  - {{{goal}}}\n")
    _write_busy(rng, root, case)
    (root / "syllabi/curriculum.yaml").write_text(
        f"start: {case.start}\ntimezone: {case.zone.key}\n"
        f"availability: {{mon-fri: {case.window}, sat: [{', '.join(SATURDAY)}]}}\n"
        f"session: {{shortest: 1m, longest: 4h, break: 0m}}\ngoals:\n{''.join(goals)}"
    )
    return case


def _write_work(rng: random.Random, root: Path, case: Case, name: str) -> None:
    paper = rng.random() < 0.5
    lines = [
        f"kind: {'paper' if paper else 'textbook'}",
        f"title: {name}",
        "steps:" if paper else "chapters:",
    ]
    earlier = list(case.efforts)
    for number in range(rng.randint(1, 6)):
        unit = f"{name}/{number}"
        requires = {f"{name}/{number - 1}"} if number and rng.random() < 0.7 else set()
        requires |= {rng.choice(earlier) for _ in range(rng.randint(0, 2)) if earlier}
        case.efforts[unit], case.requires[unit] = rng.randint(1, 240), sorted(requires)
        case.papers |= {unit} if paper else set()
        listed = ", ".join(sorted(requires))
        lines.append(
            f"  - {{id: {number}, title: T, effort: {case.efforts[unit]}m, requires: [{listed}]}}"
        )
    path = root / "syllabi" / ("papers" if paper else "textbooks") / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def _write_busy(rng: random.Random, root: Path, case: Case) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for number in range(rng.randint(0, 12)):
        start = case.midnight(case.start) + rng.randint(0, 30 * 1440)
        case.busy.append((start, start + rng.randint(1, 300)))
        begin, end = (
            f"{datetime.fromtimestamp(60 * at, UTC):%Y%m%dT%H%M%SZ}" for at in case.busy[-1]
        )
        lines += ["BEGIN:VEVENT", f"UID:b{number}", "DTSTAMP:20270101T000000Z"]
        lines += [f"DTSTART:{begin}", f"DTEND:{end}", "END:VEVENT"]
    path = root / "calendars/busy/b.ics"
    path.parent.mkdir(parents=True)
    path.write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())


def published(root: Path) -> list[tuple[int, int, str, str]]:
    """Return (start, end, unit, track) of every piece in the published calendars."""
    pieces = []
    for track in ("textbooks", "papers"):
        for event in Calendar.from_ical((root / f"calendars/{track}.ics").read_bytes()).events:
            now, end = map(_minute, (event.start, event.end))
            units = event["X-CURRICULUM-UNIT"]
            for unit in units if isinstance(units, list) else [units]:
                pieces.append((now, now + int(unit.params["X-MINUTES"]), str(unit), track))
                now = pieces[-1][1]
            assert now == end
    return sorted(pieces)


def _minute(moment: date) -> int:
    assert isinstance(moment, datetime)
    return int(moment.timestamp()) // 60


def earliest_first(case: Case, free: list[int]) -> Mapping[str, int]:
    """Return when preemptive earliest-deadline-first finishes each unit that is due, one minute at a time."""
    left, dues, finished = dict(case.efforts), case.due(), dict[str, int]()
    order = {unit: number for number, unit in enumerate(case.efforts)}
    for minute in free:
        ready = [
            (dues[unit], order[unit], unit)
            for unit, rest in left.items()
            if rest
            and dues[unit] < FAR
            and case.release(unit) <= minute
            and not any(left[other] for other in case.requires[unit])
        ]
        if ready:
            unit = min(ready)[2]
            left[unit] -= 1
            if not left[unit]:
                finished[unit] = minute + 1
    return finished


@pytest.mark.parametrize("seed", range(20))
def test_a_published_plan_keeps_every_promise(seed: int, tmp_path: Path) -> None:
    case = lay_out(random.Random(seed), tmp_path)
    result = run(tmp_path, "plan", today="2026-12-01")
    assert result.exit_code == 0, result.stderr
    pieces = published(tmp_path)
    first = {unit: min(start for start, _, of, _ in pieces if of == unit) for unit in case.efforts}
    last = {unit: max(end for _, end, of, _ in pieces if of == unit) for unit in case.efforts}
    minutes = {
        unit: sum(end - start for start, end, of, _ in pieces if of == unit)
        for unit in case.efforts
    }
    free = case.free((max(last.values()) - case.midnight(case.start)) // 1440 + 10)
    used = [minute for start, end, _, _ in pieces for minute in range(start, end)]

    assert minutes == case.efforts
    assert len(used) == len(set(used))
    assert set(used) <= set(free)
    assert {unit for _, _, unit, track in pieces if track == "papers"} == case.papers
    assert all(last[other] <= first[unit] for unit in case.efforts for other in case.requires[unit])
    assert all(first[unit] >= case.release(unit) for unit in case.efforts)
    for unit, finish in earliest_first(case, free).items():
        assert last[unit] <= max(case.due()[unit], finish)
