"""One calendar with everything, and one with the times alone, beside those of the tracks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from icalendar import Calendar

from curriculum.calendars.more_feeds import more_feeds
from curriculum.model.plan import Plan
from curriculum.model.settings import Settings
from tests.publications import SETTINGS as PLAIN
from tests.publications import plans, published
from tests.workspaces import SETTINGS, run, workspace

BOTH = Settings.model_validate({"publish": {"combined": "true", "free_busy": "true"}})
WANTED = f"{SETTINGS}publish: {{combined: true, free_busy: true}}\n"


@settings(max_examples=40)
@given(plans())
def test_they_say_what_the_calendars_of_the_tracks_say(plan: Plan) -> None:
    ledger = published(plan).ledger
    feeds = more_feeds(ledger, BOTH)
    combined = Calendar.from_ical(feeds["study.ics"]).events
    busy = Calendar.from_ical(feeds["free-busy.ics"]).events

    assert {str(event["UID"]) for event in combined} == set(ledger.events)
    minutes: set[int] = set()
    for event in busy:
        start, end = (int(event.decoded(name).timestamp()) // 60 for name in ("DTSTART", "DTEND"))
        assert minutes.isdisjoint(range(start, end))
        minutes.update(range(start, end))
    assert minutes == {at for _, one in ledger.sessions() for at in range(one.start, one.end)}
    assert len({str(event["UID"]) for event in busy}) == len(busy)
    assert more_feeds(ledger, PLAIN) == {}


def test_the_times_alone_tell_nothing_of_what_is_studied(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=WANTED)
    assert run(root, "plan").exit_code == 0
    text = (root / "calendars" / "free-busy.ics").read_text()
    events = Calendar.from_ical(text).events

    assert events
    for event in events:
        assert (str(event["SUMMARY"]), str(event["TRANSP"])) == ("Busy", "OPAQUE")
        assert set(event) <= {
            "UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP",
        }  # fmt: skip
    assert not re.search("(?i)sums|attention|counting|deadline|textbook|paper|X-CURRICULUM", text)
    assert events[0].decoded("DTSTART") == datetime(2027, 1, 4, 18, tzinfo=UTC)


def test_they_are_published_served_and_exported_while_the_settings_ask_for_them(
    tmp_path: Path,
) -> None:
    root = workspace(tmp_path, settings=WANTED)
    run(root, "plan")
    names = {path.name for path in (root / "calendars").glob("*.ics")}
    assert names == {"textbooks.ics", "papers.ics", "deadlines.ics", "study.ics", "free-busy.ics"}
    assert run(root, "plan").stdout.endswith("nothing changed\n")
    run(root, "calendar", "--tombstones", "--output", str(tmp_path / "out"))
    assert (tmp_path / "out" / "study.ics").is_file()
    assert not (tmp_path / "out" / "free-busy.ics").exists()

    (root / "syllabi" / "curriculum.yaml").write_text(SETTINGS)
    assert run(root, "plan").exit_code == 0
    names = {path.name for path in (root / "calendars").glob("*.ics")}
    assert names == {"textbooks.ics", "papers.ics", "deadlines.ics"}


def test_a_calendar_of_another_program_in_their_place_stays(tmp_path: Path) -> None:
    foreign = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:mine\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    root = workspace(tmp_path)
    (root / "calendars").mkdir()
    path = root / "calendars" / "study.ics"
    path.write_text(foreign, newline="")
    assert run(root, "plan").exit_code == 0
    (root / "syllabi" / "curriculum.yaml").write_text(WANTED)
    result = run(root, "plan")

    assert result.exit_code == 1
    assert "'study.ics' in the output folder was not published by curriculum" in result.stderr
    assert path.read_bytes() == foreign.encode()


def test_our_own_times_are_never_busy(tmp_path: Path) -> None:
    busy = f"{WANTED}busy: [calendars/*.ics]\n"
    root = workspace(tmp_path, settings=busy)
    run(root, "plan")
    copied = root / "calendars" / "copy.ics"
    copied.write_bytes((root / "calendars" / "free-busy.ics").read_bytes())

    assert run(root, "plan").stdout.endswith("nothing changed\n")
