"""A clock that is moved to another zone at the end of a day: nothing is lost or counted twice."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.availability.free import Availability
from curriculum.model.dated_zone import DatedZone, dated_zone
from curriculum.model.plan import instant, midnight, minute
from curriculum.model.study_hours import week
from curriculum.model.wall_clock import utc_offsets

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
LAST = date(2027, 2, 20)
EAST = dated_zone([(LAST, NEW_YORK), (None, BERLIN)])
WEST = dated_zone([(LAST, BERLIN), (None, NEW_YORK)])
zones = st.sampled_from(
    [*map(ZoneInfo, ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"))]
)
# Not in the nights in which summer time begins or ends somewhere.
lasts = st.dates(date(2027, 4, 20), date(2027, 9, 1))
instants = st.datetimes(
    datetime(2027, 4, 1), datetime(2027, 9, 20), timezones=st.just(UTC)
)  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "shown"),
    [
        (EAST, "2027-02-21T04:59", "2027-02-20T23:59:00-05:00"),
        (EAST, "2027-02-21T05:00", "2027-02-21T06:00:00+01:00"),
        (EAST, "2027-07-01T12:00", "2027-07-01T14:00:00+02:00"),
        (WEST, "2027-02-20T22:59", "2027-02-20T23:59:00+01:00"),
        (WEST, "2027-02-21T04:59", "2027-02-21T05:59:00+01:00"),
        (WEST, "2027-02-21T05:00", "2027-02-21T00:00:00-05:00"),
        (WEST, "2027-02-21T11:00", "2027-02-21T06:00:00-05:00"),
    ],
)
def test_the_clock_is_moved_at_the_end_of_the_last_day(zone: tzinfo, at: str, shown: str) -> None:
    assert utc(at).astimezone(zone).isoformat() == shown


def test_a_skipped_time_is_the_instant_of_the_change() -> None:
    for hour in range(6):
        skipped = datetime(2027, 2, 21, hour, tzinfo=EAST)
        assert skipped.astimezone(UTC) == utc("2027-02-21T05:00")


def test_of_a_time_shown_twice_fold_tells_which_is_meant() -> None:
    first = datetime(2027, 2, 21, 3, tzinfo=WEST)
    assert first.astimezone(UTC) == utc("2027-02-21T02:00")
    assert first.replace(fold=1).astimezone(UTC) == utc("2027-02-21T08:00")
    assert utc("2027-02-21T08:00").astimezone(WEST).fold == 1


def test_summer_time_still_begins_and_ends() -> None:
    start, end = (int(utc(text).timestamp()) for text in ("2027-01-01T00:00", "2027-12-31T00:00"))
    offsets = [span.offset // 3600 for span in utc_offsets(EAST, start, end)]
    assert offsets == [-5, 1, 2, 1]
    autumn = datetime(2027, 10, 31, 2, 30, tzinfo=EAST)
    assert autumn.utcoffset() == timedelta(hours=2)
    assert autumn.replace(fold=1).utcoffset() == timedelta(hours=1)
    assert utc("2027-10-31T01:30").astimezone(EAST).fold == 1


@given(
    st.lists(st.tuples(lasts, zones), min_size=1, max_size=3, unique_by=lambda one: one[0]),
    zones,
    instants,
)
def test_an_instant_survives_the_clock_and_days_never_run_backwards(
    before: list[tuple[date, ZoneInfo]], last: ZoneInfo, at: datetime
) -> None:  # fmt: skip
    zone = dated_zone([*sorted(before, key=lambda one: one[0]), (None, last)])
    shown = at.astimezone(zone)
    if not _is_shown_three_times(shown):
        assert shown.astimezone(UTC) == at
    assert (at + timedelta(minutes=30)).astimezone(zone).date() >= shown.date()
    assert midnight(shown.date(), zone) <= minute(at)


def _is_shown_three_times(shown: datetime) -> bool:
    """Return whether three zones show a wall time, as after two moves west on two days."""
    zone = shown.tzinfo
    assert isinstance(zone, DatedZone)
    wall = shown.replace(tzinfo=None, fold=0)
    spans = zone._spans
    return sum(start <= wall < end for start, end in spans) > 2


@given(lasts, zones, zones)
def test_the_hours_of_a_day_are_those_of_its_zone(
    last: date, before: ZoneInfo, after: ZoneInfo
) -> None:
    """An evening is there once on every day, at its time on the clock of the zone of that day."""
    zone = dated_zone([(last, before), (None, after)])
    evenings = Availability(week({"daily": "19:00-21:00"}), zone)
    for number in range(-2, 4):
        day = last + timedelta(days=number)
        lived = before if day <= last else after
        (free,) = evenings.days(day, day)
        ((start, end),) = free.intervals
        assert end - start == 120
        assert instant(start).astimezone(lived).isoformat()[:16] == f"{day}T19:00"


def test_a_dated_zone_can_be_copied() -> None:
    assert pickle.loads(pickle.dumps(EAST)) == EAST
