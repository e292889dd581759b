"""Busy calendars: laws that hold for all of them, and bounds for hostile bytes."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Timezone

from curriculum.availability.busy_time import BusyCalendar, BusyQuestion, BusyRead, read_busy
from curriculum.availability.free import Availability
from curriculum.ical.calendar_zones import MAX_CUSTOM_ZONES, MAX_UNKNOWN_ZONES
from curriculum.model.busy import EVERYTHING_COUNTS, BusySource
from curriculum.model.intervals import merge
from curriculum.model.problems import Severity
from curriculum.model.study_hours import week

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2027, 1, 4), date(2027, 1, 17)


def read(
    lines: list[str],
    *,
    last: date = LAST,
    ours: frozenset[str] = frozenset(),
    source: BusySource = EVERYTHING_COUNTS,
) -> BusyRead:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""])
    return read_busy("made.ics", text.encode(), BusyQuestion(BERLIN, FIRST, last, ours), source)


def event(uid: str, *lines: str) -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20270101T000000Z", *lines, "END:VEVENT"]


def test_an_event_that_we_published_is_never_busy() -> None:
    lines = event("x@curriculum", "DTSTART:20270105T100000Z", "DTEND:20270105T110000Z")

    assert len(read(lines).intervals) == 1
    assert read(lines, ours=frozenset({"x@curriculum"})).intervals == ()


TITLES = st.text("ab[]!-^*?\\\\.", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(TITLES, TITLES)
def test_in_an_ignored_title_only_asterisks_and_question_marks_are_special(
    pattern: str, title: str
) -> None:
    source = BusySource.model_validate({"from": "calendar", "ignore": {"title": [pattern]}})
    summary = title.replace("\\", "\\\\")
    lines = event("x", "DTSTART:20270105T100000Z", "DTEND:20270105T110000Z", f"SUMMARY:{summary}")
    found = read(lines, source=source)

    assert (found.intervals == ()) == is_meant(pattern, title)


def is_meant(pattern: str, title: str) -> bool:
    """Tell, letter by letter, whether a pattern means a title."""
    if not pattern or not title:
        return pattern.strip("*") == title
    if pattern[0] == "*":
        return is_meant(pattern[1:], title) or is_meant(pattern, title[1:])
    return pattern[0] in ("?", title[0]) and is_meant(pattern[1:], title[1:])


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
                [
                    "FREQ=DAILY",
                    "FREQ=WEEKLY",
                    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
                    "FREQ=MONTHLY",
                    "FREQ=WEEKLY;INTERVAL=2",
                ]
            )
        )
        lines.append(
            f"RRULE:{rule}{draw(st.sampled_from(['', ';COUNT=5', ';UNTIL=20270116T120000Z']))}"
        )
        if draw(st.booleans()):
            gone = start + timedelta(days=7 * draw(st.integers(0, 6)))
            lines.append(f"EXDATE;TZID={zone}:{gone:%Y%m%dT%H%M%S}")
    if draw(st.integers(0, 5)) == 0:
        lines.append("TRANSP:TRANSPARENT")
    return event(uid, *lines)


CALM = st.integers(1, 4).flatmap(
    lambda count: st.tuples(*(calm_events(f"e{number}") for number in range(count)))
)


@given(CALM)
def test_free_and_busy_time_share_no_minute_and_make_up_all_windows(
    events: tuple[list[str], ...],
) -> None:
    busy = read([line for one in events for line in one]).intervals
    windows = week({"daily": ["08:00-12:00", "20:00-02:00"]})
    free = Availability(windows, BERLIN, busy=busy).days(FIRST, LAST)
    every = Availability(windows, BERLIN).days(FIRST, LAST)
    minutes = {
        moment for day in free for start, end in day.intervals for moment in range(start, end)
    }
    taken = {moment for start, end in busy for moment in range(start, end)}
    whole = {
        moment for day in every for start, end in day.intervals for moment in range(start, end)
    }

    assert not minutes & taken
    assert minutes == whole - taken


@given(
    st.binary(max_size=400)
    | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_end_in_an_answer(data: bytes) -> None:
    found = read_busy("any.ics", data, BusyQuestion(BERLIN, FIRST, LAST))

    assert found.intervals or found.problems


SPECIMENS = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[1] / "cases" / "busy").glob("*.ics"))
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a specimen with pieces cut out, put in twice, or replaced."""
    data = draw(st.sampled_from(SPECIMENS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        piece = draw(
            st.sampled_from(
                [b"", 2 * data[start:end], b"\r", b"\n ", b":", b'"', b";", b"9", b"\0", b"\xff"]
            )
        )
        data = data[:start] + piece + data[end:]
    return data


@given(damaged(), st.dates(), st.integers(0, 20_000))
def test_a_damaged_calendar_ends_in_an_answer_whatever_days_are_asked_for(
    data: bytes, first: date, days: int
) -> None:
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    found = read_busy("damaged.ics", data, BusyQuestion(BERLIN, first, last))

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
    found = read_busy(
        "heap.ics", "\r\n".join(lines).encode(), BusyQuestion(BERLIN, FIRST, date(2057, 1, 1))
    )

    assert all(start < end for start, end in found.intervals)


def test_a_hundred_thousand_events_are_all_read() -> None:
    lines = [
        line
        for number in range(100_000)
        for line in event(
            str(number), f"DTSTART:202701{4 + number % 10:02d}T100000Z", "DURATION:PT1H"
        )
    ]
    found = read(lines)

    assert len(found.intervals) == 10
    assert found.problems == ()


def test_a_normal_calendar_of_two_hundred_weekly_rules_is_followed_for_thirty_years() -> None:
    lines = [
        line
        for number in range(200)
        for line in event(
            str(number), "DTSTART:20200106T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"
        )
    ]
    found = read(lines, last=date(2057, 1, 1))

    assert found.problems == ()
    assert len(found.intervals) > 30 * 52


def test_more_rules_than_can_be_followed_are_an_error_and_not_free_time() -> None:
    lines = [
        line
        for number in range(1000)
        for line in event(
            str(number), "DTSTART:20270104T100000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY"
        )
    ]
    found = read(lines, last=date(2057, 1, 1))

    assert [problem.severity for problem in found.problems] == [Severity.ERROR]
    assert "recur too often" in found.problems[0].message


def test_a_list_of_a_hundred_thousand_dates_costs_no_more_than_as_many_events() -> None:
    """Each date was once read with the whole list before it: a file of 2 MB took ten seconds."""
    dates = ",".join(["20270105T100000Z"] * 100_000)
    found = read(
        event(
            "a",
            "DTSTART:20270104T100000Z",
            "DURATION:PT1H",
            "RRULE:FREQ=DAILY;COUNT=2",
            f"EXDATE:{dates}",
        )
    )

    assert len(found.intervals) == 1
    assert found.problems == ()


@pytest.mark.parametrize(
    ("rule", "starts"),
    [
        ("FREQ=HOURLY", 7_306 * 24 + 13),
        ("FREQ=DAILY;BYHOUR=8,20", 2 * 7_307),
        ("FREQ=DAILY;INTERVAL=1000000", 1),
        ("FREQ=WEEKLY;COUNT=1000000000", 1_044),
    ],
)
def test_a_rule_without_end_is_followed_for_twenty_years(rule: str, starts: int) -> None:
    found = read(
        event("a", "DTSTART:20270104T100000Z", "DURATION:PT1M", f"RRULE:{rule}"),
        last=date(2047, 1, 4),
    )

    assert found.problems == ()
    assert len(found.intervals) == starts


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VEVENT\n" * 1_000_000,
        b"BEGIN:VCALENDAR\nX:a" + b"\n a" * 1_000_000,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;"
        + b'a"";' * 500_000
        + b":\nDTEND"
        + b'"' * 500_000,
        b"\n" * 6_000_000,
        b"x" * 51_000_000,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nRDATE" + b";a=b" * 200_000 + b":" + b"20270104," * 100_000,
    ],
    ids=["begins", "folds", "quotes", "lines", "bytes", "parameters"],
)
def test_a_hostile_heap_of_bytes_is_a_problem_and_no_wait(data: bytes) -> None:
    found = read_busy("hostile.ics", data, BusyQuestion(BERLIN, FIRST, LAST))

    assert found.intervals == ()
    assert found.problems


def in_zone(name: str) -> list[str]:
    return event(name, f"DTSTART;TZID={name}:20270105T100000", "DURATION:PT1H")


def definition(number: int) -> list[str]:
    change = ["DTSTART:19700101T000000", "TZOFFSETFROM:+0000", f"TZOFFSETTO:+00{number:02d}"]
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:Zone {number}",
        "BEGIN:STANDARD",
        *change,
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_a_file_may_define_forty_zones_and_the_next_is_one_that_is_not_known() -> None:
    lines = [
        line for number in range(50) for line in [*definition(number), *in_zone(f"Zone {number}")]
    ]

    assert {problem.code for problem in read(lines).problems} == {"busy-unknown-zone"}
    assert len(read(lines).problems) == 50 - MAX_CUSTOM_ZONES


def test_a_zone_that_is_known_is_found_behind_many_that_are_not() -> None:
    unknown = [line for number in range(200) for line in in_zone(f"Nowhere {number}")]
    found = read([*unknown, *in_zone("Asia/Kolkata")])

    assert (
        found.intervals
        == read(
            [*in_zone("Nowhere"), *event("k", "DTSTART:20270105T043000Z", "DURATION:PT1H")]
        ).intervals
    )


def test_names_of_zones_beyond_number_are_not_looked_up_and_are_problems() -> None:
    unknown = [line for number in range(MAX_UNKNOWN_ZONES) for line in in_zone(f"Nowhere {number}")]
    found = read([*unknown, *in_zone("Asia/Kolkata")])

    assert found.intervals == read(in_zone("Europe/Berlin")).intervals
    assert found.problems[0].message.startswith(f"{MAX_UNKNOWN_ZONES + 1 - 100} more problems")


def test_only_a_windows_name_loads_the_library_that_knows_them() -> None:
    program = (
        "import sys, curriculum.availability.busy_time as busy\n"
        "from curriculum.ical.zones import find_zone\n"
        "find_zone('Europe/Berlin')\n"
        "before = set(sys.modules)\n"
        "heavy = before & {'icalendar', 'dateutil', 'recurring_ical_events'}\n"
        "print(find_zone('W. Europe Standard Time'), sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "Europe/Berlin []\n"


BUSY_FILES = sorted((Path(__file__).parents[1] / "cases/busy").glob("**/*.ics"))


@pytest.mark.parametrize("path", BUSY_FILES, ids=lambda path: path.stem)
def test_a_calendar_that_is_asked_again_answers_as_if_it_were_read_again(path: Path) -> None:
    data = path.read_bytes()
    calendar = BusyCalendar(path.name, data)

    for first, last in ((FIRST, LAST), (date(2025, 1, 1), date(2031, 12, 31)), (FIRST, LAST)):
        question = BusyQuestion(BERLIN, first, last)
        assert calendar.read(question) == read_busy(path.name, data, question)


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/Havana", "Africa/Casablanca", "UTC"])
@pytest.mark.parametrize("last", [date(2026, 12, 1), date(2027, 2, 1), date(2030, 1, 1)])
def test_a_definition_that_says_what_its_name_says_changes_nothing(name: str, last: date) -> None:
    """However far it goes: icalendar writes the changes one by one, up to a last one."""
    known = Timezone.from_tzid(name, first_date=date(2020, 1, 1), last_date=last)
    definition = known.to_ical().decode().split("\r\n")[:-1]
    found = event("a", f"DTSTART;TZID={name}:20270105T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY")

    assert read([*definition, *found], last=date(2027, 12, 31)) == read(
        found, last=date(2027, 12, 31)
    )
