"""What a new workspace begins with is valid as it stands, and as it stands without its comments."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from curriculum.syllabus.settings import read_settings
from curriculum.syllabus.templates import starter_settings, starter_syllabus
from curriculum.syllabus.works import read_work


def uncommented(text: str) -> str:
    """Return a draft with its commented lines of YAML as YAML, and prose (which ends like a sentence) left alone."""
    return re.sub(r"^# (?=[a-z]+:|  ?- |  - )", "", text, flags=re.MULTILINE)


def test_the_starter_settings_read_back() -> None:
    read = read_settings(
        "curriculum.yaml", starter_settings("My road", date(2027, 1, 4), "Europe/Berlin")
    )
    assert read.problems == ()
    assert read.settings is not None
    assert (read.settings.title, read.settings.start, read.settings.goals) == (
        "My road",
        date(2027, 1, 4),
        None,
    )


def test_the_examples_in_the_starter_settings_are_valid() -> None:
    text = uncommented(starter_settings("My road", date(2028, 2, 29), "Europe/Berlin"))
    read = read_settings("curriculum.yaml", text)
    assert read.problems == ()
    assert read.settings is not None
    assert read.settings.goals is not None
    assert len(read.settings.goals) == 5


def test_the_starter_settings_say_how_a_move_is_written() -> None:
    text = starter_settings("My road", date(2027, 1, 4), "Europe/Berlin")
    move = re.search(r"^# .*: (\[.*\])$", text, re.MULTILINE)
    assert move is not None
    read = read_settings("curriculum.yaml", f"timezone: {move[1]}\n")

    assert read.problems == ()
    assert read.settings is not None
    assert [period.zone for period in read.settings.timezone or ()] == [
        "Europe/Berlin",
        "Asia/Tokyo",
    ]


def test_the_starter_syllabus_is_a_draft_and_without_its_comments_a_work() -> None:
    assert read_work("example.yaml", starter_syllabus()) == read_work(
        "example.yaml", starter_syllabus()
    )
    assert read_work("example.yaml", starter_syllabus()).problems == ()
    work = read_work("example.yaml", uncommented(starter_syllabus())).work
    assert work is not None
    assert [unit.id for unit in work.units] == ["read", "implement", "compare"]


def test_the_drafts_name_their_schemas_first() -> None:
    for draft in (starter_settings("T", date(2027, 1, 4), "UTC"), starter_syllabus()):
        assert draft.startswith("# yaml-language-server: $schema=")


@given(st.text(), st.dates(date(1970, 1, 1), date(2200, 12, 1)))
def test_any_title_and_any_day_read_back(title: str, start: date) -> None:
    assert read_settings("curriculum.yaml", starter_settings(title, start, "UTC")).problems == ()
