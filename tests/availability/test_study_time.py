"""When the person can study, as a calendar says: by VAVAILABILITY, or by the titles of events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.availability.busy_time import BusyQuestion, BusyRead
from curriculum.availability.free import Availability
from curriculum.availability.study_time import read_study_time
from curriculum.model.intervals import Intervals, merge
from curriculum.model.settings import DayRange
from curriculum.model.study_hours import NO_WEEK

BERLIN = ZoneInfo("Europe/Berlin")
QUESTION = BusyQuestion(BERLIN, date(2027, 1, 4), date(2027, 1, 10), frozenset({"ours"}))


def read(*lines: str, titles: tuple[str, ...] = ("Study*",)) -> BusyRead:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
    return read_study_time("study.ics", text.encode(), QUESTION, titles)


def shown(intervals: Intervals) -> list[str]:
    """Return intervals in UTC, as `05 10:00-11:00`."""
    found: list[str] = []
    for start, end in intervals:
        first, last = (datetime.fromtimestamp(60 * minute, UTC) for minute in (start, end))
        found.append(f"{first:%d %H:%M}-{last:%H:%M}")
    return found


def event(title: str, start: str, end: str, *more: str) -> tuple[str, ...]:
    times = f"DTSTART:202701{start}00Z", f"DTEND:202701{end}00Z"
    return ("BEGIN:VEVENT", f"SUMMARY:{title}", *times, *more, "END:VEVENT")


def available(*blocks: tuple[str, ...], more: tuple[str, ...] = ()) -> tuple[str, ...]:
    inside = [line for block in blocks for line in ("BEGIN:AVAILABLE", *block, "END:AVAILABLE")]
    return ("BEGIN:VAVAILABILITY", *more, *inside, "END:VAVAILABILITY")


def times(start: str, end: str, *more: str) -> tuple[str, ...]:
    return (f"DTSTART:202701{start}00Z", f"DTEND:202701{end}00Z", *more)


def test_events_with_the_title_are_time_for_studying_and_no_others() -> None:
    found = read(
        *event("Study time", "05T1000", "05T1100", "TRANSP:TRANSPARENT"),
        *event("STUDY", "06T1000", "06T1100", "RRULE:FREQ=DAILY;COUNT=2"),
        *event("Study group", "07T1800", "07T1900", "STATUS:CANCELLED"),
        *event("Study sums", "08T1800", "08T1900", "UID:ours"),
        *event("Dentist", "08T1000", "08T1100"),
    )

    assert shown(found.intervals) == ["05 10:00-11:00", "06 10:00-11:00", "07 10:00-11:00"]
    assert found.problems == ()


def test_other_titles_may_be_named() -> None:
    events = (*event("Lernen", "05T1000", "05T1100"), *event("Study", "06T1000", "06T1100"))

    assert shown(read(*events, titles=("lernen", "x")).intervals) == ["05 10:00-11:00"]


def test_a_calendar_without_time_for_studying_is_a_problem() -> None:
    found = read(*event("Dentist", "08T1000", "08T1100"))

    assert [problem.code for problem in found.problems] == ["availability-empty"]
    assert "no event in the calendar is titled 'Study*'" in found.problems[0].message


def test_available_times_count_and_events_beside_them_do_not() -> None:
    found = read(
        *available(
            times("05T1900", "05T2030", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH"),
            ("DTSTART;TZID=America/New_York:20270106T100000", "DURATION:PT1H"),
        ),
        *event("Study", "09T1000", "09T1100"),
    )

    assert shown(found.intervals) == ["05 19:00-20:30", "06 15:00-16:00", "07 19:00-20:30"]


def test_an_exception_of_an_available_time_does_not_count() -> None:
    found = read(
        *available(
            times("05T1900", "05T2000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20270106T190000Z")
        )
    )

    assert shown(found.intervals) == ["05 19:00-20:00", "07 19:00-20:00"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (("PRIORITY:1",), ["05 10:00-11:00", "08 10:00-18:00"]),
        (("PRIORITY:9",), ["05 10:00-11:00", "08 10:00-18:00"]),
        ((), ["05 10:00-18:00", "08 10:00-18:00"]),
    ],
)
def test_a_higher_priority_holds_for_its_time(more: tuple[str, ...], expected: list[str]) -> None:
    """RFC 7953 §4. Of one priority, all times count."""
    usual = available(times("05T1000", "05T1800"), times("08T1000", "08T1800"))
    special = available(times("05T1000", "05T1100"), more=(*times("05T0000", "07T0000"), *more))

    assert shown(read(*usual, *special).intervals) == expected
    assert shown(read(*special, *usual).intervals) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (("DTSTART:20270106T000000Z",), ["06 10:00-11:00", "07 10:00-11:00"]),
        (("DTEND:20270106T103000Z",), ["05 10:00-11:00", "06 10:00-10:30"]),
        (("DTSTART:20270106T000000Z", "DURATION:P1D"), ["06 10:00-11:00"]),
    ],
)
def test_times_outside_of_their_availability_do_not_count(
    more: tuple[str, ...], expected: list[str]
) -> None:
    found = read(*available(times("05T1000", "05T1100", "RRULE:FREQ=DAILY;COUNT=3"), more=more))

    assert shown(found.intervals) == expected


@given(st.binary(max_size=300))
def test_any_bytes_end_in_an_answer(data: bytes) -> None:
    found = read_study_time("any.ics", data, QUESTION, ("Study*",))

    assert found.intervals or found.problems


ZONES = ["Europe/Berlin", "America/Havana", "Pacific/Apia", "America/St_Johns"]


@given(
    st.sampled_from(ZONES),
    st.sampled_from([date(2027, 3, 12), date(2027, 11, 5), date(2011, 12, 28), date(2027, 1, 4)]),
    st.lists(st.tuples(st.integers(-2_000, 9_000), st.integers(1, 4_000)), max_size=5),
)
def test_free_time_is_that_of_the_calendar_minus_what_is_taken(
    name: str, first: date, drawn: list[tuple[int, int]]
) -> None:
    zone = ZoneInfo(name)
    begin = int(datetime(first.year, first.month, first.day, tzinfo=zone).timestamp()) // 60
    study = merge((begin + start, begin + start + length) for start, length in drawn)
    busy = ((begin + 3_000, begin + 3_100),)
    away = (DayRange(first + timedelta(days=1), first + timedelta(days=1)),)
    last = first + timedelta(days=5)
    free = Availability(NO_WEEK, zone, away, busy, study=study).days(first, last)

    for day in free:
        for start, end in day.intervals:
            assert 0 < end - start <= 25 * 60
    found = {minute for day in free for one in day.intervals for minute in range(*one)}
    wanted = {minute for one in study for minute in range(*one)} - set(range(*busy[0]))
    for minute in wanted ^ found:
        shown_day = datetime.fromtimestamp(60 * minute, zone).date()
        # Time before the first day, or after the last one, may belong to an earlier or later day.
        assert minute not in found or shown_day > last
        assert (
            not first <= shown_day <= last
            or shown_day == away[0].first
            or _began_before(minute, study, first, zone)
        )


def _began_before(minute: int, study: Intervals, first: date, zone: ZoneInfo) -> bool:
    """Tell whether a minute is of a time that began before the first day."""
    for start, end in study:
        if start <= minute < end:
            return datetime.fromtimestamp(60 * start, zone).date() < first
    return False


def test_a_calendar_that_is_too_large_to_be_read_whole_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = event("Study", "05T1000", "05T1100")
    assert not read(*lines).problems
    monkeypatch.setattr("curriculum.availability.busy_time.MAX_BYTES", 60)

    assert "busy-limit" in [problem.code for problem in read(*lines).problems]
