"""Planned and real time add up, whatever was planned and whatever was studied."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.practice.switches import (
    LEAST_STRETCH,
    longest_stretch,
    stretches_of,
    switches_of,
)
from curriculum.practice.time_rows import RowKind, time_rows
from curriculum.practice.time_table import (
    PlannedAndReal,
    TimeCell,
    UnitOnDay,
    time_cells,
    times_by,
    total_time,
)
from curriculum.practice.work_states import (
    WorkEnds,
    WorkState,
    follow_through,
    minutes_by_state,
    works_studied,
)

DAY = date(2027, 1, 4)
CELLS = st.builds(
    lambda days, unit: UnitOnDay(
        DAY + timedelta(days=days), UnitId(unit), "papers" if unit[0] == "p" else "textbooks"
    ),
    st.integers(0, 20),
    st.sampled_from(["p/1", "p/2", "b/1", "b/2", "c/1"]),
)
PARTS = st.lists(st.tuples(CELLS, st.integers(0, 180)), max_size=30)
PIECES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), max_size=12)


@given(PARTS, PARTS)
def test_planned_less_missed_is_real_less_off_plan(
    planned: list[tuple[UnitOnDay, int]], real: list[tuple[UnitOnDay, int]]
) -> None:
    cells = time_cells(planned, real)
    for one in (total_time(cells), *(cell.minutes for cell in cells)):
        assert one.planned - one.missed == one.real - one.off_plan
        assert min(one.missed, one.off_plan) >= 0
    assert total_time(cells).planned == sum(minutes for _, minutes in planned)
    assert total_time(cells).real == sum(minutes for _, minutes in real)


@given(PARTS, PARTS, st.sampled_from(["day", "week", "work", "unit"]))
def test_rows_add_up_to_the_whole(
    planned: list[tuple[UnitOnDay, int]], real: list[tuple[UnitOnDay, int]], by: RowKind
) -> None:
    cells = time_cells(planned, real)
    total = total_time(cells)
    for rows in (time_rows(cells, by), times_by(cells, lambda where: where.track)):
        for name in ("planned", "real", "off_plan", "missed"):
            assert sum(getattr(row, name) for row in rows.values()) == getattr(total, name)


@given(PARTS)
def test_a_plan_that_was_followed_has_nothing_missed_and_nothing_off_it(
    planned: list[tuple[UnitOnDay, int]],
) -> None:
    total = total_time(time_cells(planned, planned))
    assert (total.missed, total.off_plan) == (0, 0)


def test_time_on_another_day_is_missed_on_one_and_off_plan_on_the_other() -> None:
    monday, tuesday = (
        UnitOnDay(DAY + timedelta(days=n), UnitId("b/1"), "textbooks") for n in (0, 1)
    )
    cells = time_cells([(monday, 90)], [(monday, 30), (tuesday, 60)], [(tuesday, 60)])
    assert cells == (
        TimeCell(monday, PlannedAndReal(90, 30, 30)),
        TimeCell(tuesday, PlannedAndReal(0, 60, 0, 60)),
    )


@given(PIECES)
def test_stretches_keep_every_minute_and_change_the_work(pieces: list[tuple[str, int]]) -> None:
    stretches = stretches_of(DAY, pieces)
    assert sum(one.minutes for one in stretches) == sum(minutes for _, minutes in pieces)
    assert all(one.work != other.work for one, other in pairwise(stretches))
    if len(stretches) > 1:
        assert all(one.minutes >= LEAST_STRETCH for one in stretches)


def test_a_look_at_something_else_is_not_a_switch() -> None:
    day = [("a", 40), ("b", 5), ("a", 30), ("c", 9), ("c", 9), ("b", 20)]
    assert switches_of({DAY: day}) == {DAY: 2}
    longest = longest_stretch({DAY: day})
    assert longest is not None
    assert (longest.work, longest.minutes) == ("a", 75)
    assert switches_of({DAY: [("a", 5), ("b", 4)]}) == {DAY: 0}


def test_works_stand_where_their_ends_and_their_last_day_say() -> None:
    old, new = DAY - timedelta(days=22), DAY - timedelta(days=21)
    studied = {
        "delivered": (100, old),
        "dropped": (60, new),
        "going": (200, new),
        "waiting": (40, old),
        "stalled": (50, old),
        "glimpsed": (29, new),
    }
    ends = WorkEnds(
        delivered=frozenset({"delivered"}),
        dropped=frozenset({"dropped"}),
        waiting=frozenset({"waiting", "going"}),
    )
    works = works_studied(studied, ends, DAY)
    assert {one.work: str(one.state) for one in works} == {
        name: name for name in studied if name != "glimpsed"
    }
    assert minutes_by_state(works)[WorkState.STALLED] == 50
    assert follow_through(works) == 300 / 450
    assert follow_through(()) is None
