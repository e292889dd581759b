"""A note goes into the entry of the day that it belongs to, with a time that tells its order."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from curriculum.services.context import Context
from curriculum.services.errors import UsageError
from curriculum.services.notebook import evening
from curriculum.services.noting import NoteRequest, add_note
from curriculum.services.said_time import NOW, SaidTime
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from tests.workspaces import SETTINGS, workspace

LATE = SETTINGS + "day_ends: 04:00\n"
EVENING = "notebook/2027/2027-01-03.md"
MORNING = "notebook/2027/2027-01-04.md"
NIGHT = datetime(2027, 1, 4, 0, 30, tzinfo=UTC)
"""Half past one in Berlin."""


def noted(root: Path, now: datetime, said: SaidTime = NOW, text: str = "a note") -> dict[str, str]:
    add_note(Workspace(Context(root, now), results="none"), NoteRequest(text, said=said))
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").partition("\n\n")[2]
        for path in (root / "notebook").glob("*/*.md")
    }


def test_what_is_noted_before_the_day_ends_belongs_to_the_evening(tmp_path: Path) -> None:
    assert noted(workspace(tmp_path, settings=LATE), NIGHT) == {EVENING: "## 01:30\na note\n"}


def test_today_is_the_evening_before_while_the_day_has_not_ended(tmp_path: Path) -> None:
    late = workspace(tmp_path / "late", settings=LATE)
    assert evening(Snapshot(Context(late, NIGHT))) == date(2027, 1, 3)
    assert evening(Snapshot(Context(late, NIGHT.replace(hour=3)))) == date(2027, 1, 4)
    assert evening(Snapshot(Context(late, NIGHT, date(2027, 1, 4)))) == date(2027, 1, 4)
    assert evening(Snapshot(Context(workspace(tmp_path / "other"), NIGHT))) == date(2027, 1, 4)


def test_without_a_word_the_day_ends_at_midnight(tmp_path: Path) -> None:
    assert noted(workspace(tmp_path), NIGHT) == {MORNING: "## 01:30\na note\n"}


@pytest.mark.parametrize(
    ("said", "file", "heading"),
    [
        (SaidTime(at=time(23, 50)), EVENING, "23:50"),
        (SaidTime(at=time(0, 10)), EVENING, "00:10"),
        (SaidTime(day=date(2027, 1, 4), at=time(0, 10)), MORNING, "00:10"),
        (SaidTime(day=date(2027, 1, 3)), EVENING, "01:30"),
    ],
)
def test_at_night_times_are_meant_as_a_person_says_them(
    tmp_path: Path, said: SaidTime, file: str, heading: str
) -> None:
    found = noted(workspace(tmp_path, settings=LATE), NIGHT, said)
    assert found == {file: f"## {heading}\na note\n"}


def test_by_day_a_time_of_the_night_belongs_to_the_evening(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=LATE)
    noon = datetime(2027, 1, 4, 11, tzinfo=UTC)
    assert noted(root, noon, SaidTime(at=time(2))) == {EVENING: "## 02:00\na note\n"}
    with pytest.raises(UsageError, match="23:50 is still to come"):
        noted(root, noon, SaidTime(at=time(23, 50)))


def test_the_second_of_two_equal_hours_says_its_offset(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    noted(root, datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
    found = noted(root, datetime(2027, 10, 31, 1, 30, tzinfo=UTC))
    assert found == {"notebook/2027/2027-10-31.md": "## 02:30\na note\n\n## 02:30+01:00\na note\n"}


def test_after_a_flight_the_notes_of_the_day_say_their_offset(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    noted(root, datetime(2027, 1, 4, 8, tzinfo=UTC))
    workspace(root, settings=SETTINGS.replace("Europe/Berlin", "America/New_York"))
    for hour in (20, 21):
        found = noted(root, datetime(2027, 1, 4, hour, tzinfo=UTC))
    assert found == {
        MORNING: "## 09:00\na note\n\n## 15:00-05:00\na note\n\n## 16:00-05:00\na note\n"
    }
    next_day = noted(root, datetime(2027, 1, 5, 20, tzinfo=UTC))
    assert next_day["notebook/2027/2027-01-05.md"] == "## 15:00\na note\n"
