"""Days named from today lie on the side that is asked for, and every date is read back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.typed_days import moment_ahead, past_day, past_days

DAYS = st.dates(date(1990, 1, 1), date(2180, 12, 31))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_nearest_one_on_its_side(today: date, weekday: int) -> None:
    past = past_day(WEEKDAYS[weekday], today)
    ahead = moment_ahead(WEEKDAYS[weekday], today)

    assert past.weekday() == ahead.weekday() == weekday
    assert ahead - past == timedelta(days=7)
    assert past <= today < ahead


@given(DAYS, DAYS)
def test_a_day_of_a_month_is_the_nearest_one_on_its_side(today: date, day: date) -> None:
    for typed in (f"{day.day} {day:%b}", f"{day:%B} {day.day}"):
        past = past_day(typed, today)
        ahead = moment_ahead(typed, today)

        assert (past.month, past.day) == (ahead.month, ahead.day) == (day.month, day.day)
        assert past <= today <= ahead
        assert not any(
            (found.month, found.day) == (day.month, day.day)
            for found in _between(max(past, today - timedelta(days=366)), today)
        )


@given(DAYS, DAYS)
def test_a_date_in_full_does_not_depend_on_today(today: date, day: date) -> None:
    for typed in (day.isoformat(), f"{day.day} {day:%b} {day.year}", f"{day:%G-W%V-%u}"):
        assert past_day(typed, today) == moment_ahead(typed, today) == day


@given(DAYS, DAYS)
def test_a_week_is_its_seven_days(today: date, day: date) -> None:
    week = past_days(f"{day:%G-W%V}", today)

    assert week.first.weekday() == 0
    assert week.last - week.first == timedelta(days=6)
    assert week.first <= day <= week.last


@given(DAYS, st.integers(-999, 999))
def test_an_offset_counts_days_or_weeks(today: date, count: int) -> None:
    assert past_day(f"{count:+}d", today) == today + timedelta(days=count)
    assert past_day(f"{count:+}w", today) == today + timedelta(weeks=count)


def test_a_range_that_runs_backwards_asks_for_the_other() -> None:
    with pytest.raises(ValueError, match=r"did you mean '2027-01-10..2027-01-12'"):
        past_days("12 Jan..10 Jan 2027", date(2027, 1, 20))


@pytest.mark.parametrize("typed", ["", "3d", "moon", "1 Foo", "32 Jan", "0000-W01", "+9999w"])
def test_what_names_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"is not a d|is outside"):
        past_day(typed, date(2027, 1, 20))


@pytest.mark.parametrize(
    ("typed", "last"), [("2027-W54", 52), ("2027-w53", 52), ("2026-W00", 53), ("2026-W54", 53)]
)
def test_a_week_that_its_year_lacks_is_refused_with_those_it_has(typed: str, last: int) -> None:
    told = (
        f"'{typed.upper()}' is not a week of the calendar; {typed[:4]} has the weeks W01 to W{last}"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        past_day(typed, date(2027, 1, 20))


def _between(past: date, today: date) -> list[date]:
    """Return the days after one and up to another."""
    return [past + timedelta(days=n) for n in range(1, (today - past).days + 1)]
