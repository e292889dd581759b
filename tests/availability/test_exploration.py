"""The time of a week that is kept for exploration."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.availability.exploration import exploration_of_week, is_drawn, latest_minutes
from curriculum.availability.free import Availability
from curriculum.model.exploration import Explore
from curriculum.model.intervals import Intervals
from curriculum.model.plan import FreeDay, instant
from curriculum.model.settings import Settings
from tests.profiles import IS_DEEP

MONDAY = date(2027, 1, 4)
SHORTEST = 25


def settings_with(explore: dict[str, object], **more: object) -> Settings:
    hours = {"mon-fri": ["19:00-21:00", "21:30-22:15"], "sat": "10:00-12:00"}
    return Settings.model_validate({"availability": hours, "explore": explore, **more})


def week(settings: Settings, monday: date = MONDAY, busy: Intervals = ()) -> tuple[FreeDay, ...]:
    free = Availability(settings.week, UTC, settings.away, busy)
    return free.days(monday, monday + timedelta(days=6))


def length(intervals: Intervals) -> int:
    return sum(end - start for start, end in intervals)


def weekdays_of(intervals: Intervals) -> set[int]:
    return {instant(start).weekday() for start, _ in intervals}


@given(st.integers(1, 18), st.sampled_from(["fri", "thu,fri", "mon-fri"]), st.data())
def test_over_a_year_the_share_is_within_a_session_of_the_target(
    percent: int, days: str, data: st.DataObject
) -> None:
    """Every week of it: what is meant is less than the day has, and weeks differ by busy time."""
    settings = settings_with({"share": f"{percent}%", "on": days}, load="90%")
    assert settings.explore is not None
    chosen = settings.explore.on
    for number in range(52):
        start = MONDAY + timedelta(weeks=number)
        minute = (start - date(1970, 1, 1)).days * 1440
        begin = minute + data.draw(st.integers(0, 4 * 1440)) if number < 3 else minute
        free = week(settings, start, ((begin, begin + 300),))
        found = exploration_of_week(settings, free)
        whole = length(tuple(one for day in free for one in day.intervals))
        meant: int = round(Fraction(percent * 9, 1000) * whole)
        named = [day for day in free if day.day.weekday() in chosen]
        room = length(tuple(one for day in named for one in day.intervals))
        assert min(meant, room) - length(found) < 2 * SHORTEST
        assert length(found) <= meant
        assert all(end - begin >= SHORTEST for begin, end in found)


@given(st.integers(25, 300))
def test_it_lies_in_the_free_time_of_its_day(wanted: int) -> None:
    settings = settings_with({"share": f"{wanted / 9.45:.2f}%", "on": "fri"})
    free = week(settings)
    friday = next(day for day in free if day.day.weekday() == 4)

    for begin, end in exploration_of_week(settings, free):
        assert any(start <= begin and end <= until for start, until in friday.intervals)


def test_what_a_day_cannot_hold_is_not_kept_on_another() -> None:
    settings = settings_with({"share": "50%", "on": "fri"})
    found = exploration_of_week(settings, week(settings))

    assert weekdays_of(found) == {4}
    assert length(found) == 165


@pytest.mark.parametrize(
    ("away", "days"),
    [("2027-01-08", {5}), ("2027-01-08..2027-01-10", set()), ("2027-01-04..2027-01-07", {4})],
)
def test_away_on_its_day_it_moves_to_the_next_study_day_of_the_week_or_lapses(
    away: str, days: set[int]
) -> None:
    settings = settings_with({"share": "20%", "on": "fri"}, away=[away])
    found = exploration_of_week(settings, week(settings))
    next_week = MONDAY + timedelta(weeks=1)

    assert weekdays_of(found) == days
    assert length(exploration_of_week(settings, week(settings, next_week))) == 165


def test_a_fifth_of_the_days_is_drawn_by_lot() -> None:
    """How often varies by less than 0.4 % over 10,000 days: four times as much is never seen."""
    count = 10_000 if IS_DEEP else 2_000
    tolerance = 0.02 if IS_DEEP else 0.036
    explore = Explore.model_validate({"epsilon": "0.2", "seed": 7})
    drawn = [is_drawn(explore, MONDAY + timedelta(days=number)) for number in range(count)]

    assert abs(sum(drawn) / count - 0.2) < tolerance
    assert drawn == [is_drawn(explore, MONDAY + timedelta(days=number)) for number in range(count)]


def test_by_lot_days_are_explored_whole_and_two_in_a_week_are_two() -> None:
    settings = settings_with({"epsilon": "50%", "seed": 1})
    counts = set()
    for number in range(20):
        free = week(settings, MONDAY + timedelta(weeks=number))
        found = exploration_of_week(settings, free)
        explore = settings.explore
        assert explore is not None
        whole = tuple(one for day in free if is_drawn(explore, day.day) for one in day.intervals)
        assert found == whole
        counts.add(len(weekdays_of(found)))

    assert {1, 2} <= counts


STRETCHES = st.lists(st.tuples(st.integers(1, 90), st.integers(25, 120)), max_size=5)


@given(STRETCHES, st.integers(1, 400))
def test_just_enough_is_given_back_and_the_latest_first(
    steps: list[tuple[int, int]], wanted: int
) -> None:
    stretches, now = [], 0
    for gap, size in steps:
        stretches.append((now + gap, now + gap + size))
        now += gap + size
    back = latest_minutes(tuple(stretches), wanted, SHORTEST)
    first = min((start for start, _ in back), default=now)
    kept = length(tuple(stretches)) - length(back)

    assert length(back) >= min(wanted, length(tuple(stretches)))
    assert length(back) < wanted + SHORTEST
    assert kept == length(
        tuple((start, min(end, first)) for start, end in stretches if start < first)
    )
