"""Push and pull against real calendar servers, with everything that networks do to a sync."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend

from curriculum.model.settings import Settings
from curriculum.network import caldav
from curriculum.network.caldav import Server
from curriculum.network.limits import Limits
from curriculum.services.accounts import NoPasswordError, password_of
from tests.editors import uid_of, unfolded
from tests.servers import (
    Fault,
    answer,
    boasts,
    cut_after,
    cut_before,
    pours,
    pours_packed,
    proxy_to,
    radicale,
    says,
    slow,
    xandikos,
)
from tests.workspaces import SETTINGS, rename_book, run, workspace

PLAN = "2027-01-04"


@pytest.fixture(scope="module", params=[radicale, xandikos])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of each server in turn."""
    with request.param(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="module")
def radicale_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of one server."""
    with radicale(tmp_path_factory.mktemp("radicale")) as found:
        yield found


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close the connections of every person when a test ends."""
    yield
    while Person.servers:
        Person.servers.pop().close()


@pytest.fixture
def user(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a person whom the server has not seen before."""
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD", "correct horse")
    return re.sub(r"\W+", "-", request.node.name).strip("-").lower()


def settings(address: str, user: str, more: str = "") -> str:
    """Return the settings of a person with an account."""
    return f"{SETTINGS.replace('title: Sums', f'title: Sums of {user}')}caldav: {{url: '{address}', user: {user}{more}}}\n"


def planned(root: Path, address: str, user: str, more: str = "") -> Path:
    """Return a workspace with a published plan and an account."""
    workspace(root, settings=settings(address, user, more))
    assert run(root, "plan", today=PLAN).exit_code == 0
    return root


def push(root: Path, *options: str, today: str = PLAN) -> list[str]:
    """Push, and return what is said."""
    result = run(root, "push", *options, today=today)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def record(root: Path) -> dict[str, Any]:
    """Return what is remembered of the server."""
    found: dict[str, Any] = json.loads(
        (root / "calendars" / "caldav.json").read_text(encoding="utf-8")
    )
    return found


class Person:
    """Someone who opens the calendars in another program."""

    servers: ClassVar[list[Server]] = []

    def __init__(self, root: Path, address: str, user: str) -> None:
        self.server, self.root = Server(address, user, "x"), root
        self.servers.append(self.server)

    def events(self, name: str) -> dict[str, str]:
        """Return UID to the text of everything that stands in a calendar."""
        url = record(self.root)["collections"][name]
        found = self.server.fetched(url, self.server.resources(url) or ())
        texts = [unfolded(one.data or b"") for one in found.values()]
        return {uid_of(text): text for text in texts}

    def edit(self, name: str, uid: str, change: Callable[[str], str]) -> None:
        """Change an event as another program does: under that program's own name."""
        url, resource = record(self.root)["collections"][name], f"{uid}.ics"
        here = self.server.fetched(url, [resource])[resource]
        text = change(unfolded(here.data or b""))
        text = re.sub("^PRODID:.*$", "PRODID:-//Elsewhere//EN", text, flags=re.MULTILINE)
        self.server.put(url, resource, text.replace("\n", "\r\n").encode(), here.etag)

    def move(self, name: str, uid: str, day: str) -> None:
        """Move a session to another day, as `20270109`."""
        planned_on = published(self.root)[uid]["start"][:8]
        self.edit(name, uid, lambda text: text.replace(f":{planned_on}T", f":{day}T"))

    def delete(self, name: str, uid: str) -> None:
        """Delete an event."""
        url = record(self.root)["collections"][name]
        self.server.delete(url, f"{uid}.ics", (self.server.resources(url) or {})[f"{uid}.ics"].etag)


def published(root: Path) -> dict[str, dict[str, Any]]:
    """Return UID to what the ledger says of each published event."""
    events: dict[str, dict[str, Any]] = json.loads(
        (root / "calendars" / "ledger.json").read_text()
    )["events"]
    return events


def shown(person: Person) -> set[tuple[str, str, str]]:
    """Return UID, start and title of every event that stands on the server."""
    found = set()
    for name in ("textbooks", "papers", "deadlines"):
        for uid, text in person.events(name).items():
            start = re.search(r"^DTSTART(?:;VALUE=DATE)?:(.*)$", text, re.MULTILINE)
            title = re.search(r"^SUMMARY:(.*)$", text, re.MULTILINE)
            assert start is not None
            assert title is not None
            found.add(
                (
                    uid,
                    start[1],
                    title[1].replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\"),
                )
            )
    return found


def meant(root: Path) -> set[tuple[str, str, str]]:
    """Return the same of what is published."""
    return {(uid, row["start"], row["summary"]) for uid, row in published(root).items()}


def sessions(root: Path, track: str) -> list[str]:
    """Return the UIDs of a track's sessions in the order of time."""
    rows = [
        (row["start"], uid) for uid, row in published(root).items() if row["file"] == f"{track}.ics"
    ]
    return [uid for _, uid in sorted(rows)]


def test_the_server_shows_what_is_published_and_a_second_push_sends_nothing(
    tmp_path: Path, address: str, user: str
) -> None:
    with proxy_to(address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        first = push(root)
        assert first[2] == "deadlines: 1 new"
        assert shown(Person(root, address, user)) == meant(root)
        sent = len(proxy.changes)
        assert sent == len(published(root)) + 3
        before = (root / "calendars" / "caldav.json").read_bytes()

        second = push(root)

        assert len(proxy.changes) == sent
        assert second == [re.sub(r"new", "unchanged", line) for line in first]
        assert (root / "calendars" / "caldav.json").read_bytes() == before


def test_after_a_new_plan_only_what_changed_is_sent(
    tmp_path: Path, address: str, user: str
) -> None:
    with proxy_to(address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        push(root)
        old = published(root)
        run(root, "done", "sums/1-2")
        run(root, "plan", today="2027-01-05")
        new, sent = published(root), len(proxy.changes)
        changed = sum(old[uid] != new[uid] for uid in old.keys() & new.keys())
        assert changed

        push(root, today="2027-01-05")

        # Xandikos locks its whole store for a change: what it refuses meanwhile is sent once more.
        assert len(set(proxy.changes[sent:])) == changed + len(old.keys() ^ new.keys())
        assert shown(Person(root, address, user)) == meant(root)


def test_a_session_moved_there_is_pinned_and_the_plan_follows(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "textbooks")[3]
    person.move("textbooks", uid, "20270109")

    pulled = run(root, "pull")
    assert pulled.stdout.startswith("pinned: sums_")
    assert "Sat 9 Jan 2027" in pulled.stdout
    run(root, "plan")
    assert published(root)[uid]["start"].startswith("20270109T")
    push(root)
    assert shown(person) == meant(root)
    assert run(root, "pull").stdout == "nothing was changed there\n"


def test_a_session_deleted_there_is_missed_and_its_work_comes_later(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "textbooks")[2]
    gone = published(root)[uid]
    person.delete("textbooks", uid)

    assert run(root, "pull").stdout.startswith(f"missed: {uid.partition('.')[0]}, ")
    before = sum(minutes for row in published(root).values() for _, minutes, *_ in row["pieces"])
    run(root, "plan")
    after = published(root)
    assert uid not in after
    assert not any(
        row["start"] <= gone["start"] < row["end"] for row in after.values() if "T" in row["start"]
    )
    assert sum(minutes for row in after.values() for _, minutes, *_ in row["pieces"]) == before
    push(root)
    assert shown(person) == meant(root)


def test_a_calendar_emptied_there_is_a_mishap_and_no_list_of_missed_sessions(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    first = push(root)
    person = Person(root, address, user)
    count = len(person.events("textbooks"))
    for uid in person.events("textbooks"):
        person.delete("textbooks", uid)
    facts = run(root, "journal", "export").stdout

    told = f"all {count} entries of 'textbooks' were deleted there"
    assert run(root, "pull", today=PLAN).stdout == (
        f"note: {told}; that is taken as an accident, not as missed sessions: 'curriculum push --ours' sends them "
        "again, 'curriculum pull --missed' takes them for missed\n"
    )
    assert run(root, "journal", "export").stdout == facts
    uid = min(person.events("papers"))
    person.delete("papers", uid)
    assert "missed: " in run(root, "pull", today=PLAN).stdout
    refused = run(root, "push", today=PLAN)
    assert (refused.exit_code, refused.stderr.splitlines()[0]) == (1, told)
    assert person.events("textbooks") == {}
    assert push(root, "--theirs")[0] == "textbooks: nothing"
    assert push(root, "--ours", "--dry-run")[0] == f"{first[0]} (dry run)"
    assert run(root, "push", today=PLAN).exit_code == 1
    assert push(root, "--ours")[0] == first[0]
    assert sorted(person.events("textbooks")) == sorted(sessions(root, "textbooks"))
    assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"


@pytest.mark.parametrize("answer", ["pull --missed", "push --ours", "push --theirs"])
def test_most_of_a_calendar_deleted_there_is_asked_about_as_one_thing(
    tmp_path: Path, radicale_address: str, user: str, answer: str
) -> None:
    """21 of 22 sessions that were deleted by accident were 21 missed sessions."""
    root = planned(tmp_path, radicale_address, user)
    push(root)
    person, uids = Person(root, radicale_address, user), sessions(root, "textbooks")
    for uid in uids[1:]:
        person.delete("textbooks", uid)
    person.move("textbooks", uids[0], "20270109")
    told = f"{len(uids) - 1} of the {len(uids)} entries of 'textbooks' were deleted there"
    pulled = run(root, "pull", today=PLAN)
    assert pulled.exit_code == 0
    assert pulled.stdout.startswith("pinned: sums_")
    assert f"note: {told}; that is taken as an accident" in pulled.stdout
    assert "missed: " not in pulled.stdout
    run(root, "log", "counting", "20m", today=PLAN)
    run(root, "plan", today=PLAN)
    refused = run(root, "push", today=PLAN)
    assert (refused.exit_code, refused.stderr.splitlines()[0]) == (1, told)
    assert "was deleted there" not in refused.stderr
    assert published(root)[sessions(root, "papers")[0]]["summary"] in str(shown(person))

    run(root, *answer.split(), today=PLAN)
    run(root, "plan", today=PLAN)
    again = run(root, "push", today=PLAN)
    assert (again.exit_code, again.stderr) == (0, "")
    assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"
    missed = run(root, "journal", "export").stdout.count('"missed"')
    assert missed == (len(uids) - 1 if answer == "pull --missed" else 0)
    if answer == "push --ours":
        assert shown(person) == meant(root)


def test_one_calendar_may_hold_all_tracks_deadlines_and_todos(
    tmp_path: Path, address: str, user: str
) -> None:
    """44 of 45 events were lost: each track removed the others' from the collection."""
    with proxy_to(address) as proxy:
        Person.servers.append(Server(address, user, "x"))
        url = f"{Person.servers[-1].home()}everything/".replace(address, proxy.address)
        names = ["textbooks", "papers", "deadlines"] + ["todos"] * ("radicale" in user)
        shared = ", ".join(f"{name}: '{url}'" for name in names)
        todos = "true" if "todos" in names else "false"
        more = f", todos: {todos}, collections: {{{shared}}}"
        root = planned(tmp_path, proxy.address, user, more)
        first = push(root)
        assert all(line.endswith(" new") for line in first)
        person = Person(root, address, user)
        assert person.events("papers").keys() - published(root).keys() == {
            uid for uid in person.events("papers") if uid.startswith("todo.")
        }
        assert published(root).keys() <= person.events("papers").keys()
        sent = len(proxy.changes)
        assert push(root) == [line.replace("new", "unchanged") for line in first]
        assert len(proxy.changes) == sent
        assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"

        moved, deleted = sessions(root, "textbooks")[3], sessions(root, "papers")[1]
        person.move("papers", moved, "20270109")
        person.delete("textbooks", deleted)
        pulled = run(root, "pull", today=PLAN).stdout
        assert len(pulled.splitlines()) == 2
        assert "pinned: sums_" in pulled
        assert f"missed: {deleted.partition('.')[0]}, " in pulled
        run(root, "plan", today=PLAN)
        push(root)

        there = {uid for uid in person.events("deadlines") if not uid.startswith("todo.")}
        assert there == published(root).keys()
        assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"


@pytest.mark.parametrize("renamed", [False, True])
def test_a_session_moved_to_another_calendar_of_the_plan_is_neither_missed_nor_doubled(
    tmp_path: Path, address: str, user: str, renamed: bool
) -> None:
    """It was removed there and called missed."""
    root = planned(tmp_path, address, user)
    first = push(root)
    person, uid = Person(root, address, user), sessions(root, "textbooks")[-1]
    text = person.events("textbooks")[uid].replace("SUMMARY:", "LOCATION:Library\nSUMMARY:")
    name = "moved here.ics" if renamed else f"{uid}.ics"
    url = record(root)["collections"]["papers"]
    person.server.put(url, name, text.replace("\n", "\r\n").encode(), None)
    person.delete("textbooks", uid)

    assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"
    assert push(root) == [line.replace("new", "unchanged") for line in first]
    run(root, "log", "sums/1", "20m", today=PLAN)
    run(root, "plan", today="2027-01-05")
    push(root, today="2027-01-05")
    assert uid in person.events("papers")
    assert uid not in person.events("textbooks")
    assert "LOCATION:Library" in person.events("papers")[uid]
    assert shown(person) == meant(root)

    person.server.delete(url, name, (person.server.resources(url) or {})[name].etag)
    assert "missed: sums_" in run(root, "pull", today="2027-01-05").stdout


def test_a_check_mark_in_front_of_the_title_finishes_the_unit(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "textbooks")[0]
    person.edit("textbooks", uid, lambda text: text.replace("SUMMARY:", "SUMMARY:✓ "))

    assert run(root, "pull").stdout == "done: sums/1 Adding\n"
    assert run(root, "undo").stdout == "took back: done: sums/1 Adding\n"


def test_a_completed_todo_finishes_its_unit_if_todos_are_wanted(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user, ", todos: true")
    assert push(root)[3] == "todos: 5 new"
    person = Person(root, address, user)
    (uid,) = [uid for uid, text in person.events("todos").items() if "sums/1" in text]
    person.edit("todos", uid, lambda text: text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))

    assert run(root, "pull").stdout == "done: sums/1 Adding\n"
    run(root, "plan")
    push(root)
    assert "STATUS:COMPLETED" in person.events("todos")[uid]
    assert push(root)[3] == "todos: 5 unchanged"


def test_what_was_edited_there_is_never_written_over_unasked(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "papers")[1]
    person.edit("papers", uid, lambda text: text.replace("SUMMARY:", "SUMMARY:Ask Ada! "))
    assert run(root, "push").exit_code == 0, "nothing changed here, so that there is nothing to ask"
    run(root, "done", "counting")
    run(root, "plan")

    refused = run(root, "push")
    assert refused.exit_code == 1
    assert "was changed there, and" in refused.stderr
    assert (
        "'curriculum pull' takes over single changes; 'curriculum push --theirs' leaves what is there, "
        "'curriculum push --ours' overwrites it" in refused.stderr
    )
    assert "Ask Ada!" in person.events("papers")[uid]
    assert {one for one in shown(person) if one[0] != uid} == {
        one for one in meant(root) if one[0] != uid
    }

    push(root, "--theirs")
    assert "Ask Ada!" in person.events("papers")[uid]
    assert run(root, "push").exit_code == 0, "what was left to the person is not asked about again"


def test_a_note_of_the_person_survives_a_pull_and_a_new_plan(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "textbooks")[1]
    person.edit(
        "textbooks", uid, lambda text: text.replace("DESCRIPTION:", "DESCRIPTION:Ask Ada! ")
    )

    assert "note: 'A Book of Sums" in run(root, "pull").stdout
    assert run(root, "pull").stdout == "nothing was changed there\n", "it is told once"
    run(root, "log", "sums/1", "50m")
    run(root, "plan")
    refused = run(root, "push")
    assert (refused.exit_code, "Ask Ada!" in person.events("textbooks")[uid]) == (1, True)


ADDED = (
    "LOCATION:The library",
    "TRANSP:TRANSPARENT",
    "COMMENT:bring the blue book",
    "X-MY-ROOM;X-FLOOR=3:12",
    "COLOR:tomato",
    "PRIORITY:1",
    "ACTION:AUDIO",
)


def add_details(text: str) -> str:
    """Add what people add to an event that stays where it is."""
    alarm = "BEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT1H\nEND:VALARM\n"
    lines = "".join(f"{line}\n" for line in ADDED if "TRANSP" not in line and "ACTION" not in line)
    text = text.replace("TRANSP:OPAQUE", "TRANSP:TRANSPARENT")
    return text.replace("END:VEVENT", f"{lines}{alarm}END:VEVENT")


def test_what_was_added_there_stays_through_new_plans(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person = Person(root, address, user)
    first, *_, moved, _ = sessions(root, "textbooks")
    for uid in (first, moved):
        person.edit("textbooks", uid, add_details)

    assert run(root, "pull").stdout == "nothing was changed there\n"
    run(root, "log", "sums/1", "50m")
    run(root, "plan", today="2027-01-06")
    push(root, today="2027-01-06")

    assert shown(person) == meant(root)
    for uid in {first, moved} & published(root).keys():
        assert set(ADDED) <= set(person.events("textbooks")[uid].splitlines())
    assert moved in published(root)
    assert " changed" not in " ".join(push(root, today="2027-01-06"))


def test_a_session_that_is_not_planned_any_more_is_not_removed_with_what_the_person_added(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "papers")[1]
    person.edit("papers", uid, add_details)
    run(root, "done", "counting")
    run(root, "plan")

    refused = run(root, "push")
    assert (refused.exit_code, uid in published(root)) == (1, False)
    assert "and is not planned any more" in refused.stderr
    push(root, "--theirs")
    assert uid in person.events("papers")
    push(root)
    assert uid in person.events("papers"), "what was left to the person stays"


def test_a_title_of_the_person_stays_and_is_asked_about_only_where_the_plan_changes_it(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "textbooks")[3]
    day = published(root)[uid]["start"][:8]

    def change(text: str) -> str:
        moved = text.replace(f":{day}T", ":20270109T")
        return moved.replace("SUMMARY:", "SUMMARY:With Ada: ")

    person.edit("textbooks", uid, change)
    assert run(root, "pull").stdout.startswith("pinned: sums_")
    run(root, "plan")
    push(root)
    assert "SUMMARY:With Ada: " in person.events("textbooks")[uid]
    rename_book(root, "The Book of Sums")
    run(root, "plan")

    for _ in range(2):
        refused = run(root, "push")
        assert (refused.exit_code, refused.stderr.count("was changed there, and here")) == (1, 1)
    push(root, "--theirs")
    assert "SUMMARY:With Ada: " in person.events("textbooks")[uid]
    push(root)
    rename_book(root, "Sums")
    run(root, "plan")
    assert run(root, "push").exit_code == 1, "the plan changed it once more"
    push(root, "--ours")
    assert shown(person) == meant(root)


def test_a_move_that_is_left_there_is_still_taken_over_later(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    root = planned(tmp_path, radicale_address, user)
    push(root)
    person, uid = Person(root, radicale_address, user), sessions(root, "textbooks")[3]
    person.move("textbooks", uid, "20270109")
    rename_book(root, "The Book of Sums")
    run(root, "plan")

    assert run(root, "push").exit_code == 1
    push(root, "--theirs")
    assert push(root)[0].startswith("textbooks: ")
    rename_book(root, "Sums")
    run(root, "plan")
    assert run(root, "push").exit_code == 1, "it is not overwritten the time after"
    assert run(root, "pull").stdout.startswith("pinned: sums_")
    run(root, "plan")
    push(root)
    assert shown(person) == meant(root)


def test_an_event_that_a_program_gave_another_name_is_found_by_its_uid(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person, uid = Person(root, address, user), sessions(root, "textbooks")[3]
    url = record(root)["collections"]["textbooks"]
    data = person.server.fetched(url, [f"{uid}.ics"])[f"{uid}.ics"].data or b""
    person.delete("textbooks", uid)
    person.server.put(url, "another-name.ics", data, None)

    assert run(root, "pull").stdout == "nothing was changed there\n"
    rename_book(root, "The Book of Sums")
    run(root, "plan")
    push(root)
    assert shown(person) == meant(root)
    assert f"{uid}.ics" not in (person.server.resources(url) or {})
    run(root, "done", "sums")
    run(root, "plan")
    push(root)
    assert shown(person) == meant(root)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda text: text.replace("END:VEVENT", "RRULE:FREQ=DAILY\nEND:VEVENT"),
            "it recurs or cannot be read",
        ),
        (
            lambda text: re.sub("DT(START|END):.*", r"DT\1;VALUE=DATE:20270109", text),
            "it lasts all day there",
        ),
        (lambda text: re.sub("DTEND:.*", "DTEND:20270101T000000Z", text), "it has no length there"),
    ],
    ids=["recurs", "all day", "no length"],
)
def test_what_cannot_be_taken_over_is_left_and_said(
    tmp_path: Path, radicale_address: str, user: str, change: Callable[[str], str], told: str
) -> None:
    root = planned(tmp_path, radicale_address, user)
    push(root)
    person = Person(root, radicale_address, user)
    person.edit("textbooks", sessions(root, "textbooks")[1], change)

    assert told in run(root, "pull").stdout
    assert run(root, "undo").exit_code == 1, "nothing was recorded"


def test_what_was_moved_into_the_past_and_what_was_cancelled_is_told_apart(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    root = planned(tmp_path, radicale_address, user)
    push(root)
    person, (first, second, *_) = Person(root, radicale_address, user), sessions(root, "textbooks")
    person.edit(
        "textbooks", first, lambda text: re.sub("(DTSTART|DTEND):202701..T", r"\1:20261230T", text)
    )
    person.edit(
        "textbooks", second, lambda text: text.replace("STATUS:CONFIRMED", "STATUS:CANCELLED")
    )
    found = json.loads(run(root, "pull", "--json").stdout)

    assert [(fact["kind"], fact["session"]) for fact in found["recorded"]] == [("missed", second)]
    assert "which is over; log what was done then" in found["notes"][0]


def test_with_ours_the_plan_has_the_last_word(tmp_path: Path, address: str, user: str) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person = Person(root, address, user)
    edited, deleted = sessions(root, "textbooks")[1:3]
    person.edit("textbooks", edited, lambda text: text.replace("SUMMARY:", "SUMMARY:Mine: "))
    person.delete("textbooks", deleted)
    rename_book(root, "The Book of Sums")
    run(root, "plan")
    assert run(root, "push").exit_code == 1

    push(root, "--ours")
    assert shown(person) == meant(root)


def test_a_dry_run_sends_nothing(tmp_path: Path, address: str, user: str) -> None:
    with proxy_to(address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        assert push(root, "--dry-run")[2] == "deadlines: 1 new (dry run)"
        assert proxy.changes == []


def test_events_of_the_person_in_our_calendar_are_left_alone(
    tmp_path: Path, address: str, user: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person = Person(root, address, user)
    url = record(root)["collections"]["papers"]
    text = next(iter(person.events("papers").values()))
    mine = re.sub("^UID:.*$", "UID:mine", text, flags=re.MULTILINE).replace("\n", "\r\n")
    person.server.put(url, "mine.ics", mine.encode(), None)
    run(root, "done", "counting")
    run(root, "plan")
    push(root)

    assert "mine" in person.events("papers")
    assert run(root, "pull").stdout == "nothing was changed there\n"


def test_a_second_machine_finds_what_was_moved_there_and_takes_over_no_plan(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    root = planned(tmp_path / "first", radicale_address, user, ", todos: true")
    push(root)
    person, uid = Person(root, radicale_address, user), sessions(root, "textbooks")[4]
    second = tmp_path / "second"
    shutil.copytree(root, second)
    (second / "calendars" / "caldav.json").unlink()
    person.move("textbooks", uid, "20270116")
    first = sessions(root, "papers")[0]
    person.edit("papers", first, add_details)

    pulled = run(second, "pull").stdout
    assert pulled.startswith("pinned: sums_")
    assert pulled.count("\n") == 1
    run(second, "plan")
    push(second)
    assert shown(person) == meant(second)
    assert set(ADDED) <= set(person.events("papers")[first].splitlines())


def test_a_todo_keeps_what_the_person_wrote_in_it(tmp_path: Path, address: str, user: str) -> None:
    root = planned(tmp_path, address, user, ", todos: true")
    push(root)
    person = Person(root, address, user)
    (uid,) = [uid for uid, text in person.events("todos").items() if "sums/2" in text]
    added = "PRIORITY:1\nPERCENT-COMPLETE:40\nDESCRIPTION:my notes\n"

    def change(text: str) -> str:
        text = text.replace("STATUS:NEEDS-ACTION", "STATUS:IN-PROCESS")
        return text.replace("END:VTODO", f"{added}END:VTODO")

    person.edit("todos", uid, change)
    due = re.search("^DUE:.*$", person.events("todos")[uid], re.MULTILINE)
    assert run(root, "pull").stdout == "nothing was changed there\n"
    run(root, "plan", today="2027-01-07")
    push(root, today="2027-01-07")

    text = person.events("todos")[uid]
    assert due is not None
    assert due[0] not in text
    assert {*added.splitlines(), "STATUS:IN-PROCESS"} <= set(text.splitlines())


@pytest.mark.parametrize("lost", ["caldav.json", "everything there"])
def test_what_is_lost_is_made_anew_without_duplicates(
    tmp_path: Path, address: str, user: str, lost: str
) -> None:
    root = planned(tmp_path, address, user)
    push(root)
    person = Person(root, address, user)
    if lost == "caldav.json":
        (root / "calendars" / "caldav.json").unlink()
    else:
        for url in record(root)["collections"].values():
            person.server._request("DELETE", url, "", {})
    push(root)

    assert shown(person) == meant(root)


FORBIDDEN = "the server refuses to (make a calendar|write an event) for .*403 Forbidden"


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (says(500), "it answers 500"),
        (says(503), "it answers 503"),
        (says(507), "it answers 507"),
        (says(401), "are user and password right"),
        (says(403), FORBIDDEN),
        (says(412), "in the meantime|it answers 412"),
        (cut_before, "the connection to the server broke off"),
        (cut_after, "the connection to the server broke off"),
        (slow(7), "did not answer within 3 seconds"),
    ],
    ids=["500", "503", "507", "401", "403", "412", "cut before", "cut after", "slow"],
)
@pytest.mark.parametrize("number", [0, 4])
def test_a_push_that_breaks_off_goes_on_from_there_without_duplicates(
    tmp_path: Path,
    radicale_address: str,
    user: str,
    fault: Fault,
    why: str,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with proxy_to(radicale_address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        proxy.faults = {number: fault}
        if "did not answer" in why:  # a busy machine must not look like a slow server elsewhere
            monkeypatch.setattr(caldav, "SERVER_LIMITS", Limits(3.0, 100_000_000))
        broken = run(root, "push")
        assert "correct horse" not in broken.output
        # One of several at the same time is tried once more by itself.
        if number == 0 or why != "it answers 500":
            assert broken.exit_code == 1
            assert re.search(why, broken.stderr)

        push(root)

        assert shown(Person(root, radicale_address, user)) == meant(root)
        assert push(root) == [line.replace("new", "unchanged") for line in push(root)]


def refuses(part: str, status: int, method: str = "PUT", body: bytes = b"") -> Fault:
    """Return a server that refuses whatever has a text in its address."""

    def fault(handler: Any, ask: Any) -> bool:  # Any: see tests.servers.Fault
        if handler.command != method or part not in handler.path:
            return False
        answer(handler, status, {"Content-Type": "application/xml"}, body)
        return True

    return fault


@pytest.mark.parametrize("status", [400, 403, 409, 415, 423, 500])
def test_one_event_that_the_server_refuses_blocks_no_other_and_is_named(
    tmp_path: Path, radicale_address: str, user: str, status: int
) -> None:
    why = b'<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:message>UID is\n in the bin</s:message></d:error>'
    with proxy_to(radicale_address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        uid = sessions(root, "textbooks")[2]
        proxy.always = refuses(uid.partition(".")[0] + ".", status, body=why)
        for _ in range(2):
            refused = run(root, "push", today=PLAN)
            assert refused.exit_code == 1
            named, hint = refused.stderr.splitlines()
            assert re.fullmatch(
                rf"'A Book of Sums.*' of .*: the server refuses to write an event for '{user}': it answers {status} "
                r"[\w ]+ \(UID is in the bin\).*",
                named,
            )
            assert hint == "the next 'curriculum push' tries again what was refused"
            assert shown(Person(root, radicale_address, user)) == {
                one for one in meant(root) if one[0] != uid
            }
        assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"
        proxy.always = None

        assert push(root)[0].startswith("textbooks: 1 new, ")
        assert shown(Person(root, radicale_address, user)) == meant(root)


@pytest.mark.parametrize("method", ["PUT", "MKCALENDAR", "PROPFIND"])
def test_one_calendar_that_the_server_refuses_blocks_no_other(
    tmp_path: Path, radicale_address: str, user: str, method: str
) -> None:
    told = {
        "PUT": ": the server refuses to write an event for '{user}': it answers 403 Forbidden (need-privileges); "
        "is the calendar read-only?",
        "MKCALENDAR": "textbooks: the server refuses to make a calendar for '{user}': it answers 403 Forbidden "
        "(need-privileges); make it by hand, and name it under 'collections' of 'caldav'",
        "PROPFIND": "textbooks: the server refuses to say what it holds for '{user}': it answers 403 Forbidden "
        "(need-privileges); are the address and the user right?",
    }[method].format(user=user)
    why = b'<d:error xmlns:d="DAV:"><d:need-privileges/></d:error>'
    with proxy_to(radicale_address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        proxy.always = refuses("textbooks/", 403, method, why)
        result = run(root, "push", today=PLAN)

        assert result.exit_code == 1
        assert told in result.stderr
        assert re.search("^papers: .* new$", result.stdout, re.MULTILINE)
        proxy.always = None
        push(root)
        assert shown(Person(root, radicale_address, user)) == meant(root)


def test_one_calendar_that_cannot_be_looked_at_hides_no_edit_of_another(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    with proxy_to(radicale_address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        push(root)
        person, uid = Person(root, radicale_address, user), sessions(root, "textbooks")[3]
        person.move("textbooks", uid, "20270109")
        proxy.always = refuses("papers/", 403, "PROPFIND")
        told = f"papers: the server refuses to say what it holds for '{user}': it answers 403 Forbidden; "
        first, second = run(root, "pull", today=PLAN), run(root, "pull", today=PLAN)

        assert first.stdout.startswith("pinned: sums_")
        assert second.stdout == ""
        for result in (first, second):
            assert result.exit_code == 1
            assert result.stderr.startswith(told)
        proxy.always = None
        assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"


def test_a_new_plan_between_a_broken_push_and_the_next_is_no_conflict(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    """What had arrived before the connection broke is ours, though no answer ever said so."""
    with proxy_to(radicale_address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        push(root)
        run(root, "done", "sums/1")
        run(root, "plan", today="2027-01-05")
        proxy.faults = {len(proxy.changes): cut_after}
        assert run(root, "push", today="2027-01-05").exit_code == 1
        run(root, "done", "sums/2")
        run(root, "plan", today="2027-01-06")

        push(root, today="2027-01-06")
        assert shown(Person(root, radicale_address, user)) == meant(root)


def test_a_server_that_rewrites_what_it_is_sent_is_no_person(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    with proxy_to(radicale_address) as proxy:
        proxy.rewrite = lambda data: data.replace(b"Why now", b"<b>Why now</b>").replace(
            b"END:VEVENT", b"X-SERVER-NOTE:yes\r\nEND:VEVENT"
        )
        root = planned(tmp_path, proxy.address, user)
        first = push(root)
        assert push(root) == [line.replace("new", "unchanged") for line in first]
        assert run(root, "pull", today=PLAN).stdout == "nothing was changed there\n"
        run(root, "done", "sums/1")
        run(root, "plan", today="2027-01-05")

        again = push(root, today="2027-01-05")
        assert " changed" in again[0]
        run(root, "done", "counting", today="2027-01-05")
        run(root, "plan", today="2027-01-05")
        assert " removed" in push(root, today="2027-01-05")[1], (
            "what the server added is no person's"
        )

        person = Person(root, radicale_address, user)
        uid = sorted(person.events("textbooks"))[-1]
        person.edit("textbooks", uid, lambda text: text.replace("SUMMARY:", "SUMMARY:Not "))
        assert "its text was changed there" in run(root, "pull", today="2027-01-05").stdout


def test_an_event_changed_while_we_push_is_not_written_over(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    with proxy_to(radicale_address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        push(root)
        person, uid = Person(root, radicale_address, user), sessions(root, "textbooks")[-1]
        run(root, "done", "sums/1")
        run(root, "plan", today="2027-01-05")

        def edit_first(handler: Any, ask: Any) -> bool:  # Any: see tests.servers.Fault
            person.edit("textbooks", uid, lambda text: text.replace("SUMMARY:", "SUMMARY:Mine: "))
            return False

        proxy.faults = {len(proxy.changes): edit_first}
        result = run(root, "push", today="2027-01-05")

        assert result.exit_code == 1
        assert "was changed there in the meantime" in result.stderr
        assert "Mine: " in person.events("textbooks")[uid]


@pytest.mark.parametrize("fault", [boasts, pours, pours_packed])
def test_an_enormous_answer_is_refused_before_it_is_held(
    tmp_path: Path, radicale_address: str, user: str, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caldav, "SERVER_LIMITS", Limits(30.0, 20_000_000))
    with proxy_to(radicale_address) as proxy:
        root = planned(tmp_path, proxy.address, user)
        proxy.always = fault
        result = run(root, "push")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "the server gives an answer of more than 20 MB" in result.stderr


class Ring(KeyringBackend):
    """A keyring that knows one password."""

    priority = -1  # the library may choose any class of this kind where it is asked for none

    def __init__(self) -> None:
        """Know it."""
        super().__init__()  # type: ignore[no-untyped-call]

    def get_password(self, service: str, username: str) -> str | None:
        """Return it."""
        return "correct horse" if (service, username) == ("curriculum", "ada@127.0.0.1") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""


def test_the_password_comes_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CURRICULUM_CALDAV_PASSWORD", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        assert password_of("ada", "http://127.0.0.1", Settings()) == "correct horse"
        with pytest.raises(NoPasswordError, match="no password is known for 'bob'"):
            password_of("bob", "http://127.0.0.1", Settings())
    finally:
        keyring.set_keyring(before)


HOSTS = ["https://dav.example.org/ada/", "https://dav-example.org", "https://dav.example.org:444"]


@pytest.mark.parametrize("account", HOSTS)
def test_a_password_in_the_environment_is_for_the_host_of_the_account(
    account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD", "secret")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    found = Settings.model_validate({"caldav": {"url": account, "user": "ada"}})
    assert password_of("ada", account, found) == "secret"
    for other in set(HOSTS) - {account}:
        with pytest.raises(NoPasswordError, match="is for the server of 'caldav' alone"):
            password_of("ada", other, found)


def test_a_password_may_be_in_a_variable_of_its_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD", "of the account")
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD_DAV_EXAMPLE_ORG", "of the host")
    found = Settings.model_validate({"caldav": {"url": "https://example.org", "user": "ada"}})
    assert password_of("ada", "webcal://dav.example.org/x.ics", found) == "of the host"
    assert password_of("ada", "https://example.org", found) == "of the account"
    with pytest.raises(NoPasswordError, match="CURRICULUM_CALDAV_PASSWORD_DAV__EXAMPLE_ORG"):
        password_of("ada", "https://dav-example.org", found)


def test_without_an_account_the_variable_is_for_the_one_host_that_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CURRICULUM_CALDAV_PASSWORD", "secret")
    sources = [{"caldav": host, "user": "ada"} for host in HOSTS]
    assert password_of("ada", HOSTS[0], Settings.model_validate({"busy": sources[:1]})) == "secret"
    with pytest.raises(NoPasswordError):
        password_of("ada", HOSTS[0], Settings.model_validate({"busy": sources[:2]}))


def test_without_an_account_a_plan_or_a_password_it_is_said_what_to_do(
    tmp_path: Path, radicale_address: str, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = workspace(tmp_path / "bare")
    assert "no calendar server is named: add 'caldav:" in run(bare, "push").stderr
    unplanned = workspace(tmp_path / "unplanned", settings=settings(radicale_address, user))
    assert "run 'curriculum plan' first" in run(unplanned, "push").stderr
    monkeypatch.delenv("CURRICULUM_CALDAV_PASSWORD")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    root = planned(tmp_path / "planned", radicale_address, user)
    result = run(root, "push")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"no password is known for '{user}' on '127.0.0.1'" in result.stderr
    assert "keyring set curriculum" in result.stderr


def test_a_password_in_the_settings_is_refused_and_not_repeated(tmp_path: Path) -> None:
    root = workspace(tmp_path, settings=settings("https://ada:s3cret@example.org/", "ada"))
    result = run(root, "check")

    assert result.exit_code == 1
    assert "an address holds a password" in result.output


def test_no_file_and_no_message_holds_the_password(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    root = planned(tmp_path, radicale_address, user)
    output = run(root, "push").output + run(root, "pull").output

    assert "correct horse" not in output
    for path in root.rglob("*"):
        assert path.is_dir() or b"correct horse" not in path.read_bytes(), path


def test_a_damaged_record_says_what_to_do(tmp_path: Path, radicale_address: str, user: str) -> None:
    root = planned(tmp_path, radicale_address, user)
    push(root)
    (root / "calendars" / "caldav.json").write_text("{", encoding="utf-8")
    result = run(root, "push")

    assert result.exit_code == 1
    assert "calendars/caldav.json' cannot be read" in result.stderr


def test_events_of_a_caldav_collection_are_busy_and_our_own_are_not(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    first = planned(tmp_path / "first", radicale_address, user)
    push(first)
    collections = record(first)["collections"]
    own = f"busy: [{{caldav: '{collections['textbooks']}', user: {user}}}]\n"
    (first / "syllabi/curriculum.yaml").write_text(
        settings(radicale_address, user) + own, encoding="utf-8"
    )
    before = published(first)
    run(first, "plan")
    assert published(first) == before

    person = Person(first, radicale_address, user)
    dentist = "BEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20261201T000000Z\r\nDTSTART:20270105T180000Z\r\nDURATION:PT2H\r\n"
    calendar = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{dentist}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    person.server.put(collections["textbooks"], "dentist.ics", calendar.encode(), None)
    run(first, "plan")
    assert published(first) != before
    assert not any(
        "20270105T18" <= row["start"] < "20270105T20" for row in published(first).values()
    )


def test_sessions_of_another_workspace_in_a_caldav_collection_are_busy(
    tmp_path: Path, radicale_address: str, user: str
) -> None:
    first = planned(tmp_path / "first", radicale_address, user)
    push(first)
    sources = [
        f"{{caldav: '{record(first)['collections'][track]}', user: {user}}}"
        for track in ("textbooks", "papers")
    ]
    busy = f"{SETTINGS.replace('title: Sums', 'title: More sums')}busy: [{', '.join(sources)}]\n"
    second = workspace(tmp_path / "second", settings=busy)
    assert run(second, "plan", today=PLAN).exit_code == 0

    rows = [published(root).values() for root in (first, second)]
    starts = [{row["start"] for row in those if "T" in row["start"]} for those in rows]
    assert not starts[0] & starts[1]
