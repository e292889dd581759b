"""Work time and clock time are translated without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.availability.worktime import WorkTime
from curriculum.model.intervals import merge

intervals = st.lists(
    st.tuples(st.integers(-500, 500), st.integers(-500, 500)), min_size=1, max_size=8
).map(merge)
some = intervals.filter(bool)


@given(some, st.integers(-600, 600))
def test_work_until_an_instant_counts_the_minutes_before_it(
    pairs: tuple[tuple[int, int], ...], at: int
) -> None:
    assert WorkTime(pairs).until(at) == sum(
        1 for start, end in pairs for minute in range(start, end) if minute < at
    )


@given(some, st.data())
def test_work_ends_and_starts_where_its_minutes_lie(
    pairs: tuple[tuple[int, int], ...], data: st.DataObject
) -> None:
    work_time = WorkTime(pairs)
    minutes = [minute for start, end in pairs for minute in range(start, end)]
    work = data.draw(st.integers(1, work_time.total))
    assert work_time.end_of(work) == minutes[work - 1] + 1
    assert work_time.start_of(work - 1) == minutes[work - 1]
    assert work_time.until(work_time.end_of(work)) == work
    assert work_time.until(work_time.start_of(work - 1)) == work - 1


@given(some, st.integers(-600, 600))
def test_the_inverses_are_the_tightest(pairs: tuple[tuple[int, int], ...], at: int) -> None:
    work_time = WorkTime(pairs)
    work = work_time.until(at)
    assert work == 0 or work_time.end_of(work) <= at
    assert work == work_time.total or work_time.start_of(work) >= at


def test_no_work_ends_where_work_could_begin() -> None:
    assert WorkTime([(10, 20)]).end_of(0) == 10


def test_work_beyond_all_there_is_could_go_on_where_the_last_interval_ends() -> None:
    assert WorkTime([(10, 20)]).start_of(10) == 20
    assert WorkTime([(10, 20)]).start_of(99) == 20
    assert WorkTime([]).start_of(0) == 0


@pytest.mark.parametrize("work", [-1, 11])
def test_there_is_no_end_of_work_that_is_not_there(work: int) -> None:
    with pytest.raises(ValueError, match="minutes of work"):
        WorkTime([(10, 20)]).end_of(work)


def test_without_intervals_there_is_no_work() -> None:
    assert WorkTime([]).until(5) == 0
    with pytest.raises(ValueError, match="where there are 0"):
        WorkTime([]).end_of(0)
    with pytest.raises(ValueError, match="-1 minutes"):
        WorkTime([(1, 2)]).start_of(-1)
