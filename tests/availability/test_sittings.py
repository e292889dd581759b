"""Habits: on their days, at their time on the local clock, and in their weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from curriculum.availability.sittings import sittings
from curriculum.model.plan import instant
from curriculum.model.settings import Settings

ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"])
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@given(
    ZONES,
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 4),
)
def test_a_habit_is_held_at_its_time_in_each_of_its_weeks(
    name: str, first: date, weekday: int, minute: int, every: int
) -> None:
    zone = ZoneInfo(name)
    clock = time(*divmod(minute, 60))
    habit = {
        "every": f"{every}w",
        "on": f"{DAYS[weekday]} {clock:%H:%M}",
        "takes": "45m",
        "from": first.isoformat(),
    }
    settings = Settings.model_validate({"habits": {"group": habit}})
    found = sittings(settings, zone, first - timedelta(days=9), first + timedelta(days=200))

    start = first - timedelta(days=first.weekday()) + timedelta(days=weekday)
    expected = [start + timedelta(weeks=every * number) for number in range(31)]
    expected = [day for day in expected if first <= day <= first + timedelta(days=200)]
    assert [one.day for one in found] == expected
    for one in found:
        begin = datetime.combine(one.day, clock, zone)
        assert instant(one.start) == begin.astimezone(UTC)
        assert one.end - one.start == 45


def test_nothing_is_held_on_days_away() -> None:
    habits = {"run": {"on": "mon-fri 07:00", "takes": "30m"}}
    settings = Settings.model_validate({"habits": habits, "away": ["2027-01-05..2027-01-06"]})
    found = sittings(settings, UTC, date(2027, 1, 4), date(2027, 1, 10))

    assert [one.day.day for one in found] == [4, 7, 8]
