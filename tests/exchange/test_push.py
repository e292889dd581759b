"""What to send to a server: never over the person's own changes, never twice, and nothing that is there already."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.calendars.icalendar_writer import PRODUCT, folded
from curriculum.exchange.push import (
    Act,
    Conflict,
    PushDecision,
    PushStep,
    decide,
    digest,
    resolve_conflict,
)
from curriculum.exchange.remote_calendar import RemoteCalendar, RemoteVersion, uids_to_fetch
from curriculum.exchange.remote_event import RemoteEvent, parse_remote_event
from curriculum.exchange.sync_state import (
    SyncedVersion,
    SyncState,
    read_sync_state,
    sync_state_bytes,
)

NOTHING_TO_DO = PushDecision((), ())


def event(title: str = "Adding", product: str = PRODUCT) -> bytes:
    """Return a calendar of one event."""
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{product}", "BEGIN:VEVENT", "UID:a", "DTSTAMP:20270101T000000Z",
        "DTSTART:20270104T180000Z", "DTEND:20270104T190000Z", f"SUMMARY:{title}", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def said(data: bytes) -> RemoteEvent:
    """Return what a calendar says."""
    found = parse_remote_event(data, UTC)
    assert found is not None
    return found


def known(data: bytes, etag: str | None = "1") -> SyncedVersion:
    """Return what is known after some bytes were sent."""
    return SyncedVersion(etag, said(data).digest, digest(data))


OLD, NEW = event("Adding"), event("Adding more")
THEIRS = event("Mine: Adding", "-//Elsewhere//EN")


def test_what_is_new_is_written_where_nothing_stands() -> None:
    assert decide({"a": OLD}, RemoteCalendar({}, {})).steps == (
        PushStep(Act.WRITE, "a", None, OLD),
    )


def test_what_stands_there_already_is_left_alone() -> None:
    assert (
        decide({"a": OLD}, RemoteCalendar({"a": RemoteVersion("1")}, {"a": known(OLD)}))
        == NOTHING_TO_DO
    )


def test_what_changed_here_is_written_over_the_known_version() -> None:
    assert decide(
        {"a": NEW}, RemoteCalendar({"a": RemoteVersion("1")}, {"a": known(OLD)})
    ).steps == (PushStep(Act.WRITE, "a", "1", NEW),)


def test_what_is_gone_here_is_removed_and_what_is_gone_there_is_forgotten() -> None:
    decision = decide(
        {}, RemoteCalendar({"a": RemoteVersion("1")}, {"a": known(OLD), "b": known(OLD)})
    )

    assert decision.steps == (PushStep(Act.REMOVE, "a", "1"), PushStep(Act.FORGET, "b"))


def test_an_event_sent_before_it_had_x_pages_is_not_sent_again_for_them() -> None:
    unit = f"sutton-barto-2018/{'long-' * 8}chapter"
    line = folded(f"X-CURRICULUM-UNIT;X-MINUTES=60:{unit}")
    paged = folded(f"X-CURRICULUM-UNIT;X-MINUTES=60;X-PAGES=47-52:{unit}")
    before, after = (OLD.replace(b"END:VEVENT", one + b"END:VEVENT") for one in (line, paged))
    sent = hashlib.sha256(before).hexdigest()[:32]
    there, version = {"a": RemoteVersion("1")}, SyncedVersion("1", said(before).digest, sent)

    assert decide({"a": after}, RemoteCalendar(there, {"a": version})) == NOTHING_TO_DO


def test_what_the_person_changed_is_a_conflict_only_with_something_new() -> None:
    there = {"a": RemoteVersion("2", said(THEIRS))}

    assert decide({"a": OLD}, RemoteCalendar(there, {"a": known(OLD)})) == NOTHING_TO_DO
    assert decide({"a": NEW}, RemoteCalendar(there, {"a": known(OLD)})).conflicts == (
        Conflict("a", there["a"], NEW),
    )
    assert decide({}, RemoteCalendar(there, {"a": known(OLD)})).conflicts == (
        Conflict("a", there["a"], None),
    )


def test_what_the_person_deleted_is_not_made_again_unasked() -> None:
    assert decide({"a": OLD}, RemoteCalendar({}, {"a": known(OLD)})) == NOTHING_TO_DO
    assert decide({"a": NEW}, RemoteCalendar({}, {"a": known(OLD)})).conflicts == (
        Conflict("a", None, NEW),
    )
    assert decide({"a": NEW}, RemoteCalendar({}, {"a": known(OLD)}), past=["a"]) == NOTHING_TO_DO


def test_a_server_that_only_spells_it_otherwise_is_no_person() -> None:
    respelt = RemoteVersion("2", said(OLD.replace(b"DTSTAMP:20270101", b"DTSTAMP:20270109")))

    assert decide({"a": OLD}, RemoteCalendar({"a": respelt}, {"a": known(OLD)})).steps == (
        PushStep(Act.NOTE, "a", version=SyncedVersion("2", said(OLD).digest, digest(OLD))),
    )


def test_what_arrived_before_the_connection_broke_is_ours() -> None:
    there = {"a": RemoteVersion("2", said(NEW))}
    again = event("Adding even more")

    assert decide(
        {"a": again}, RemoteCalendar(there, {"a": known(OLD)}, {"a": said(NEW).digest})
    ).steps == (PushStep(Act.WRITE, "a", "2", again),)
    assert decide({"a": again}, RemoteCalendar(there, {"a": known(OLD)})).conflicts


def test_without_a_record_what_this_program_wrote_last_is_ours_and_what_another_wrote_is_asked_about() -> (
    None
):
    ours, theirs = RemoteVersion("1", said(OLD)), RemoteVersion("1", said(THEIRS))

    assert decide({"a": NEW}, RemoteCalendar({"a": ours}, {})).steps == (
        PushStep(Act.WRITE, "a", "1", NEW),
    )
    assert decide({"a": NEW}, RemoteCalendar({"a": theirs}, {})).conflicts == (
        Conflict("a", theirs, NEW),
    )
    assert decide({}, RemoteCalendar({"a": theirs}, {})) == NOTHING_TO_DO


def test_a_conflict_is_settled_either_way_and_then_not_asked_about_again() -> None:
    there = RemoteVersion("2", said(THEIRS))
    conflict = Conflict("a", there, NEW)
    left = resolve_conflict(conflict, ours=False)

    assert resolve_conflict(conflict, ours=True) == PushStep(Act.WRITE, "a", "2", NEW)
    assert left.version is not None
    assert decide({"a": NEW}, RemoteCalendar({"a": there}, {"a": left.version})) == NOTHING_TO_DO
    assert resolve_conflict(Conflict("a", None, NEW), ours=True) == PushStep(
        Act.WRITE, "a", None, NEW
    )
    assert resolve_conflict(Conflict("a", there, None), ours=True) == PushStep(Act.REMOVE, "a", "2")


def test_only_versions_that_are_not_known_are_asked_for() -> None:
    assert uids_to_fetch(
        {"a": known(OLD), "b": known(OLD), "d": known(OLD, "")},
        {"a": "1", "b": "2", "c": "1", "d": None},
    ) == (
        "b",
        "c",
        "d",
    )


@pytest.mark.parametrize(
    ("stood", "stands", "settled", "gone"),
    [
        ("abcd", "", "", "abcd"),
        ("abc", "", "", ""),
        ("abcd", "d", "", ""),
        ("abcd", "x", "", "abcd"),
        ("", "", "", ""),
        ("abcdefgh", "efgh", "", "abcd"),
        ("abcdefghi", "efghi", "", ""),
        ("abcdefghijklmnopqrstuv", "v", "", "abcdefghijklmnopqrstu"),
        ("abcdefgh", "efgh", "abcd", ""),
        ("abcdefgh", "gh", "ab", "cdef"),
        ("abcd", "", "abcd", "abcd"),
    ],
)
def test_many_events_that_are_gone_at_once_are_a_mishap(
    stood: str, stands: str, settled: str, gone: str
) -> None:
    """Half of those that are not tidied away, and no fewer than four; or all."""
    deleted_before = {"z": SyncedVersion(None, "", "sent")}
    there = {uid: RemoteVersion("1") for uid in stands}
    before = {uid: known(OLD) for uid in stood} | deleted_before
    calendar = RemoteCalendar(there, before)
    assert calendar.deleted_at_once(frozenset(settled)) == tuple(gone)


UIDS = st.sampled_from("abcd")
BYTES = st.sampled_from([OLD, NEW, event("Something")])


@given(st.dictionaries(UIDS, BYTES), st.dictionaries(UIDS, BYTES), st.dictionaries(UIDS, BYTES))
def test_after_the_steps_there_is_nothing_left_to_do(
    wanted: dict[str, bytes], before: dict[str, bytes], theirs: dict[str, bytes]
) -> None:
    """A server simulated in memory, on which the person changed some events since the last time."""
    knows = {uid: known(data) for uid, data in before.items()}
    stands = {uid: ("1", data) for uid, data in before.items()}
    stands |= {
        uid: ("2", data.replace(PRODUCT.encode(), b"-//E//EN") + b"")
        for uid, data in theirs.items()
        if uid in before
    }
    kept = dict(stands)

    def look() -> dict[str, RemoteVersion]:
        asked = uids_to_fetch(knows, {uid: etag for uid, (etag, _) in stands.items()})
        return {
            uid: RemoteVersion(etag, said(data) if uid in asked else None)
            for uid, (etag, data) in stands.items()
        }

    decision = decide(wanted, RemoteCalendar(look(), knows))
    for number, step in enumerate(decision.steps):
        if step.act is Act.WRITE:
            assert step.etag == (stands[step.uid][0] if step.uid in stands else None)
            stands[step.uid] = (f"new {number}", step.data)
            knows[step.uid] = known(step.data, f"new {number}")
        elif step.act is Act.NOTE and step.version is not None:
            knows[step.uid] = step.version
        else:
            stands.pop(step.uid, None)
            knows.pop(step.uid, None)
    for conflict in decision.conflicts:
        assert stands.get(conflict.uid) == kept.get(conflict.uid)

    again = decide(wanted, RemoteCalendar(look(), knows))
    assert again.steps == ()
    assert again.conflicts == decision.conflicts


TEXT = st.text(max_size=9)


@given(
    st.dictionaries(TEXT, TEXT),
    st.dictionaries(
        TEXT, st.dictionaries(TEXT, st.builds(SyncedVersion, st.none() | TEXT, TEXT, TEXT))
    ),
    st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT)),
)
def test_what_is_remembered_can_be_read_again(
    collections: dict[str, str],
    items: dict[str, dict[str, SyncedVersion]],
    sending: dict[str, dict[str, str]],
) -> None:
    remembered = SyncState("ada", collections, items, sending)

    assert read_sync_state(sync_state_bytes(remembered), "ada") == remembered
    assert read_sync_state(sync_state_bytes(remembered), "bob") == SyncState("bob")


def test_what_other_programs_write_is_understood() -> None:
    text = event().decode()
    zoned = text.replace("DTSTART:20270104T180000Z", "DTSTART;TZID=Europe/Berlin:20270104T190000")
    lasting = text.replace("DTEND:20270104T190000Z", "DURATION:PT1H")
    checked = text.replace("SUMMARY:", "SUMMARY: ✅ ")

    for same in (zoned, lasting):
        assert said(same.encode()) == said(event())
    assert said(checked.encode()).is_checked
    assert not said(event()).is_checked
    assert said(event()).start == datetime(2027, 1, 4, 18, tzinfo=UTC)
    assert said(text.replace("END:VEVENT", "RRULE:FREQ=DAILY\r\nEND:VEVENT").encode()).recurs
    assert parse_remote_event(b"nonsense", UTC) is None


OUTLOOK = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT"""


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        (";TZID=Europe/Berlin:20270104T190000", 18),
        (";TZID=Europe/Berlin:20270705T190000", 17),
        (";TZID=W. Europe Standard Time:20270705T190000", 17),
        (";TZID=Customized Time Zone:20270104T190000", 18),
        (";TZID=Customized Time Zone:20270705T190000", 17),
        (";TZID=/mozilla.org/20070129_1/Europe/Berlin:20270705T190000", 17),
        (":20270705T190000", 23),
        (";TZID=Nowhere/Known:20270705T190000", 23),
    ],
)
def test_the_zones_of_other_programs_are_understood_and_a_time_without_one_is_on_the_persons_clock(
    start: str, hour: int
) -> None:
    text = event().decode().replace("DTSTART:20270104T180000Z", f"DTSTART{start}")
    found = parse_remote_event(
        text.replace("BEGIN:VEVENT", OUTLOOK.replace("\n", "\r\n")).encode(),
        ZoneInfo("America/New_York"),
    )
    assert found is not None
    assert isinstance(found.start, datetime)
    assert (found.start.hour, found.start.tzinfo) == (hour, UTC)
