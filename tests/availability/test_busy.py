"""Busy calendars: laws that hold for all of them, and bounds for hostile bytes."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from curriculum.availability.busy import BusyRead, read_busy
from curriculum.availability.free import Availability
from curriculum.availability.intervals import merge
from curriculum.model.problems import Severity
from curriculum.model.settings import week

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2027, 1, 4), date(2027, 1, 17)


def read(lines: list[str], *, last: date = LAST, ours: frozenset[str] = frozenset()) -> BusyRead:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""])
    return read_busy("made.ics", text.encode(), zone=BERLIN, first=FIRST, last=last, ours=ours)


def event(uid: str, *lines: str) -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20270101T000000Z", *lines, "END:VEVENT"]


def test_an_event_that_we_published_is_never_busy() -> None:
    lines = event("x@curriculum", "DTSTART:20270105T100000Z", "DTEND:20270105T110000Z")

    assert len(read(lines).intervals) == 1
    assert read(lines, ours=frozenset({"x@curriculum"})).intervals == ()


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
)


@st.composite
def calm_events(draw: st.DrawFn, uid: str) -> list[str]:
    """Draw an event as a calm program writes it; no start lies in an hour that a clock skips or shows twice."""
    zone = draw(st.sampled_from(ZONES))
    start = datetime(2026, 12, 1) + timedelta(hours=draw(st.integers(0, 24 * 45)))
    start = start.replace(hour=6 + start.hour % 16)
    length = draw(st.integers(1, 30))
    lines = [f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DURATION:PT{length}H"]
    if draw(st.booleans()):
        rule = draw(
            st.sampled_from(
                ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=MONTHLY", "FREQ=WEEKLY;INTERVAL=2"]
            )
        )
        lines.append(f"RRULE:{rule}{draw(st.sampled_from(['', ';COUNT=5', ';UNTIL=20270116T120000Z']))}")
        if draw(st.booleans()):
            gone = start + timedelta(days=7 * draw(st.integers(0, 6)))
            lines.append(f"EXDATE;TZID={zone}:{gone:%Y%m%dT%H%M%S}")
    if draw(st.integers(0, 5)) == 0:
        lines.append("TRANSP:TRANSPARENT")
    return event(uid, *lines)


CALM = st.integers(1, 4).flatmap(lambda count: st.tuples(*(calm_events(f"e{number}") for number in range(count))))


@given(CALM, st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(events: tuple[list[str], ...], rng: random.Random) -> None:
    turned = list(events)
    rng.shuffle(turned)

    assert read([line for one in events for line in one]) == read([line for one in turned for line in one])


@given(CALM)
def test_free_and_busy_time_share_no_minute_and_make_up_all_windows(events: tuple[list[str], ...]) -> None:
    busy = read([line for one in events for line in one]).intervals
    windows = week({"daily": ["08:00-12:00", "20:00-02:00"]})
    free = Availability(windows, BERLIN, busy=busy).days(FIRST, LAST)
    every = Availability(windows, BERLIN).days(FIRST, LAST)
    minutes = {moment for day in free for start, end in day.intervals for moment in range(start, end)}
    taken = {moment for start, end in busy for moment in range(start, end)}
    whole = {moment for day in every for start, end in day.intervals for moment in range(start, end)}

    assert not minutes & taken
    assert minutes == whole - taken


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_end_in_an_answer(data: bytes) -> None:
    found = read_busy("any.ics", data, zone=BERLIN, first=FIRST, last=LAST)

    assert found.intervals or found.problems


SPECIMENS = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "cases" / "busy").glob("*.ics"))]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a specimen with pieces cut out, put in twice, or replaced."""
    data = draw(st.sampled_from(SPECIMENS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        piece = draw(st.sampled_from([b"", 2 * data[start:end], b"\r", b"\n ", b":", b'"', b";", b"9", b"\0", b"\xff"]))
        data = data[:start] + piece + data[end:]
    return data


@given(damaged(), st.dates(), st.dates())
def test_a_damaged_calendar_ends_in_an_answer_whatever_days_are_asked_for(data: bytes, one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = read_busy("damaged.ics", data, zone=BERLIN, first=first, last=min(last, first + timedelta(days=20_000)))

    assert found.intervals == merge(found.intervals)


LINES = st.sampled_from(
    [
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "UID:a",
        "DTSTART:20270105T100000Z",
        "DTSTART;VALUE=DATE:20270105",
        "DTSTART;TZID=Nowhere:20270105T100000",
        "DTSTART:00010101T000000",
        "DTSTART:20270105T240000",
        "DTSTART:20270105T235960Z",
        "DTEND:20270105T110000Z",
        "DTEND:99991231T235959Z",
        "DURATION:-P1D",
        "DURATION:PT99999999999H",
        "RRULE:FREQ=HOURLY",
        "RRULE:FREQ=DAILY;COUNT=1000000000",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=DAILY;BYSETPOS=400",
        "RRULE:FREQ=DAILY;UNTIL=00000000",
        "EXDATE:,,,",
        "RDATE;VALUE=PERIOD:20270105T100000Z/",
        "RECURRENCE-ID:20270105T100000Z",
        "X-WR-TIMEZONE:\x00",
        ";;;:",
        " folded",
    ]
)


@given(st.lists(LINES, max_size=25))
def test_any_heap_of_lines_ends_in_an_answer(lines: list[str]) -> None:
    found = read_busy("heap.ics", "\r\n".join(lines).encode(), zone=BERLIN, first=FIRST, last=date(2057, 1, 1))

    assert all(start < end for start, end in found.intervals)


def test_a_hundred_thousand_events_are_all_read() -> None:
    lines = [
        line
        for number in range(100_000)
        for line in event(str(number), f"DTSTART:202701{4 + number % 10:02d}T100000Z", "DURATION:PT1H")
    ]
    found = read(lines)

    assert len(found.intervals) == 10
    assert found.problems == ()


def test_a_normal_calendar_of_two_hundred_weekly_rules_is_followed_for_thirty_years() -> None:
    lines = [
        line
        for number in range(200)
        for line in event(str(number), "DTSTART:20200106T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY")
    ]
    found = read(lines, last=date(2057, 1, 1))

    assert found.problems == ()
    assert len(found.intervals) > 30 * 52


def test_more_rules_than_can_be_followed_are_an_error_and_not_free_time() -> None:
    lines = [
        line
        for number in range(1000)
        for line in event(str(number), "DTSTART:20270104T100000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY")
    ]
    found = read(lines, last=date(2057, 1, 1))

    assert [problem.severity for problem in found.problems] == [Severity.ERROR]
    assert "recur too often" in found.problems[0].message
