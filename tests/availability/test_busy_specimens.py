"""Each calendar in tests/cases/busy, one quirk each, is read as the file beside it says, worked out by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from curriculum.availability.busy_time import BusyQuestion, read_busy
from curriculum.model.busy import EVERYTHING_COUNTS, BusySource

CASES = Path(__file__).parents[1] / "cases" / "busy"


@dataclass(frozen=True)
class Expected:
    """What the file beside a calendar says: how it is to be read, and what comes of it."""

    zone: ZoneInfo
    first: date
    last: date
    ours: frozenset[str]
    source: BusySource
    me: tuple[str, ...]
    busy: list[str]
    problems: list[str]


def expected(path: Path) -> Expected:
    fields = [line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    known = {"zone", "days", "ours", "source", "me", "busy", "problem"}
    assert {name for name, _ in fields} <= known, path
    named = {name: [value for other, value in fields if other == name] for name, _ in fields}
    first, last = (date.fromisoformat(text) for text in named["days"][0].split(".."))
    ours = frozenset(named.get("ours", []))
    source = (
        BusySource.model_validate_json(named["source"][0])
        if "source" in named
        else EVERYTHING_COUNTS
    )
    return Expected(
        ZoneInfo(named["zone"][0]),
        first,
        last,
        ours,
        source,
        tuple(json.loads(named.get("me", ["[]"])[0])),
        named.get("busy", []),
        named.get("problem", []),
    )


def minute(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) // 60


@pytest.mark.parametrize("path", sorted(CASES.glob("*.ics")), ids=lambda path: path.stem)
def test_a_calendar_is_read_as_worked_out_by_hand(path: Path) -> None:
    hand = expected(path.with_suffix(".expect"))

    read = read_busy(
        path.name,
        path.read_bytes(),
        BusyQuestion(hand.zone, hand.first, hand.last, hand.ours),
        hand.source,
        hand.me,
    )

    assert list(read.intervals) == [
        tuple(minute(text) for text in line.split()) for line in hand.busy
    ]
    found = [
        f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in read.problems
    ]
    assert found == hand.problems


def test_every_calendar_has_its_answer_and_every_answer_its_calendar() -> None:
    assert {path.stem for path in CASES.glob("*.ics")} == {
        path.stem for path in CASES.glob("*.expect")
    }
