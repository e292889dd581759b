"""Every published file is read alike by icalendar, by vobject, and by the parser of Mozilla's calendar in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from curriculum.calendars.publication import import_files
from curriculum.calendars.validation import check_bytes
from curriculum.exchange.desired_state import EVENT_CALENDARS, resource_name, wanted_events
from curriculum.exchange.merging import merged_event
from curriculum.model.ledger import CALENDARS, Ledger, PublishedEvent
from curriculum.model.plan import Plan
from tests.publications import ONE, SETTINGS, plan_of, plans, published, titles

ROOT = Path(__file__).parents[2]
ICAL_JS = ROOT / ".node/node_modules/ical.js/dist/ical.js"
NODE = shutil.which("node")
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
)
LONG = ("word " * 2_000)[:10_000]
TITLES = (
    "Adam: A Method for Stochastic Optimization",
    "👩‍🔬🧠 emoji 🏳️‍🌈",
    "שלום עולם right to left \u202eabc\u202c",
    "tab\tand \x07 control \x1b characters \x00",
    'back\\slash; semi, comma: colon "quotes" \\n \\N \\;',
    "line\nbreak\r\nand \u2028 \x85 \x0b others",
    "e\u0301\u0323" * 50,
    LONG,
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 " * 30,
)


class Seen(NamedTuple):
    """What a reader finds of an event."""

    uid: str
    start: str
    end: str
    summary: str
    description: str
    sequence: int


def spelt(moment: date) -> str:
    """Return an instant in UTC, or a date, the same from every reader."""
    return (
        f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        if isinstance(moment, datetime)
        else f"{moment:%Y-%m-%d}"
    )


def meant(events: list[PublishedEvent]) -> list[Seen]:
    """Return what readers ought to find."""
    return sorted(
        Seen(
            one.entry.uid,
            spelt(one.entry.start),
            spelt(one.entry.end),
            one.entry.summary,
            one.entry.description,
            one.sequence,
        )
        for one in events
    )


def by_icalendar(data: bytes) -> list[Seen]:
    """Read a file strictly with icalendar."""
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    found = []
    for event in calendar.events:
        assert not event.errors
        found.append(
            Seen(
                str(event["UID"]),
                spelt(event.decoded("DTSTART")),
                spelt(event.decoded("DTEND")),
                str(event["SUMMARY"]),
                str(event.get("DESCRIPTION", "")),
                int(str(event["SEQUENCE"])),
            )
        )
    return sorted(found)


def by_vobject(data: bytes) -> list[Seen]:
    """Read a file with vobject."""
    found = []
    for event in vobject.readOne(data.decode()).contents.get("vevent", []):
        found.append(
            Seen(
                event.uid.value,
                spelt(event.dtstart.value),
                spelt(event.dtend.value),
                event.summary.value,
                event.description.value if "description" in event.contents else "",
                int(event.sequence.value),
            )
        )
    return sorted(found)


class Mozilla:
    """The parser of Mozilla's calendar, in a process of its own."""

    def __init__(self) -> None:
        assert NODE is not None
        script = Path(__file__).with_name("read_ical.mjs")
        self.process = subprocess.Popen(
            [NODE, str(script), str(ICAL_JS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, data: bytes) -> list[Seen]:
        """Read a file."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(data.decode()) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert isinstance(answer, list), answer
        return sorted(
            Seen(
                one["uid"],
                one["start"].replace(".000Z", "Z"),
                one["end"].replace(".000Z", "Z"),
                one["summary"],
                one["description"] or "",
                one["sequence"],
            )
            for one in answer
        )

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


@pytest.fixture(scope="module")
def mozilla() -> Iterator[Mozilla]:
    """Return Mozilla's reader, where Node and the module are present."""
    if NODE is None:
        pytest.skip("Node is not installed")
    if not ICAL_JS.exists():
        pytest.skip("ical.js is not installed: npm install --prefix .node ical.js")
    reader = Mozilla()
    yield reader
    reader.close()


def files_of(plan: Plan, title: str, zone: str) -> tuple[dict[str, bytes], Ledger]:
    """Return the calendars that a plan publishes."""
    publication = published(plan, title=title, zone=ZoneInfo(zone))
    return {name: publication.files[name] for name in CALENDARS}, publication.ledger


def events_of(ledger: Ledger, file: str) -> list[PublishedEvent]:
    """Return the events of one calendar."""
    return [one for one in ledger.events.values() if one.entry.file == file]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "title", TITLES, ids=lambda title: title.encode("ascii", "ignore").decode()[:12] or "other"
)
def test_every_reader_finds_what_was_meant(mozilla: Mozilla, title: str, zone: str) -> None:
    files, ledger = files_of(ONE, title, zone)
    for name, data in files.items():
        expected = meant(events_of(ledger, name))
        check_bytes(name, data)
        assert by_icalendar(data) == expected
        assert by_vobject(data) == expected
        assert mozilla(data) == expected


@settings(max_examples=60)
@given(plan=plans(), title=titles, zone=st.sampled_from(ZONES))
def test_whatever_the_plan_and_its_titles_every_reader_finds_it(
    mozilla: Mozilla, plan: Plan, title: str, zone: str
) -> None:
    files, ledger = files_of(plan, title, zone)
    for name, data in files.items():
        expected = meant(events_of(ledger, name))
        check_bytes(name, data)
        assert by_icalendar(data) == by_vobject(data) == mozilla(data) == expected


@given(plan=plans(), title=titles)
def test_no_line_is_longer_than_75_octets_and_none_splits_a_character(
    plan: Plan, title: str
) -> None:
    for data in files_of(plan, title, "Europe/Berlin")[0].values():
        assert data.endswith(b"\r\n")
        for line in data.split(b"\r\n"):
            assert len(line) <= 75
            assert b"\n" not in line
            line.decode()


def test_events_that_were_taken_back_are_told_as_cancelled_and_the_others_as_they_are(
    mozilla: Mozilla,
) -> None:
    first = published(ONE)
    second = published(plan_of(()), first.ledger, days=1)
    (gone,) = first.ledger.events.keys() - second.ledger.events.keys()
    plain = import_files(second.ledger, SETTINGS, tombstones=False)
    told = import_files(second.ledger, SETTINGS, tombstones=True)

    assert plain == {name: second.files[name] for name in CALENDARS}
    (event,) = Calendar.from_ical(told["papers.ics"]).events
    assert (str(event["UID"]), str(event["STATUS"]), int(str(event["SEQUENCE"]))) == (
        gone,
        "CANCELLED",
        1,
    )
    assert event.decoded("DTSTART") == first.ledger.events[gone].entry.start
    assert (
        by_icalendar(told["papers.ics"])
        == by_vobject(told["papers.ics"])
        == mozilla(told["papers.ics"])
    )


def test_an_event_that_comes_again_is_not_cancelled_under_its_new_name() -> None:
    first = published(ONE)
    second = published(plan_of(()), first.ledger, days=1)
    third = published(ONE, second.ledger, days=2)
    told = Calendar.from_ical(
        import_files(third.ledger, SETTINGS, tombstones=True)["papers.ics"]
    ).events

    assert sorted(str(event["STATUS"]) for event in told) == ["CANCELLED", "CONFIRMED"]
    assert len({str(event["UID"]) for event in told}) == 2


@settings(max_examples=30)
@given(st.lists(st.tuples(plans(), st.integers(0, 400)), min_size=1, max_size=5))
def test_a_program_that_imports_after_a_long_sleep_shows_what_is_published(
    later: list[tuple[Plan, int]],
) -> None:
    """It imports the first publication and the last one, months apart, and misses all between."""
    ledger, days = published(ONE).ledger, 0
    shown = set(ledger.events)
    for plan, gap in later:
        days += gap
        ledger = published(plan, ledger, days=days).ledger
    for data in import_files(ledger, SETTINGS, tombstones=True).values():
        for event in Calendar.from_ical(data).events:
            is_gone = str(event["STATUS"]) == "CANCELLED"
            (shown.discard if is_gone else shown.add)(str(event["UID"]))

    assert shown == set(ledger.events)


@settings(max_examples=30)
@given(plan=plans(), title=titles)
def test_a_vdir_holds_each_event_once_in_a_file_of_its_own(plan: Plan, title: str) -> None:
    _, ledger = files_of(plan, title, "Europe/Berlin")
    files = {
        resource_name(uid): merged_event(data, None)
        for name in EVENT_CALENDARS
        for uid, data in wanted_events(ledger, name).items()
    }
    seen = [one for data in files.values() for one in by_icalendar(data)]

    assert sorted(seen) == meant(list(ledger.events.values()))
    for name, data in files.items():
        check_bytes(name, data)
        assert b"METHOD" not in data
        assert name.removesuffix(".ics") in {one.uid for one in by_icalendar(data)}
