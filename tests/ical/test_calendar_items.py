"""Events and to-dos of a calendar server are read with all they say, as icalendar reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.ical.calendar_items import CalendarItem, CalendarItems, read_items

BERLIN = ZoneInfo("Europe/Berlin")
ZONE = """BEGIN:VTIMEZONE
TZID:Somewhere else
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0600
TZOFFSETTO:+0500
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0500
TZOFFSETTO:+0600
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(lines: str, kind: str = "VEVENT") -> bytes:
    text = f"BEGIN:VCALENDAR\nPRODID:-//x//y//EN\n{ZONE}BEGIN:{kind}\n{lines}\nEND:{kind}\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(lines: str, kind: str = "VEVENT") -> CalendarItem:
    found = read_items(calendar(lines, kind), BERLIN)
    assert found.problems == ()
    (item,) = found.items
    return item


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (
            "DTSTART:20270105T180000Z\nDTEND:20270105T190000Z",
            datetime(2027, 1, 5, 18, tzinfo=UTC),
            datetime(2027, 1, 5, 19, tzinfo=UTC),
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20270105T180000\nDURATION:PT90M",
            datetime(2027, 1, 5, 17, tzinfo=UTC),
            datetime(2027, 1, 5, 18, 30, tzinfo=UTC),
        ),
        (
            "DTSTART;TZID=Somewhere else:20270705T180000\nDURATION:PT1H",
            datetime(2027, 7, 5, 12, tzinfo=UTC),
            datetime(2027, 7, 5, 13, tzinfo=UTC),
        ),
        (
            "DTSTART:20270705T180000",
            datetime(2027, 7, 5, 16, tzinfo=UTC),
            datetime(2027, 7, 5, 16, tzinfo=UTC),
        ),
        ("DTSTART;VALUE=DATE:20270105\nDURATION:P2D", date(2027, 1, 5), date(2027, 1, 7)),
        (
            "DTSTART;VALUE=DATE:20270105\nDTEND;VALUE=DATE:20270106",
            date(2027, 1, 5),
            date(2027, 1, 6),
        ),
        ("SUMMARY:no times at all", None, None),
        ("DTSTART:soon\nDURATION:PT1H", None, None),
    ],
)
def test_times_are_instants_in_utc_or_dates(
    lines: str, start: date | None, end: date | None
) -> None:
    item = read(lines)
    assert (item.start, item.end) == (start, end)
    assert type(item.start) is type(start)


def test_a_to_do_has_its_due_time_and_its_completion() -> None:
    item = read(
        "UID:a\nDUE:20270105T180000Z\nCOMPLETED:20270104T070000Z\nSTATUS:COMPLETED\n"
        "SEQUENCE:3\nLAST-MODIFIED:20270104T070001Z\nSUMMARY:Read\\, then\\n write",
        "VTODO",
    )
    assert (item.kind, item.start, item.end) == (
        "VTODO",
        None,
        datetime(2027, 1, 5, 18, tzinfo=UTC),
    )
    assert item.completed == datetime(2027, 1, 4, 7, tzinfo=UTC)
    assert item.modified == datetime(2027, 1, 4, 7, 0, 1, tzinfo=UTC)
    assert (item.sequence, item.text("STATUS"), item.text("UID")) == (3, "COMPLETED", "a")
    assert item.text("SUMMARY") == "Read, then\n write"
    assert item.text("DESCRIPTION") == ""
    assert item.has_any("STATUS", "RRULE")
    assert not item.has_any("RRULE", "RDATE")


def test_properties_of_an_alarm_are_not_those_of_its_event() -> None:
    item = read("SUMMARY:Read\nBEGIN:VALARM\nDESCRIPTION:Now\nTRIGGER:-PT10M\nEND:VALARM")
    assert (item.text("SUMMARY"), item.text("DESCRIPTION")) == ("Read", "")


def test_the_program_that_wrote_a_calendar_is_known() -> None:
    assert read_items(calendar("UID:a"), UTC).product == "-//x//y//EN"
    assert read_items(b"nothing", UTC) == CalendarItems("", (), ())


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


@given(TIMES, st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "UTC"]), TEXTS)
def test_what_icalendar_writes_is_read_as_icalendar_reads_it(
    moment: datetime, zone: str, text: str
) -> None:
    data = calendar(f"DTSTART;TZID={zone}:{moment:%Y%m%dT%H%M%S}\nDURATION:PT1H")
    made = Calendar.from_ical(data)
    made.events[0].add("SUMMARY", text)
    (event,) = Calendar.from_ical(made.to_ical()).events
    (item,) = read_items(made.to_ical(), BERLIN).items
    assert item.start == event.decoded("DTSTART").astimezone(UTC)
    assert item.text("SUMMARY") == str(event["SUMMARY"]).strip()


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    read_items(b"BEGIN:VEVENT\nDTSTART:20270101T000000\nDURATION:" + data, BERLIN)
    read_items(b"BEGIN:VEVENT\nDTSTART" + data, BERLIN)
