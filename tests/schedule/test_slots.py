"""How free time is cut into sittings."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.plan import FreeDay
from curriculum.model.settings import SessionLength
from curriculum.schedule.slots import CatchUp, Slot, cut_slots, monday_of

DAY = date(2027, 1, 4)


def length(shortest: int, longest: int, pause: int) -> SessionLength:
    return SessionLength.model_validate(
        {"shortest": f"{shortest}m", "longest": f"{longest}m", "break": f"{pause}m"}
    )


@pytest.mark.parametrize(
    ("stretch", "load", "expected"),
    [
        (120, "1", [(0, 55), (65, 120)]),
        (120, "9/10", [(0, 55), (65, 118)]),
        (100, "1", [(0, 90)]),
        (90, "1", [(0, 90)]),
        (24, "1", []),
        (25, "1", [(0, 25)]),
        (25, "9/10", []),
        (450, "3/10", [(0, 70), (80, 145)]),
    ],
)
def test_a_stretch_is_cut_into_the_fewest_sittings_that_use_most_of_it(
    stretch: int, load: str, expected: list[tuple[int, int]]
) -> None:
    day = FreeDay(DAY, ((0, stretch),))

    assert list(cut_slots([day], length(25, 90, 10), Fraction(load))) == expected


def test_sittings_begin_and_end_on_five_minute_marks_where_no_minute_is_lost() -> None:
    """From 0:03 to 2:07 at 90 %: 111 minutes, and a pause that leaves three to wait for the mark."""
    evening = FreeDay(DAY, ((3, 127),))

    assert cut_slots([evening], length(25, 90, 10), Fraction(9, 10)) == ((5, 60), (70, 126))
    assert cut_slots([evening], length(25, 90, 10), Fraction(1)) == ((3, 60), (70, 127))


def test_without_a_break_no_minute_of_a_long_stretch_is_lost() -> None:
    day = FreeDay(DAY, ((0, 600),))

    assert (
        sum(end - start for start, end in cut_slots([day], length(25, 90, 0), Fraction(1))) == 600
    )


@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), max_size=5),
    st.integers(1, 60),
    st.integers(0, 100),
    st.sampled_from([0, 5, 15]),
    st.fractions(min_value="1/10", max_value=1),
)
def test_sittings_keep_every_limit(
    gaps: list[tuple[int, int]], shortest: int, more: int, pause: int, load: Fraction
) -> None:
    stretches, now = [], 0
    for gap, size in gaps:
        stretches.append((now + gap, now + gap + size))
        now += gap + size
    slots = cut_slots(
        [FreeDay(DAY, tuple(stretches))], length(shortest, shortest + more, pause), load
    )

    assert all(shortest <= end - start <= shortest + more for start, end in slots)
    assert sum(end - start for start, end in slots) <= load * sum(
        end - start for start, end in stretches
    )
    for start, end in slots:
        home = next(stretch for stretch in stretches if stretch[0] <= start < stretch[1])
        assert end <= home[1]
        assert all(later >= end + pause for later, _ in slots if start < later < home[1])


def test_a_days_sittings_do_not_depend_on_other_days() -> None:
    days = [
        FreeDay(DAY + timedelta(days=number), ((number * 1440, number * 1440 + 200),))
        for number in range(5)
    ]
    together = cut_slots(days, length(25, 90, 10), Fraction(9, 10))

    assert together == tuple(
        slot for day in days for slot in cut_slots([day], length(25, 90, 10), Fraction(9, 10))
    )


def two_weeks(hours: int) -> list[FreeDay]:
    """Return two weeks from a Monday with some hours from midnight on every day."""
    return [
        FreeDay(DAY + timedelta(days=number), ((number * 1440, number * 1440 + hours * 60),))
        for number in range(14)
    ]


def per_day(slots: tuple[Slot, ...]) -> list[int]:
    return [
        sum(end - start for start, end in slots if start // 1440 == number) for number in range(14)
    ]


@pytest.mark.parametrize(
    ("weekly", "missed", "expected"),
    [
        (60, 0, [60, 60, 60, 60, 60, 60, 0] * 2),
        (90, 0, [60, 60, 60, 60, 60, 30, 0] * 2),
        (100, 0, [60, 60, 60, 60, 55, 25, 0] * 2),
        (90, 60, [60, 60, 60, 60, 60, 60, 30, 60, 60, 60, 60, 60, 30, 0]),
        (90, 120, [60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 0]),
        (90, 500, [60] * 14),
        (1000, 0, [0] * 14),
    ],
)
def test_the_last_minutes_of_each_week_are_left_for_catching_up(
    weekly: int, missed: int, expected: list[int]
) -> None:
    slots = cut_slots(
        two_weeks(1),
        length(25, 60, 0),
        Fraction(1),
        CatchUp(weekly, DAY + timedelta(days=3), missed),
    )

    assert per_day(slots) == expected


@given(st.integers(1, 900), st.integers(0, 13), st.integers(1, 5))
def test_a_plan_begun_later_leaves_the_same_minutes_free(
    weekly: int, begun: int, hours: int
) -> None:
    days, span = two_weeks(hours), length(25, 90, 10)
    whole = cut_slots(days, span, Fraction(1), CatchUp(weekly, DAY))
    today = CatchUp(weekly, DAY + timedelta(days=begun))
    from_monday = cut_slots(days[begun - begun % 7 :], span, Fraction(1), today)
    later = tuple(slot for slot in from_monday if slot[0] >= begun * 1440)

    assert later == tuple(slot for slot in whole if slot[0] >= begun * 1440)


@given(st.integers(1, 900), st.integers(1, 5))
def test_every_week_keeps_at_least_its_minutes_for_catching_up(weekly: int, hours: int) -> None:
    days, span = two_weeks(hours), length(25, 90, 10)
    full, cut_short = (
        cut_slots(days, span, Fraction(1)),
        cut_slots(days, span, Fraction(1), CatchUp(weekly, DAY)),
    )

    for week in (slice(0, 7), slice(7, 14)):
        free = sum(per_day(full)[week])
        assert sum(per_day(cut_short)[week]) <= max(0, free - weekly)
        assert sum(per_day(cut_short)[week]) > free - weekly - 25
        # Where several sittings are left, they give all that is needed and no minute more.
        if free - weekly >= 7 * hours * 25:
            assert sum(per_day(cut_short)[week]) == free - weekly
    assert {monday_of(day.day) for day in days} == {DAY, DAY + timedelta(days=7)}


def test_a_session_is_shortened_before_it_is_given_up() -> None:
    """An hour kept free in a week of 127 minutes cost 84 of them."""
    days = [FreeDay(DAY, ((0, 147),))]
    span = length(25, 60, 10)

    assert sum(end - start for start, end in cut_slots(days, span, Fraction(1))) == 127
    cut_short = cut_slots(days, span, Fraction(1), CatchUp(60, DAY))
    assert sum(end - start for start, end in cut_short) == 67
