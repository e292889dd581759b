"""The ledger as text: what is written is read again, quickly, and without what only calendars need."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.calendars.ledger_json import (
    DamagedLedgerError,
    NewerLedgerError,
    ledger_bytes,
    read_ledger,
)
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.ledger import DEADLINES, Ledger, PublishedEvent
from curriculum.model.plan import Piece, Reason, Session, instant
from curriculum.model.quantities import Pages

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
units = st.sampled_from([UnitId("a/1"), UnitId("a.b/x_y-2")])
pages = st.none() | st.tuples(st.integers(1, 900), st.integers(0, 90)).map(
    lambda ends: Pages(ends[0], sum(ends))
)
stamps = st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@st.composite
def events(draw: st.DrawFn) -> PublishedEvent:
    """Draw a deadline or a session."""
    uid, summary, text = draw(texts), draw(texts), draw(texts)
    labels, url, alarms = (
        tuple(draw(st.lists(texts, max_size=2))),
        draw(st.none() | texts),
        tuple(draw(st.lists(st.integers(0), max_size=3))),
    )
    sequence, stamp = draw(st.integers(0, 9)), draw(stamps)
    if draw(st.booleans()):
        day = draw(st.dates(date(1970, 1, 1), date(2200, 1, 1)))
        return PublishedEvent(
            CalendarEntry(uid, DEADLINES, day, day, summary, text, labels, url, (), alarms),
            sequence,
            stamp,
        )
    pieces = tuple(
        Piece(draw(units), draw(st.integers(1, 90)), draw(pages))
        for _ in range(draw(st.integers(1, 3)))
    )
    start = draw(st.integers(0, 60_000_000))
    end, track = start + sum(piece.minutes for piece in pieces), draw(st.sampled_from(TRACKS))
    zone = draw(st.sampled_from(["", "Europe/Berlin"]))
    session = Session(start, end, track, pieces, draw(st.sampled_from(Reason)), zone)
    entry = CalendarEntry(
        uid,
        f"{track}.ics",
        instant(start),
        instant(end),
        summary,
        text,
        labels,
        url,
        pieces,
        alarms,
        depends_on=tuple(draw(st.lists(texts, max_size=2))),
    )
    return PublishedEvent(entry, sequence, stamp, session)


@given(
    st.lists(events(), max_size=4),
    st.frozensets(texts, max_size=3),
    st.dictionaries(texts, texts, max_size=3),
    st.dictionaries(texts, st.integers(0, 60_000_000), max_size=3),
    st.dictionaries(texts, st.integers(0, 60_000_000), max_size=3),
)
def test_a_ledger_is_read_as_it_was_written(
    published: list[PublishedEvent],
    retired: frozenset[str],
    files: dict[str, str],
    finishes: dict[str, int],
    rescheduled: dict[str, int],
) -> None:
    events = {one.entry.uid: one for one in published}
    ledger = Ledger("p", events, retired, files, finishes, rescheduled=rescheduled)
    data = ledger_bytes(ledger)
    assert read_ledger(data) == ledger
    # The zone of a session is no part of what it says, so equal ledgers may differ in it.
    assert _zones(read_ledger(data)) == _zones(ledger)
    assert list(read_ledger(data).events) == sorted(ledger.events)
    assert ledger_bytes(read_ledger(data)) == data
    assert len(data.splitlines()) == len(ledger_bytes(Ledger("p")).splitlines()) + sum(
        len(part) + bool(part) for part in (ledger.events, retired, files, finishes, rescheduled)
    )


def _zones(ledger: Ledger) -> dict[str, str]:
    return {uid: session.zone for uid, session in ledger.sessions()}


SESSION = Session(0, 90, "papers", (Piece(UnitId("a/1"), 90),))
ENTRY = CalendarEntry("u", "papers.ics", instant(0), instant(90), "s", "d", pieces=SESSION.pieces)
GOOD = json.loads(
    ledger_bytes(
        Ledger(
            "p", {"u": PublishedEvent(ENTRY, 0, instant(0), SESSION)}, frozenset("r"), {}, {"g": 1}
        )
    )
)


@pytest.mark.parametrize("key", ["files", "finishes", "events", "retired", "rescheduled"])
@pytest.mark.parametrize("value", [None, 7, {"u": None}, [[]], "u"])
def test_a_damaged_part_is_refused(key: str, value: Any) -> None:
    with pytest.raises(DamagedLedgerError):
        read_ledger(json.dumps({**GOOD, key: value}).encode())


@pytest.mark.parametrize("key", sorted(GOOD["events"]["u"]))
@pytest.mark.parametrize("value", [None, {}, [7], "20270101", "x"])
def test_a_damaged_event_is_refused(key: str, value: Any) -> None:
    if isinstance(value, str) and key in {"summary", "description"}:
        return
    row = {**GOOD["events"]["u"], key: value}
    with pytest.raises(DamagedLedgerError):
        read_ledger(json.dumps({**GOOD, "events": {"u": row}}).encode())


def test_a_ledger_from_before_rescheduled_sessions_were_kept_is_read() -> None:
    older = {key: value for key, value in GOOD.items() if key != "rescheduled"}

    assert read_ledger(json.dumps(older).encode()) == read_ledger(json.dumps(GOOD).encode())


def test_a_ledger_of_a_later_version_and_a_damaged_previous_one_say_so() -> None:
    with pytest.raises(NewerLedgerError, match="is of version 4, and this program knows 3"):
        read_ledger(json.dumps({**GOOD, "version": 4}).encode())
    with pytest.raises(
        DamagedLedgerError, match=r"'previous\.json' beside .* or remove it to do without it"
    ):
        read_ledger(b"{", file="previous.json")


READS = """
import sys
from curriculum.calendars.ledger_json import read_ledger
read_ledger(sys.stdin.buffer.read())
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"icalendar", "rich", "networkx", "yaml"}))
print(*sorted(name for name in sys.modules if name.startswith("curriculum.calendars.")))
"""


def test_reading_the_ledger_loads_nothing_that_only_calendars_need() -> None:
    command = [sys.executable, "-c", READS]
    said = subprocess.run(
        command, input=json.dumps(GOOD).encode(), capture_output=True, check=True
    ).stdout.decode()
    assert said.splitlines() == ["", "curriculum.calendars.ledger_json"]
