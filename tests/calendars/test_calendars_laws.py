"""Laws of published calendars: whatever the titles and the plan, the bytes are valid and follow changes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.calendars.icalendar_writer import folded
from curriculum.calendars.labels import clean
from curriculum.calendars.ledger_json import (
    LEDGER_VERSION,
    DamagedLedgerError,
    NewerLedgerError,
    ledger_bytes,
    ledger_of,
    read_ledger,
)
from curriculum.calendars.uids import deadline_uids, session_uids
from curriculum.calendars.validation import (
    BadCalendarError,
    ForeignCalendarError,
    check_bytes,
    check_meaning,
)
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.formatting import shortened
from curriculum.model.identifiers import UnitId
from curriculum.model.ledger import CALENDARS, Ledger
from curriculum.model.plan import Piece, Plan, Session
from curriculum.model.progress import Progress
from curriculum.model.settings import Goal, Settings
from tests.publications import (
    CURRICULUM,
    FIRST,
    ONE,
    SETTINGS,
    plan_of,
    plans,
    published,
    titles,
)


@given(titles)
def test_any_title_comes_back_without_what_the_format_forbids(title: str) -> None:
    (event,) = Calendar.from_ical(published(ONE, title=title).files["papers.ics"]).events
    shown = shortened(clean(title), 120)
    assert event["SUMMARY"] == (f"{shown} - 0 {shown}" if shown else "a - 0 0")
    assert "".join(clean(title).split()) == re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "", title)


@given(titles)
def test_lines_are_at_most_75_octets_and_end_alike(title: str) -> None:
    for name, data in published(ONE, title=title).files.items():
        if name in CALENDARS:
            lines = data.decode().split("\r\n")
            assert lines[-1] == ""
            assert all(0 < len(line.encode()) <= 75 for line in lines[:-1])
            assert not any("\r" in line or "\n" in line for line in lines)


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    lines = folded(text).split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and line.decode() is not None for line in lines)
    assert folded(text).replace(b"\r\n ", b"").decode() == text + "\r\n"


@given(plans(), st.integers(0, 400))
def test_publishing_twice_gives_the_same_bytes_and_ledger(plan: Plan, days: int) -> None:
    first = published(plan)
    again = published(plan, read_ledger(ledger_bytes(first.ledger)), days=days)
    assert again.files == first.files
    assert again.ledger == first.ledger


@given(plans().filter(lambda plan: plan.sessions), st.data())
def test_only_the_session_that_moves_changes(plan: Plan, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(plan.sessions) - 1))
    session = plan.sessions[place]
    moved = replace(session, start=session.start + 100_000, end=session.end + 100_000)
    first = published(plan)
    second = published(
        replace(plan, sessions=(*plan.sessions[:place], moved, *plan.sessions[place + 1 :])),
        first.ledger,
        days=1,
    )
    uid = session_uids(plan, first.ledger, Progress(), 0)[place]
    assert second.ledger.events.keys() == first.ledger.events.keys()
    for name, row in second.ledger.events.items():
        before = first.ledger.events[name]
        assert (
            row == before
            if name != uid
            else row.sequence == before.sequence + 1 and row.stamp > before.stamp
        )


@given(st.lists(plans(), min_size=2, max_size=5))
def test_a_uid_that_is_gone_never_returns_and_sequences_only_grow(history: list[Plan]) -> None:
    ledger = ledger_of({}, SETTINGS)
    for days, plan in enumerate(history):
        after = published(plan, ledger, days=days).ledger
        assert not ledger.retired & after.events.keys()
        assert ledger.retired <= after.retired
        assert ledger.events.keys() <= after.events.keys() | after.retired
        for uid in ledger.events.keys() & after.events.keys():
            assert after.events[uid].sequence - ledger.events[uid].sequence in (0, 1)
        ledger = after


@given(plans())
def test_uids_are_unique_and_known_before_publishing(plan: Plan) -> None:
    result = published(plan)
    uids = session_uids(plan, ledger_of({}, SETTINGS), Progress(), 0)
    assert len(set(uids)) == len(uids)
    assert {
        *uids,
        *deadline_uids([CURRICULUM.goals[0].goal], result.ledger),
    } == result.ledger.events.keys()


@given(plans())
def test_a_lost_ledger_is_recovered_from_the_calendars(plan: Plan) -> None:
    result = published(plan)
    recovered = ledger_of(
        {name: result.files[name] for name in CALENDARS}, Settings(title="forgotten")
    )
    assert recovered.plan == result.ledger.plan
    assert recovered.events == result.ledger.events


def test_units_with_similar_names_have_different_uids() -> None:
    pieces = [
        UnitId("a/b-1"),
        UnitId("a/b"),
        UnitId("a.b/c"),
        UnitId("a/b.c"),
        UnitId("a/b-1"),
        UnitId("a/b"),
    ]
    sessions = tuple(
        Session(FIRST + place, FIRST + place + 1, "papers", (Piece(unit, 1),))
        for place, unit in enumerate(pieces)
    )
    uids = session_uids(plan_of(sessions), Ledger("p"), Progress(), 0)
    assert len(set(uids)) == len(pieces)


def test_a_goal_named_twice_has_two_deadlines() -> None:
    goals = [
        Goal(work="a"),
        Goal(work="a"),
        Goal.model_validate({"work": "a", "units": ["1", "2"]}),
    ]
    assert len(set(deadline_uids(goals, Ledger("p")))) == 3


def test_a_title_of_ten_thousand_characters_is_cut_between_letters() -> None:
    title = "👩‍🔬" * 3_333
    shown = shortened(title, 120)
    assert len(shown) <= 120
    assert shown.endswith("🔬…")
    assert len(published(ONE, title="x" * 10_000).files["papers.ics"]) < 2_000


GOOD = published(ONE).files["papers.ics"]


@pytest.mark.parametrize(
    ("damaged", "fault"),
    [
        (GOOD[:-2], "begin and end"),
        (GOOD[:-20], "begin and end"),
        (GOOD.replace(b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\n"), "half a line end"),
        (GOOD.replace(b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\r"), "half a line end"),
        (GOOD.replace(b"CONFIRMED", b"CONF\x00IRMED"), "control character"),
        (GOOD.replace(b"CONFIRMED", b"C" * 80), "longer than 75"),
        (GOOD.replace(b"CONFIRMED", b"\xc3\r\n \xa9"), "not UTF-8"),
        (GOOD.replace(b"CONFIRMED\r\n", b"CONFIRMED\r\n\r\n"), "empty"),
        (GOOD.replace(b"END:VEVENT\r\n", b""), "ends where it did not begin"),
        (GOOD.replace(b"UID:", b"UIX:"), "has no UID"),
    ],
)
def test_damaged_bytes_are_refused(damaged: bytes, fault: str) -> None:
    with pytest.raises(BadCalendarError, match=fault):
        check_bytes("papers.ics", damaged)


def test_a_uid_that_comes_twice_is_refused() -> None:
    head, tail = GOOD.index(b"BEGIN:VEVENT"), GOOD.index(b"END:VCALENDAR")
    with pytest.raises(BadCalendarError, match="comes twice"):
        check_bytes("papers.ics", GOOD[:tail] + GOOD[head:tail] + GOOD[tail:])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"DTSTART:2027", b"DTSTART:2026"),
        (b"X-MINUTES=30", b"X-MINUTES=31"),
        (b"SUMMARY:A", b"SUMMARY:B"),
        (b"SEQUENCE:0", b"SEQUENCE:1"),
    ],
)
def test_a_file_that_reads_otherwise_than_meant_is_refused(old: bytes, new: bytes) -> None:
    result = published(ONE)
    (uid,) = session_uids(ONE, result.ledger, Progress(), 0)
    assert result.ledger.events[uid].entry == _entry(uid)
    check_meaning("papers.ics", GOOD, [result.ledger.events[uid]])
    assert old in GOOD
    with pytest.raises(BadCalendarError):
        check_meaning("papers.ics", GOOD.replace(old, new), [result.ledger.events[uid]])


def _entry(uid: str) -> CalendarEntry:
    (event,) = Calendar.from_ical(GOOD).events
    return CalendarEntry(
        uid=uid,
        file="papers.ics",
        start=event.start,
        end=event.end,
        summary="A title - 0 A title",
        description=str(event["DESCRIPTION"]),
        categories=("papers", "a"),
        pieces=(Piece(UnitId("a/0"), 30),),
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"{}",
        b'{"plan": "p", "version": 1}',
        b'{"plan": "p", "version": 2}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_ledger_is_refused_with_its_remedy(data: bytes) -> None:
    with pytest.raises(
        DamagedLedgerError, match=r"nothing was written; restore it .*, or remove it"
    ):
        ledger_of({**published(ONE).files, "ledger.json": data}, SETTINGS)


@pytest.mark.parametrize("version", [LEDGER_VERSION + 1, 99])
def test_a_ledger_of_a_later_version_is_kept(version: int) -> None:
    data = f'{{"plan": "p", "version": {version}}}'.encode()

    with pytest.raises(NewerLedgerError, match="a newer version of curriculum reads it") as caught:
        ledger_of({**published(ONE).files, "ledger.json": data}, SETTINGS)

    assert "remove" not in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"", b"notes", b"BEGIN:VCALENDAR\r\nPRODID:other\r\nEND:VCALENDAR\r\n", GOOD[:300]]
)
def test_a_file_of_somebody_else_is_never_overwritten(data: bytes) -> None:
    with pytest.raises(
        ForeignCalendarError, match=r"'papers\.ics' .* was not published by curriculum"
    ):
        ledger_of({"papers.ics": data}, SETTINGS)
