"""Busy time from anywhere: files and addresses, with what does not count, and the last good copy when offline."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.servers import Quiet, answer, answering
from tests.workspaces import ESSAY, SETTINGS, run, workspace

TAKEN = ("20270105T180000Z", "20270105T200000Z")


def calendar(start: str = TAKEN[0], end: str = TAKEN[1], *more: str) -> bytes:
    """Return a calendar of one event."""
    lines: tuple[str, ...] = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Example//EN",
        "BEGIN:VEVENT",
        "UID:dentist",
    )
    lines += (
        "DTSTAMP:20261201T000000Z",
        f"DTSTART:{start}",
        f"DTEND:{end}",
        "SUMMARY:Dentist",
        *more,
    )
    return "\r\n".join((*lines, "END:VEVENT", "END:VCALENDAR", "")).encode()


class Site:
    """A site that gives out a calendar, until it is down."""

    def __init__(self) -> None:
        self.data, self.asked, self.status = calendar(), list[str | None](), 200
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                etag = f'"{hash(site.data)}"'
                site.asked.append(self.headers["If-None-Match"])
                known = site.status == 200 and self.headers["If-None-Match"] == etag
                self.send_response(304 if known else site.status)
                self.send_header("ETag", etag)
                self.end_headers()
                if not known:
                    self.wfile.write(site.data)

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/me.ics"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be down."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a site."""
    found = Site()
    yield found
    found.stop()


def root_with(path: Path, busy: str) -> Path:
    """Return a workspace with some busy sources."""
    return workspace(path, settings=f"{SETTINGS}busy: {busy}\n")


def is_taken(root: Path, *options: str) -> bool:
    """Plan, and tell whether the time of the dentist is left free."""
    result = run(root, "plan", "--dry-run", "--json", *options)
    assert result.exit_code == 0, result.output
    sessions: list[dict[str, Any]] = json.loads(result.stdout)["sessions"]
    return not any(one["start"].startswith("2027-01-05") for one in sessions)


def test_an_address_is_busy_time(tmp_path: Path, site: Site) -> None:
    assert not is_taken(root_with(tmp_path / "without", "[]"))
    assert is_taken(root_with(tmp_path / "with", f"['{site.address}']"))
    assert is_taken(root_with(tmp_path / "longer", f"[{{from: '{site.address}'}}]"))


def test_a_file_that_two_sources_name_is_read_once_as_the_first_of_them_says(
    tmp_path: Path,
) -> None:
    root = root_with(tmp_path, "[{from: mine.ics, ignore: {title: dentist}}, '*.ics']")
    (root / "mine.ics").write_bytes(calendar())

    assert not is_taken(root)


def test_what_is_known_is_asked_for_by_its_mark_and_a_change_is_seen_at_once(
    tmp_path: Path, site: Site
) -> None:
    root = root_with(tmp_path, f"['{site.address}']")
    assert is_taken(root)
    assert is_taken(root)
    assert site.asked[0] is None
    assert site.asked[1] is not None
    site.data = calendar("20270106T180000Z", "20270106T200000Z")

    assert not is_taken(root)


def test_commands_that_only_look_use_the_copy(tmp_path: Path, site: Site) -> None:
    root = root_with(tmp_path, f"['{site.address}']")
    assert is_taken(root)
    asked = len(site.asked)
    assert run(root, "why", "sums/1").exit_code == 0

    assert len(site.asked) == asked


@pytest.mark.parametrize("fault", ["down", "500"])
def test_offline_the_last_good_copy_is_used_and_said(
    tmp_path: Path, site: Site, fault: str
) -> None:
    root = root_with(tmp_path, f"['{site.address}']")
    assert is_taken(root)
    site.status = 500
    if fault == "down":
        site.stop()
    result = run(root, "plan", "--dry-run", "--json")

    assert result.exit_code == 0
    assert not any(
        one["start"].startswith("2027-01-05") for one in json.loads(result.stdout)["sessions"]
    )
    assert f"'{shown(site)}' gives no calendar: " in result.stderr
    assert "; its copy of " in result.stderr
    assert "busy-copy" in result.stderr


def shown(site: Site) -> str:
    """Return the address as messages show it."""
    return f"{site.address.removesuffix('me.ics')}***"


NOT_ALL = calendar()[:-40]
NO_CALENDARS = {
    b"<!DOCTYPE html><html><body>Log in</body></html>": "the answer is a web page; does the address want a login?",
    b'{"error": "token expired"}': "the answer is not a calendar",
    b"": "the answer is empty",
    NOT_ALL: "the answer breaks off in the middle of the calendar",
    calendar("soon"): "none of the events in the file can be read",
}


@pytest.mark.parametrize("bad", NO_CALENDARS)
def test_only_a_calendar_takes_the_place_of_a_good_copy(
    tmp_path: Path, site: Site, bad: bytes
) -> None:
    root = root_with(tmp_path, f"['{site.address}']")
    assert is_taken(root)
    site.data = bad
    result = run(root, "plan", "--dry-run")
    assert result.exit_code == 0
    assert f"'{shown(site)}' gives no calendar: {NO_CALENDARS[bad]}; its copy of " in result.stderr
    site.status = 500
    assert is_taken(root)
    site.status, site.data = 200, calendar("20270106T180000Z", "20270106T200000Z")
    assert not is_taken(root)


@pytest.mark.parametrize("bad", list(NO_CALENDARS)[:3])
def test_what_is_not_a_calendar_is_not_kept(tmp_path: Path, site: Site, bad: bytes) -> None:
    site.data = bad
    root = root_with(tmp_path, f"['{site.address}']")
    result = run(root, "plan")

    assert result.exit_code == 1
    assert f"{NO_CALENDARS[bad]}; there is no copy of it" in result.stderr


def test_of_a_calendar_that_is_always_broken_off_the_newest_counts(
    tmp_path: Path, site: Site
) -> None:
    site.data = NOT_ALL
    root = root_with(tmp_path, f"['{site.address}']")
    assert is_taken(root)
    assert "busy-truncated" in run(root, "plan", "--dry-run").stderr
    site.data = calendar("20270106T180000Z", "20270106T200000Z")[:-40]

    assert not is_taken(root)


def test_no_message_holds_the_token_of_an_address(tmp_path: Path, site: Site) -> None:
    token = site.address.replace("me.ics", "private-5f3a/me.ics?key=5f3a")
    root = root_with(tmp_path, f"['{token}', '{token}7']")
    site.data = NOT_ALL
    partial = run(root, "plan", "--dry-run")
    site.status = 500
    down = run(root, "plan", "--dry-run")
    settings = (
        f"{SETTINGS}busy: [{{from: 'webcal://example.org/private-5f3a/', tentative: maybe}},\n"
        "  'http://example.org/private-5f3a/', 'https://example.org/private-5f3a/ x']\n"
    )
    wrong = run(workspace(tmp_path / "wrong", settings=settings), "check")

    assert f"{shown(site)}:4:1: busy-truncated" in partial.stderr
    assert f"{shown(site)} (2):4:1: busy-truncated" in partial.stderr
    assert wrong.output.count("bad-") == 3
    for result in (partial, down, wrong):
        assert "5f3a" not in result.output + result.stderr


@pytest.mark.parametrize(
    "line",
    [
        "caldav: {}",
        "start: {}",
        "me: {}",
        "away: [{}]",
        "availability: {}",
        "goals: {}",
        "balance: {{papers: {}}}",
        "timezone: {}",
        "busy: {{from: {}, ics: {}}}",
        "{}: 1",
        "known: [{}",
        "alarm: '{}",
    ],
)
def test_an_address_under_a_wrong_key_is_not_shown_either(tmp_path: Path, line: str) -> None:
    address = "webcal://example.org/private-5f3a/me.ics"
    text = f"title: Sums\n{line.replace('{}', address).replace('{{', '{').replace('}}', '}')}\n"
    result = run(workspace(tmp_path, settings=text), "check")

    assert result.exit_code == 1
    assert "example.org" in result.output
    assert "5f3a" not in result.output


def test_a_feed_behind_a_password_is_busy_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []

    def handle(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        if seen[-1] is None:
            answer(handler, 401, {"WWW-Authenticate": 'Basic realm="x"'}, b"")
        else:
            answer(handler, 200, {}, calendar())

    with answering(handle) as address:
        root = root_with(tmp_path, f"[{{from: '{address}me.ics', user: ada}}]")
        refused = run(root, "plan", "--dry-run")
        monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD_127_0_0_1", "correct horse")
        assert is_taken(root)

    assert "no password is known for 'ada' on '127.0.0.1'" in refused.stderr
    assert seen == [None, "Basic YWRhOmNvcnJlY3QgaG9yc2U="]


def test_without_a_copy_nothing_is_planned_on_what_is_not_known(tmp_path: Path, site: Site) -> None:
    site.status = 404
    root = root_with(tmp_path, f"['{site.address}']")
    result = run(root, "plan")

    assert result.exit_code == 1
    assert "busy-unreachable" in result.stderr
    assert "the server answers 404 Not Found; there is no copy of it" in result.stderr
    assert not (root / "calendars" / "ledger.json").exists()


def test_copies_are_for_their_owner_alone(tmp_path: Path, site: Site, own_home: Path) -> None:
    assert is_taken(root_with(tmp_path, f"['{site.address}']"))
    folder = own_home / ".cache" / "curriculum" / "busy"

    assert folder.stat().st_mode & 0o077 == 0
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("source", "more", "taken"),
    [
        ("{from: mine.ics, ignore: {title: dentist}}", (), False),
        ("{from: mine.ics, ignore: {title: [D*st]}}", (), False),
        ("{from: mine.ics, ignore: {title: dent}}", (), True),
        ("{from: mine.ics, ignore: {title: '[dentist]*'}}", (), True),
        ("{from: mine.ics, ignore: {categories: [Health]}}", ("CATEGORIES:Work,health",), False),
        ("{from: mine.ics, ignore: {categories: Health}}", (), True),
        ("{from: mine.ics, tentative: free}", ("STATUS:TENTATIVE",), False),
        ("{from: mine.ics, tentative: busy}", ("STATUS:TENTATIVE",), True),
        ("mine.ics", ("STATUS:TENTATIVE",), True),
    ],
)
def test_what_does_not_count_is_said_source_by_source(
    tmp_path: Path, source: str, more: tuple[str, ...], taken: bool
) -> None:  # fmt: skip
    root = root_with(tmp_path, f"[{source}]")
    (root / "mine.ics").write_bytes(calendar(*TAKEN, *more))

    assert is_taken(root) == taken


STUDY = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:study
DTSTART;TZID=Europe/Berlin:20270105T090000
DTEND;TZID=Europe/Berlin:20270105T110000
RRULE:FREQ=WEEKLY
SUMMARY:Study time
END:VEVENT
END:VCALENDAR
"""


def studying(path: Path, place: str) -> Path:
    """Return a workspace whose hours a calendar says."""
    without = "\n".join(line for line in SETTINGS.splitlines() if "availability" not in line)
    return workspace(path, settings=f"{without}\navailability: {{ics: '{place}'}}\n")


def test_a_calendar_may_say_when_the_person_can_study(tmp_path: Path, site: Site) -> None:
    site.data = STUDY.encode()
    for name, place in (("file", "study.ics"), ("address", site.address)):
        root = studying(tmp_path / name, place)
        (root / "study.ics").write_text(STUDY)
        result = run(root, "plan")
        assert result.exit_code == 0, result.output
        held = booked(root)
        assert {at.weekday() for at in held} == {1}
        assert {at.hour for at in held} == {8, 9}
        assert run(root, "check").exit_code == 0


@pytest.mark.parametrize("place", ["gone.ics", "gone/*.ics"])
@pytest.mark.parametrize("command", ["check", "plan"])
def test_a_calendar_of_study_time_that_is_missing_is_a_problem(
    tmp_path: Path, place: str, command: str
) -> None:
    result = run(studying(tmp_path, place), command)

    assert result.exit_code == 1
    assert "availability-missing: " in result.output
    assert f"'{place}'" in result.output


def test_what_the_person_declined_takes_no_time(tmp_path: Path) -> None:
    root = root_with(tmp_path, "[mine.ics]\nme: Ada@example.org")
    answer = "ATTENDEE;PARTSTAT={}:mailto:ada@example.org"
    (root / "mine.ics").write_bytes(calendar(*TAKEN, answer.format("DECLINED")))
    assert not is_taken(root)
    (root / "mine.ics").write_bytes(calendar(*TAKEN, answer.format("TENTATIVE")))
    assert is_taken(root)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("'http://example.org/me.ics'", "would be fetched unencrypted"),
        ("'https://me:secret@example.org/me.ics'", "an address holds a password"),
        ("'ftp://example.org/me.ics'", "is not an address"),
        ("'https://'", "is not an address"),
        (
            "{from: a.ics, caldav: 'https://example.org/'}",
            "either 'from' a file or address or from 'caldav'",
        ),
        ("{ignore: {title: x}}", "either 'from' a file or address or from 'caldav'"),
        ("{from: a.ics, user: me}", "a file does not ask for a user"),
        ("{from: a.ics, tentative: maybe}", "maybe"),
        ("{from: a.ics, ignore: {titel: x}}", "titel"),
        ("{caldav: nonsense}", "is not an address"),
    ],
)
def test_a_source_that_cannot_be_is_a_problem_with_its_place(
    tmp_path: Path, source: str, why: str
) -> None:
    result = run(root_with(tmp_path, f"[{source}]"), "check")

    assert result.exit_code == 1
    assert why in result.output
    assert result.output.startswith("syllabi/curriculum.yaml:8:")
    assert "secret" not in result.output


def test_a_check_reports_a_busy_file_that_is_missing_as_a_plan_does(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=SETTINGS + "busy: [calendars/busy/*.ics, dentist.ics]\n")

    checked = run(root, "check")
    planned = run(root, "plan", "--dry-run")

    assert checked.exit_code == planned.exit_code == 1
    assert checked.stderr == planned.stderr
    assert (
        "syllabi/curriculum.yaml:8:30: busy-missing: there is no busy calendar 'dentist.ics'"
        in (checked.stderr)
    )


def test_a_check_asks_no_address(tmp_path: Path) -> None:
    settings = SETTINGS + "busy: [https://calendar.invalid/busy.ics]\n"
    assert run(workspace(tmp_path, settings=settings), "check").exit_code == 0


@pytest.mark.parametrize("source", ["../one/calendars/*.ics", "../one/calendars", "../vdir"])
def test_two_workspaces_of_one_person_see_the_sessions_of_each_other_as_busy(
    tmp_path: Path, source: str
) -> None:
    one = workspace(tmp_path / "one")
    assert run(one, "plan", "--vdir", str(tmp_path / "vdir")).exit_code == 0
    other = workspace(
        tmp_path / "other",
        settings=f"{SETTINGS.replace('title: Sums', 'title: More sums')}busy: ['{source}']\n",
    )
    assert run(other, "plan").exit_code == 0

    assert not booked(one) & booked(other)


def test_workspaces_without_goals_are_told_apart_by_their_works(tmp_path: Path) -> None:
    """Both have the title that `init` gives, and no goals: each plans the works of its own."""
    for name in ("one", "other"):
        file = tmp_path / name / "syllabi" / "papers" / f"{name}.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(ESSAY, encoding="utf-8")
    settings = tmp_path / "other" / "syllabi" / "curriculum.yaml"
    settings.write_text("busy: [../one/calendars]\n", encoding="utf-8")
    for name in ("one", "other"):
        assert run(tmp_path / name, "plan").exit_code == 0

    assert not booked(tmp_path / "one") & booked(tmp_path / "other")


@pytest.mark.parametrize("source", ["copies", "copies/*.ics", "vdir"])
def test_a_plan_does_not_see_its_own_sessions_as_busy_wherever_they_are_read(
    tmp_path: Path, source: str
) -> None:
    """The ledger may be lost, too: the id of the plan is in each UID."""
    root = root_with(tmp_path, f"['{source}']")
    (root / "copies").mkdir()
    (root / "vdir").mkdir()
    assert run(root, "plan", "--vdir", str(root / "vdir")).exit_code == 0
    before = booked(root)
    for file in (root / "calendars").glob("*.ics"):
        (root / "copies" / file.name).write_bytes(file.read_bytes())
    assert run(root, "plan").exit_code == 0
    assert booked(root) == before
    shutil.rmtree(root / "calendars")

    assert run(root, "plan").exit_code == 0
    assert booked(root) == before


def test_a_plan_for_another_folder_sees_the_same_free_hours(tmp_path: Path) -> None:
    """The goals were changed since the first publication, so a new plan would get another id."""
    root = workspace(tmp_path / "root")
    vdir = tmp_path / "vdir"
    assert run(root, "plan", "--vdir", str(vdir)).exit_code == 0
    changed = SETTINGS.replace("title: Sums", "title: Renamed") + f"busy: ['{vdir}']\n"
    (root / "syllabi" / "curriculum.yaml").write_text(changed, encoding="utf-8")
    assert run(root, "plan", "--output", str(tmp_path / "elsewhere")).exit_code == 0

    assert booked_in(tmp_path / "elsewhere") == booked(root)


def booked(root: Path) -> set[datetime]:
    """Return every minute of the published sessions."""
    return booked_in(root / "calendars")


def booked_in(folder: Path) -> set[datetime]:
    """Return every minute of the sessions that are published in a folder."""
    found: set[datetime] = set()
    for name in ("textbooks.ics", "papers.ics"):
        text = (folder / name).read_text(encoding="utf-8")
        for start, end in re.findall(r"DTSTART:(\S+)\s+DTEND:(\S+)", text):
            first, last = (datetime.strptime(one, "%Y%m%dT%H%M%SZ") for one in (start, end))
            found |= {first + timedelta(minutes=n) for n in range((last - first).seconds // 60)}
    assert found
    return found
