"""Events of a server are read as the icalendar library reads them, and keep the digests of earlier versions."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.calendars.icalendar_writer import escaped_text, folded, resource_bytes
from curriculum.exchange.remote_event import parse_remote_event

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\\\ufeff"),
    max_size=120,
).map(str.strip) | st.sampled_from(["✓ Adding", "a, b; c", "one\ntwo", 'say "x": y', "[x] done"])
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
STATUSES = st.sampled_from(["", "CONFIRMED", "cancelled", "COMPLETED", "NEEDS-ACTION"])


def component(kind: str, *lines: str) -> bytes:
    """Return a calendar of one component."""
    whole = (f"BEGIN:{kind}", "UID:a", "DTSTAMP:20270101T000000Z", *lines, f"END:{kind}")
    return resource_bytes(b"".join(map(folded, whole)))


def digest_with_the_library(data: bytes) -> str:
    """Return the digest as the versions computed it that read with icalendar."""
    (main,) = (one for one in Calendar.from_ical(data).walk() if one.name in ("VEVENT", "VTODO"))
    start = main.decoded("DTSTART") if "DTSTART" in main else None
    end_name = next((name for name in ("DTEND", "DUE") if name in main), None)
    if end_name is not None:
        end = main.decoded(end_name)
    elif "DURATION" in main:
        end = start + main.decoded("DURATION")
    else:
        end = start
    texts = [str(main.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "STATUS")]
    recurs = "RRULE" in main
    parts = (start, end, *texts[:2], texts[2].strip().upper(), recurs)
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


@given(TEXTS, TEXTS, STATUSES, INSTANTS, st.integers(0, 600), st.booleans())
def test_the_digest_of_an_event_is_that_of_earlier_versions(
    title: str, text: str, status: str, start: datetime, minutes: int, recurs: bool
) -> None:
    end = start + timedelta(minutes=minutes)
    lines = [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}"]
    lines += [f"SUMMARY:{escaped_text(title)}", f"DESCRIPTION:{escaped_text(text)}"]
    lines += [f"STATUS:{status}"] * bool(status) + ["RRULE:FREQ=DAILY"] * recurs
    data = component("VEVENT", *lines)
    found = parse_remote_event(data, UTC)

    assert found is not None
    assert (found.summary, found.description, found.is_ours) == (title, text, True)
    assert found.digest == digest_with_the_library(data)


@given(TEXTS, STATUSES, INSTANTS, st.booleans())
def test_the_digest_of_a_todo_is_that_of_earlier_versions(
    title: str, status: str, due: datetime, is_day: bool
) -> None:
    when = f";VALUE=DATE:{due:%Y%m%d}" if is_day else f":{due:%Y%m%dT%H%M%SZ}"
    lines = [f"SUMMARY:{escaped_text(title)}", f"DUE{when}"] + [f"STATUS:{status}"] * bool(status)
    data = component("VTODO", *lines)
    found = parse_remote_event(data, UTC)

    assert found is not None
    assert found.start is None
    assert found.end == (due.date() if is_day else due.replace(tzinfo=UTC))
    assert found.digest == digest_with_the_library(data)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_an_event_of_whole_days_has_dates(start: date, days: int) -> None:
    data = component("VEVENT", f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DURATION:P{days}D")
    found = parse_remote_event(data, UTC)

    assert found is not None
    assert (found.start, found.end) == (start, start + timedelta(days=days))
    assert found.digest == digest_with_the_library(data)


def test_a_time_that_cannot_be_read_is_never_taken_for_a_move() -> None:
    assert parse_remote_event(component("VEVENT", "DTSTART:soon"), UTC) is None
    broken = component("VEVENT", "DTSTART:20270104T180000Z", "DTEND:later")
    assert parse_remote_event(broken, UTC) is None
    assert parse_remote_event(component("VTODO", "DUE:20271399"), UTC) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    parse_remote_event(data, UTC)
    parse_remote_event(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data, UTC)


def test_an_exception_of_a_series_is_not_taken_for_the_series() -> None:
    head = component("VEVENT", "DTSTART:20270105T180000Z", "RECURRENCE-ID:20270104T180000Z")
    body = component("VEVENT", "DTSTART:20270104T180000Z", "RRULE:FREQ=DAILY")
    end = b"END:VCALENDAR\r\n"
    both = head.removesuffix(end) + body[body.index(b"BEGIN:VEVENT") :]
    found = parse_remote_event(both, UTC)

    assert found is not None
    assert (found.start, found.recurs) == (datetime(2027, 1, 4, 18, tzinfo=UTC), True)
