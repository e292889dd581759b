"""Over half years of somebody's life, what is recorded is what happened, and all totals agree."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from curriculum.model.identifiers import work_of
from curriculum.model.json_value import Json
from curriculum.model.settings import DayRange
from curriculum.model.typed_days import EVERY_DAY
from curriculum.services.agenda import agenda_of_today, agenda_of_week
from curriculum.services.planning import make_plan
from curriculum.services.remaining import work_statuses
from curriculum.services.study_log import study_log
from curriculum.services.time_audit import audit_time
from curriculum.services.workspace import Workspace
from curriculum.views import json
from tests.lives import FIRST, Held, Life, Study
from tests.profiles import IS_DEEP

EVENTS = (
    "plan",
    "settle",
    "study_something",
    "finish_something",
    "say_what_is_left",
    "leave_out",
    "fall_ill",
    "move",
    "edit_settings",
    "edit_syllabi",
    "pin_something",
    "mistype",
)
MOST_EVENTS = 40 if IS_DEEP else 8
HALF_A_YEAR = timedelta(days=182)
STEPS = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.integers(0, 9)), min_size=1, max_size=MOST_EVENTS
)
# A life has a story, which says more than a shorter one; and shrinking one takes very long.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=400 if IS_DEEP else 6, phases=PHASES)
@given(st.integers(0, 10**6), STEPS)
def test_what_is_recorded_is_what_happened(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: list[tuple[str, int]]
) -> None:
    life = Life(tmp_path_factory.mktemp("life"), seed)
    live(life, steps)
    life.settle()
    life.plan()

    note("\n".join(life.said))
    assert +life.memory.record == +life.memory.lived
    compare_all(life)


def live(life: Life, steps: list[tuple[str, int]]) -> None:
    """Live through some days before each event, and compare the log with what was said."""
    for event, days in steps:
        if life.today - FIRST > HALF_A_YEAR:
            return
        life.pass_days(days)
        getattr(life, event)()
        compare_log(life, life.memory.record)


def compare_log(life: Life, truth: Study) -> None:
    """Compare what the log lists with what was said."""
    found: Study = Counter()
    for entry in study_log(life.workspace, EVERY_DAY).entries:
        found[(entry.day, entry.unit)] += entry.minutes
    assert found - truth == Counter(), "nothing is invented"
    assert truth - found == Counter(), "nothing is lost"


def compare_all(life: Life) -> None:
    """Compare every total with what was lived."""
    truth = +life.memory.lived
    compare_log(life, truth)
    workspace = life.workspace
    rows = work_statuses(workspace, make_plan(workspace).curriculum)
    spent: Counter[str] = Counter()
    for row in json.status.standing_json(rows):
        spent[row["work"]] += row["spent"]
        assert row["spent"] == row["logged"] + row["given"] + row["assumed"]
    works: Counter[str] = Counter()
    for (_, unit), minutes in truth.items():
        works[work_of(unit)] += minutes
    assert +spent == works
    listed = json.study_log.study_json(study_log(workspace, EVERY_DAY).entries)
    assert listed["minutes"] == truth.total()
    compare_time(life, workspace, truth)
    monday = FIRST
    while monday <= life.today:
        compare_week(life, workspace, monday, truth)
        monday += timedelta(days=7)


def compare_time(life: Life, workspace: Workspace, truth: Study) -> None:
    """Compare where the time went with what was lived, and the whole with the sum of two parts."""
    middle = FIRST + (life.today - FIRST) // 2
    parts = [DayRange(FIRST, middle), DayRange(middle + timedelta(days=1), life.today)]
    whole = audit_time(workspace, DayRange(FIRST, life.today))
    assert whole.total.real + whole.overlap == truth.total()
    totals = [whole.total]
    if parts[1].first <= parts[1].last:
        totals += [audit_time(workspace, days).total for days in parts]
        assert totals[1].planned + totals[2].planned == whole.total.planned
        assert totals[1].missed + totals[2].missed == whole.total.missed
    for one in totals:
        assert one.planned - one.missed == one.real - one.off_plan


def compare_week(life: Life, workspace: Workspace, monday: date, truth: Study) -> None:
    """Compare a week and one of its days with what was lived, and its sessions with their events."""
    sunday = monday + timedelta(days=6)
    day = monday + timedelta(days=life.today.toordinal() % 7)
    week = json.today.days_json(agenda_of_week(workspace, days=DayRange(monday, sunday)))
    one_day = json.today.days_json(agenda_of_today(workspace, day))
    own = {on: 0 for on, _ in truth}
    for (on, _), minutes in truth.items():
        own[on] += minutes
    assert one_day["recorded"]["minutes"] == own.get(day, 0)
    assert week["recorded"]["minutes"] == sum(
        minutes for on, minutes in own.items() if monday <= on <= sunday
    )
    for row in week["sessions"]:
        held = life.memory.held.get(row["uid"])
        if held is not None:
            compare_session(life, row, held)


def compare_session(life: Life, row: Json, held: Held) -> None:
    """Compare a session of the week with its event, and with what the person remembers."""
    planned = [(piece.unit, piece.minutes) for piece in held.session.pieces]
    assert [(piece["unit"], piece["minutes"]) for piece in row["pieces"]] == planned
    event = life.event(row["uid"])
    lines = re.findall(r"X-CURRICULUM-UNIT;X-MINUTES=(\d+)[^:]*:(\S+)", event)
    assert [(unit, int(minutes)) for minutes, unit in lines] == planned
    if held.day in life.memory.extra:
        return
    if held.kept:
        assert row["state"] in ("done", "partly")
        assert sum(piece["minutes"] for piece in row["done"]) >= held.kept
    if row["state"] == "missed":
        assert "Done: nothing." in event
