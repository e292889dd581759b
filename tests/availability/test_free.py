"""Free time is what the wall clock says, whatever is done to the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.availability.free import Availability, with_extra_time
from curriculum.model.intervals import merge
from curriculum.model.plan import instant, minute
from curriculum.model.settings import DayRange
from curriculum.model.study_hours import DEFAULT_WEEK, Week, Window, week

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/St_Johns",
    "America/Havana",
)
MOMENTS = (
    date(2027, 3, 26),
    date(2027, 10, 30),
    date(2011, 12, 28),
    date(2009, 10, 30),
    date(2027, 2, 5),
    date(2027, 4, 2),
)
ALWAYS: Week = ((Window(0, 1440),),) * 7


def length(availability: Availability, day: date) -> int:
    return sum(end - start for free in availability.days(day, day) for start, end in free.intervals)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2027, 3, 27), 24),
        ("Europe/Berlin", date(2027, 3, 28), 23),
        ("Europe/Berlin", date(2027, 10, 31), 25),
        ("Australia/Lord_Howe", date(2027, 4, 4), 24.5),
        ("Australia/Lord_Howe", date(2027, 10, 3), 23.5),
        ("Pacific/Apia", date(2011, 12, 29), 24),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Pacific/Apia", date(2011, 12, 31), 24),
        ("Africa/Casablanca", date(2027, 2, 7), 25),
        ("Africa/Casablanca", date(2027, 3, 14), 23),
        ("America/Havana", date(2027, 3, 14), 23),
        ("America/Havana", date(2027, 11, 7), 25),
    ],
)
def test_a_whole_day_has_the_hours_its_clock_shows(zone: str, day: date, hours: float) -> None:
    assert length(Availability(ALWAYS, ZoneInfo(zone)), day) == hours * 60


@pytest.mark.parametrize(
    ("window", "day", "minutes"),
    [
        ("02:00-03:00", date(2027, 3, 28), 0),
        ("02:30-03:30", date(2027, 3, 28), 30),
        ("01:30-02:30", date(2027, 3, 28), 30),
        ("02:00-03:00", date(2027, 10, 31), 120),
        ("02:30-03:30", date(2027, 10, 31), 90),
        ("01:30-02:30", date(2027, 10, 31), 90),
        ("22:00-03:00", date(2027, 10, 30), 360),
    ],
)
def test_a_window_in_a_gap_shrinks_and_one_in_a_fold_counts_twice(
    window: str, day: date, minutes: int
) -> None:
    assert length(Availability(week({"daily": window}), ZoneInfo("Europe/Berlin")), day) == minutes


def test_a_fold_in_the_middle_of_a_window_leaves_out_what_the_clock_shows_outside_it() -> None:
    free = Availability(week({"daily": "01:30-02:30"}), ZoneInfo("Europe/Berlin")).days(
        date(2027, 10, 31), date(2027, 10, 31)
    )
    shown = [(instant(start), instant(end)) for start, end in free[0].intervals]
    assert shown == [
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (datetime(2027, 10, 31, 1, 0, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ]


def test_a_window_across_midnight_belongs_to_the_day_it_starts_on() -> None:
    monday = date(2027, 1, 4)
    free = Availability(week({"mon": "22:30-01:00"}), UTC).days(monday, monday + timedelta(days=1))
    start = minute(datetime(2027, 1, 4, 22, 30, tzinfo=UTC))
    assert [(day.day, day.intervals) for day in free] == [(monday, ((start, start + 150),))]


def test_a_minute_in_two_windows_belongs_to_the_earlier_day() -> None:
    monday = date(2027, 1, 4)
    free = Availability(week({"mon": "22:00-02:00", "tue": ["00:00-03:00", "02:30-04:00"]}), UTC)
    midnight = minute(datetime(2027, 1, 5, tzinfo=UTC))
    assert [day.intervals for day in free.days(monday, monday + timedelta(days=1))] == [
        ((midnight - 120, midnight + 120),),
        ((midnight + 120, midnight + 240),),
    ]
    assert [
        day.intervals for day in free.days(monday + timedelta(days=1), monday + timedelta(days=1))
    ] == [((midnight + 120, midnight + 240),)]


def test_a_day_away_has_no_free_minute_and_takes_none_of_its_neighbours() -> None:
    monday = date(2027, 1, 4)
    away = (DayRange(monday + timedelta(days=1), monday + timedelta(days=1)),)
    free = Availability(week({"daily": "22:00-02:00"}), UTC, away).days(
        monday, monday + timedelta(days=2)
    )
    midnight = minute(datetime(2027, 1, 5, tzinfo=UTC))
    assert [(day.day.day, day.intervals) for day in free] == [
        (4, ((midnight - 120, midnight),)),
        (5, ((midnight + 1440, midnight + 1560),)),
        (6, ((midnight + 2760, midnight + 3000),)),
    ]


def test_days_away_for_ever_leave_nothing() -> None:
    away = (DayRange(date.min, date.max),)
    assert (
        Availability(ALWAYS, ZoneInfo("Europe/Berlin"), away).days(
            date(2027, 1, 1), date(2027, 12, 31)
        )
        == ()
    )


def test_nothing_before_the_first_minute_is_free() -> None:
    monday = date(2027, 1, 4)
    noon = minute(datetime(2027, 1, 4, 12, tzinfo=UTC))
    free = Availability(ALWAYS, UTC, not_before=noon).days(monday - timedelta(days=3), monday)
    assert [day.intervals for day in free] == [((noon, noon + 720),)]


def test_no_days_between_a_day_and_the_one_before() -> None:
    assert Availability(ALWAYS, UTC).days(date(2027, 1, 4), date(2027, 1, 3)) == ()


windows = st.builds(
    lambda start, size: Window(start, start + size), st.integers(0, 1439), st.integers(1, 1440)
)
weeks = st.tuples(*[st.lists(windows, max_size=3).map(tuple)] * 7)
minutes_near = st.integers(-2000, 10_000)


@st.composite
def availabilities(draw: st.DrawFn) -> tuple[Availability, date]:
    first = draw(st.sampled_from(MOMENTS))
    start = minute(datetime(first.year, first.month, first.day, tzinfo=UTC))
    busy = merge(
        (start + at, start + at + size)
        for at, size in draw(st.lists(st.tuples(minutes_near, st.integers(1, 900)), max_size=5))
    )
    away = draw(
        st.lists(
            st.integers(-1, 6).map(
                lambda n: DayRange(first + timedelta(days=n), first + timedelta(days=n))
            ),
            max_size=2,
        )
    )
    not_before = draw(st.none() | minutes_near.map(lambda at: start + at))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return Availability(draw(weeks), zone, tuple(away), busy, not_before), first


@given(availabilities())
def test_every_minute_is_free_exactly_when_the_clock_says_so(
    drawn: tuple[Availability, date],
) -> None:
    """Minute by minute, by a definition that knows nothing of intervals."""
    availability, first = drawn
    last = first + timedelta(days=4)
    got = {
        at: free.day
        for free in availability.days(first, last)
        for start, end in free.intervals
        for at in range(start, end)
    }
    middle = minute(datetime(first.year, first.month, first.day, tzinfo=UTC))
    wanted = {
        at: day
        for at in range(middle - 2880, middle + 7 * 1440, 7)
        if (day := owner(availability, at)) and first <= day <= last
    }
    assert {at: day for at, day in got.items() if (at - middle + 2880) % 7 == 0} == wanted


def owner(availability: Availability, at: int) -> date | None:
    """Return the day a minute is free on."""
    shown = instant(at).astimezone(availability.zone)
    today, clock = shown.date(), shown.hour * 60 + shown.minute
    if any(days.first <= today <= days.last for days in availability.away):
        return None
    if any(start <= at < end for start, end in availability.busy) or at < (
        availability.not_before or 0
    ):
        return None
    for day, time in ((today - timedelta(days=1), clock + 1440), (today, clock)):
        if any(window.start <= time < window.end for window in availability.week[day.weekday()]):
            return day
    return None


@given(availabilities(), st.integers(0, 4))
def test_asking_for_days_apart_or_together_is_the_same(
    drawn: tuple[Availability, date], cut: int
) -> None:
    availability, first = drawn
    middle, last = first + timedelta(days=cut), first + timedelta(days=5)
    apart = availability.days(first, middle) + availability.days(middle + timedelta(days=1), last)
    assert apart == availability.days(first, last)


@given(availabilities())
def test_free_time_is_sorted_and_disjoint(drawn: tuple[Availability, date]) -> None:
    availability, first = drawn
    for free in availability.days(first, first + timedelta(days=5)):
        assert list(merge(free.intervals)) == sorted(free.intervals)
        assert free.intervals


def test_the_first_and_the_last_years_of_the_calendar_do_not_crash() -> None:
    availability = Availability(DEFAULT_WEEK, ZoneInfo("Europe/Berlin"))
    assert availability.days(date(1, 1, 8), date(1, 1, 14))
    assert availability.days(date(9999, 12, 20), date(9999, 12, 24))


INTERVALS = st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 300)), max_size=6).map(
    lambda drawn: merge(
        (30_000_000 + start, 30_000_000 + start + length) for start, length in drawn
    )
)


@given(availabilities(), INTERVALS, INTERVALS)
def test_what_is_opened_is_free_besides_unless_it_is_busy(
    drawn: tuple[Availability, date],
    more: tuple[tuple[int, int], ...],
    busy: tuple[tuple[int, int], ...],
) -> None:
    availability, first = drawn
    days = availability.days(first, first + timedelta(days=3))
    found = with_extra_time(days, more, busy, availability.zone)
    before = {at for day in days for start, end in day.intervals for at in range(start, end)}
    wanted = {at for start, end in more for at in range(start, end)}
    taken = {at for start, end in busy for at in range(start, end)}
    after = [at for day in found for start, end in day.intervals for at in range(start, end)]

    assert len(after) == len(set(after))
    assert set(after) == before | (wanted - taken)
    assert [day.day for day in found] == sorted({day.day for day in found})
    assert all(list(day.intervals) == sorted(day.intervals) for day in found)
