"""Our part of an event is written into the version on the server: whatever else is there stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.calendars.icalendar_writer import PRODUCT, folded, resource_bytes
from curriculum.exchange.event_parts import has_personal_parts
from curriculum.exchange.merging import merged_event
from curriculum.ical.calendar_parts import read_calendar_part
from tests.exchange.test_push import said


def ours(**changes: str) -> bytes:
    """Return an event as we write it where there is none."""
    says = {
        "SEQUENCE": "0",
        "DTSTART": "20270104T180000Z",
        "DTEND": "20270104T190000Z",
        "SUMMARY": "Sums - 1 Adding",
        "DESCRIPTION": "Why now: it is next.\\n1 Adding: 60 min",
        "CATEGORIES": "textbooks,sums",
        "URL": "https://example.org/sums",
        "TRIGGER": "-PT10M",
        **changes,
    }
    lines = (
        "BEGIN:VEVENT", "UID:sums_1-1.x@curriculum", f"SEQUENCE:{says['SEQUENCE']}", "DTSTAMP:20270101T000000Z",
        "LAST-MODIFIED:20270101T000000Z", f"DTSTART:{says['DTSTART']}", f"DTEND:{says['DTEND']}",
        f"SUMMARY:{says['SUMMARY']}", f"DESCRIPTION:{says['DESCRIPTION']}", f"CATEGORIES:{says['CATEGORIES']}",
        f"URL:{says['URL']}", "STATUS:CONFIRMED", "TRANSP:OPAQUE", "X-CURRICULUM-UNIT;X-MINUTES=60:sums/1",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{says['SUMMARY']}", f"TRIGGER:{says['TRIGGER']}", "END:VALARM",
        "END:VEVENT",
    )  # fmt: skip
    return resource_bytes(b"".join(map(folded, lines)))


MOVED = ours(SEQUENCE="1", DTSTART="20270105T180000Z", DTEND="20270105T190000Z")


def edited(data: bytes, change: str, into: str, product: str = "-//Elsewhere//EN") -> bytes:
    """Return an event after another program replaced a pattern in it."""
    text = data.replace(b"\r\n ", b"").decode().replace("\r\n", "\n").replace(PRODUCT, product)
    return re.sub(change, into, text, count=1, flags=re.MULTILINE).replace("\n", "\r\n").encode()


def lines(data: bytes) -> list[str]:
    """Return the unfolded lines of a calendar."""
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


FOREIGN = [
    "LOCATION:The library",
    "ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED:mailto:bo@example.org",
    "COMMENT:bring the blue book",
    "COLOR:tomato",
    "PRIORITY:1",
    "CLASS:PRIVATE",
    "X-MY-ROOM;X-FLOOR=3:12\\, left",
    "ATTACH:https://example.org/notes.pdf",
    "GEO:52.5;13.4",
    "BEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT1H\nEND:VALARM",
    "BEGIN:X-SOMETHING\nX-INSIDE:yes\nEND:X-SOMETHING",
    f"COMMENT:{'a long remark of many words, '.replace(',', chr(92) + ',') * 9}",
]


@given(
    st.lists(st.sampled_from(FOREIGN), unique=True),
    st.fixed_dictionaries(
        {},
        optional={
            "SUMMARY": st.sampled_from(["Sums - 2 Taking away", "Ünlike\\, this"]),
            "DESCRIPTION": st.sampled_from(["", "Why now: something else."]),
            "DTSTART": st.just("20270104T170000Z"),
            "CATEGORIES": st.sampled_from(["papers", "textbooks,sums,more"]),
            "URL": st.just("https://example.org/other"),
            "TRIGGER": st.sampled_from(["-PT30M", "-P1D"]),
        },
    ),
)
def test_what_is_not_ours_stays_and_what_is_ours_follows(
    foreign: list[str], changes: dict[str, str]
) -> None:
    first = merged_event(ours(), None)
    theirs = edited(first, "^END:VEVENT", "\n".join([*foreign, "END:VEVENT"]))
    wanted = ours(**changes)

    result = merged_event(wanted, theirs)

    expected = lines(merged_event(wanted, None))
    for line in foreign:
        expected += line.split("\n")
    assert sorted(lines(result)) == sorted(expected)
    assert merged_event(wanted, result) == result
    assert said(result).digest == said(wanted).digest
    assert said(result).is_as_written
    assert said(theirs).is_as_written
    assert len(Calendar.from_ical(result).events) == 1
    calendar = read_calendar_part(result)
    assert calendar is not None
    assert has_personal_parts(calendar) == bool(foreign)


@pytest.mark.parametrize(
    ("change", "into", "stays"),
    [
        ("^TRANSP:OPAQUE", "TRANSP:TRANSPARENT", "TRANSP:TRANSPARENT"),
        ("^URL:.*", "URL:https://example.org/mine", "URL:https://example.org/mine"),
        ("^CATEGORIES:.*", "CATEGORIES:sums,fun", "CATEGORIES:sums,fun"),
        ("^TRIGGER:.*", "TRIGGER:-PT2H", "TRIGGER:-PT2H"),
        ("^STATUS:.*", "STATUS:TENTATIVE", "STATUS:TENTATIVE"),
    ],
)
def test_what_the_person_changed_of_the_rest_is_the_persons(
    change: str, into: str, stays: str
) -> None:
    theirs = edited(merged_event(ours(), None), change, into)
    result = merged_event(MOVED, theirs)

    name = stays.partition(":")[0]
    assert [line for line in lines(result) if line.startswith(f"{name}:")] == [stays]
    assert lines(merged_event(MOVED, result)) == lines(result)


def test_what_the_person_removed_does_not_come_back() -> None:
    first = merged_event(ours(), None)
    for pattern, gone in (
        ("^BEGIN:VALARM[^$]*^END:VALARM\n", "VALARM"),
        ("^URL:.*\n", "URL"),
        ("^CATEGORIES:.*\n", "CATEGORIES"),
    ):
        assert gone not in merged_event(MOVED, edited(first, pattern, "")).decode()


def test_the_texts_of_the_person_stay_only_where_they_are_asked_to() -> None:
    theirs = edited(merged_event(ours(), None), "^DESCRIPTION:Why", "DESCRIPTION:Ask Ada! Why")

    assert said(theirs).changed_texts == {"DESCRIPTION"}
    kept, lost = merged_event(MOVED, theirs, ["DESCRIPTION"]), merged_event(MOVED, theirs)
    assert "Ask Ada!" in said(kept).description
    assert said(kept).changed_texts == {"DESCRIPTION"}, "it is still the person's"
    assert "Ask Ada!" not in said(lost).description


def test_a_program_that_writes_the_same_in_its_own_way_changed_nothing() -> None:
    first = merged_event(ours(), None)
    zoned = edited(first, "^DTSTART:20270104T180000Z", "DTSTART;TZID=Europe/Berlin:20270104T190000")
    spaced = edited(zoned, "^TRIGGER:-PT10M", "TRIGGER;VALUE=DURATION:-PT600S")

    assert said(spaced).is_as_written
    calendar = read_calendar_part(spaced)
    assert calendar is not None
    assert not has_personal_parts(calendar)
    assert merged_event(ours(TRIGGER="-PT5M"), spaced).count(b"BEGIN:VALARM") == 1


def test_an_alarm_that_says_the_title_follows_it_and_keeps_what_a_program_noted_in_it() -> None:
    theirs = edited(
        merged_event(ours(), None), "^END:VALARM", "ACKNOWLEDGED:20270104T170000Z\nEND:VALARM"
    )
    result = lines(merged_event(ours(SUMMARY="Sums - 2"), theirs))

    assert "ACKNOWLEDGED:20270104T170000Z" in result
    assert result.count("DESCRIPTION:Sums - 2") == 1


def test_a_sequence_never_falls() -> None:
    theirs = edited(merged_event(ours(), None), "^SEQUENCE:0", "SEQUENCE:7")

    assert "SEQUENCE:7" in lines(merged_event(MOVED, theirs))


def test_recurrence_goes_with_the_times_and_zones_that_nobody_needs_go_too() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Here\nEND:VTIMEZONE\nBEGIN:VEVENT"
    theirs = edited(merged_event(ours(), None), "^BEGIN:VEVENT", zone)
    theirs = edited(theirs, "^END:VEVENT", "RRULE:FREQ=DAILY\nEND:VEVENT")

    assert not said(theirs).has_written_times
    result = merged_event(MOVED, theirs).decode()
    assert "RRULE" not in result
    assert "VTIMEZONE" not in result
    needed = edited(theirs, "^END:VEVENT", "X-AT;TZID=Here:20270104T100000\nEND:VEVENT")
    assert "VTIMEZONE" in merged_event(MOVED, needed).decode()


TODO = resource_bytes(
    b"BEGIN:VTODO\r\nUID:todo.x@curriculum\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Adding\r\n"
    b"DUE:20270105T190000Z\r\nCATEGORIES:textbooks\r\nSTATUS:NEEDS-ACTION\r\nEND:VTODO\r\n"
)
COMPLETED = TODO.replace(b"DUE:20270105T190000Z\r\nCATEGORIES:textbooks\r\n", b"").replace(
    b"STATUS:NEEDS-ACTION",
    b"COMPLETED:20270105T190000Z\r\nPERCENT-COMPLETE:100\r\nSTATUS:COMPLETED",
)


def test_a_to_do_keeps_what_the_person_wrote_until_it_is_done() -> None:
    mine = (
        "PRIORITY:1\nPERCENT-COMPLETE:40\nDESCRIPTION:my notes\nDTSTART:20270103T080000Z\nEND:VTODO"
    )
    theirs = edited(merged_event(TODO, None), "^END:VTODO", mine)
    theirs = edited(theirs, "^STATUS:.*", "STATUS:IN-PROCESS")

    later = lines(merged_event(TODO.replace(b"DUE:20270105", b"DUE:20270112"), theirs))
    assert {*mine.split("\n"), "STATUS:IN-PROCESS", "DUE:20270112T190000Z"} <= {*later}
    done = lines(merged_event(COMPLETED, theirs))
    assert {"PRIORITY:1", "DESCRIPTION:my notes", "PERCENT-COMPLETE:100"} <= {*done}
    assert "STATUS:COMPLETED" in done
    assert "PERCENT-COMPLETE:40" not in done


def test_an_event_of_an_earlier_version_has_no_mark_and_is_known_by_its_program() -> None:
    old = ours()
    foreign = edited(old, "^END:VEVENT", "LOCATION:Here\nEND:VEVENT", PRODUCT)
    result = lines(merged_event(ours(TRIGGER="-PT30M"), foreign))

    assert "LOCATION:Here" in result
    assert [line for line in result if line.startswith("TRIGGER")] == ["TRIGGER:-PT30M"]
    for data, is_personal in ((old, False), (foreign, True), (edited(old, "x^", ""), False)):
        calendar = read_calendar_part(data)
        assert calendar is not None
        assert has_personal_parts(calendar) == is_personal


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_there_our_part_is_written(theirs: bytes) -> None:
    for data in (
        theirs,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + theirs + b"\r\nEND:VEVENT\r\nEND:VCALENDAR",
    ):
        assert said(merged_event(MOVED, data)).digest == said(MOVED).digest
