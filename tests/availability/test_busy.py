"""Busy calendars: a specimen for every quirk, an independent reader as a judge, and bounds for hostile bytes."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.availability.busy import BusyRead, read_busy
from curriculum.availability.free import Availability
from curriculum.model.plan import minute
from curriculum.model.problems import Severity
from curriculum.model.settings import week

FOLDER = Path(__file__).parents[1] / "cases/busy"
SPECIMENS = sorted(path.stem for path in FOLDER.glob("*.ics"))
BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2027, 1, 4), date(2027, 1, 17)


def expectations(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"busy": [], "problem": []}
    for line in (FOLDER / f"{name}.expect").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(": ")
        found.setdefault(key, []).append(value)
    return found


def told(interval: tuple[int, int]) -> str:
    start, end = (datetime.fromtimestamp(60 * instant, UTC) for instant in interval)
    return f"{start:%Y-%m-%dT%H:%MZ} {end:%Y-%m-%dT%H:%MZ}"


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_specimen_is_read_as_it_was_worked_out_by_hand(name: str) -> None:
    wanted = expectations(name)
    first, _, last = wanted["days"][0].partition("..")
    read = read_busy(
        name,
        (FOLDER / f"{name}.ics").read_bytes(),
        zone=ZoneInfo(wanted["zone"][0]),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
    )

    assert list(map(told, read.intervals)) == wanted["busy"]
    assert [f"{one.place.line}:{one.place.column} {one.code}" for one in read.problems] == wanted["problem"]


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


def judged(lines: list[str]) -> set[int]:
    """Return the busy minutes that recurring_ical_events finds in the days that are asked about."""
    calendar = Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]))
    low, high = _bounds()
    begin, end = (datetime.fromtimestamp(60 * bound, UTC) for bound in (low, high))
    minutes: set[int] = set()
    for found in recurring_ical_events.of(calendar).between(begin, end):
        if found.get("TRANSP") != "TRANSPARENT":
            start = minute(found.start.astimezone(UTC))
            minutes |= set(range(start, start + int((found.end - found.start).total_seconds()) // 60))
    return {moment for moment in minutes if low <= moment < high}


def _bounds() -> tuple[int, int]:
    return (
        minute(datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=BERLIN)),
        minute(datetime(LAST.year, LAST.month, LAST.day, tzinfo=BERLIN) + timedelta(days=1)),
    )


@given(CALM)
def test_calm_calendars_are_read_as_an_independent_reader_reads_them(events: tuple[list[str], ...]) -> None:
    lines = [line for one in events for line in one]
    low, high = _bounds()
    ours = {moment for start, end in read(lines).intervals for moment in range(start, end) if low <= moment < high}

    assert ours == judged(lines)


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
