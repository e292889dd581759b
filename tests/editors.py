"""A person who edits calendars in another program, at random, while plans are made and sent."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from curriculum.disk.vdirs import Vdir
from curriculum.model.calendar_store import CalendarStore
from curriculum.model.journal import Missed, Pinned
from curriculum.model.sync import PushQuestion, QuestionKind, Side
from curriculum.network.caldav import Server
from curriculum.services.pull import Pulled, pull
from curriculum.services.push import push
from curriculum.services.syllabi import SyllabusParser
from curriculum.services.workspace import Workspace
from tests.workspaces import UNITS, rename_book, run
from tests.years import desk_on, plan_on

MONDAY = date(2027, 1, 4)
TRACKS = ("textbooks", "papers", "deadlines")
ADDED = (
    "LOCATION:Room {tag}",
    "COMMENT:see {tag}\\, first",
    "ATTENDEE;CN={tag}:mailto:{tag}@example.org",
    "X-MY-NOTE;X-PLACE={tag}:yes",
    "COLOR:{tag}",
    "RESOURCES:{tag}",
    "BEGIN:VALARM\nACTION:EMAIL\nSUMMARY:{tag}\nTRIGGER:-PT3H\nEND:VALARM",
    "BEGIN:X-{tag}\nX-INSIDE:yes\nEND:X-{tag}",
)
"""What people and programs add to an event; each with a tag by which it is found again."""

_TAG = re.compile(r"TAG\d+")
_UID = re.compile(r"^UID:(.*)$", re.MULTILINE)
_START = re.compile(r"^DT(START|END):(\d{8})T", re.MULTILINE)


class There(Protocol):
    """The place where the calendars are seen by other programs."""

    @property
    def vdir(self) -> Path | None:
        """The vdir, if it is one."""

    def store(self) -> CalendarStore:
        """Return the place."""

    def address(self, track: str) -> str:
        """Return the address of a calendar."""


def unfolded(data: bytes) -> str:
    """Return an event in lines that are not folded."""
    return data.decode().replace("\r\n", "\n").replace("\n ", "")


def uid_of(text: str) -> str:
    """Return the UID of an event."""
    match = _UID.search(text)
    assert match is not None, text
    return match[1]


@dataclass
class Editor:
    """Someone whose plan is sent to a place where it is edited.

    Attributes:
        root: The workspace.
        there: The place.
        rng: Chance.
        today: The day it is.
        tags: What was added there and must not be lost.
        touched: UIDs of events that were edited, so that they may be left as they are.
        deleted: UIDs of events that were deleted.
        bin: What was deleted: calendar, name and bytes of each.
        second: An older copy of the workspace, on another machine.
        told: What was done, to be read when a law does not hold.
    """

    root: Path
    there: There
    rng: random.Random
    today: date = MONDAY
    tags: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    bin: list[tuple[str, str, bytes]] = field(default_factory=list)
    second: Path | None = None
    count: int = 0
    told: list[str] = field(default_factory=list)
    parser: SyllabusParser = field(default_factory=SyllabusParser)

    def act(self) -> None:
        """Do one thing."""
        kinds: Sequence[Callable[[], None]] = (
            *3 * (self.add,),
            *2 * (self.move,),
            self.retitle,
            self.describe,
            self.change,
            self.delete,
            self.restore,
            self.rename,
            self.move_to_other_calendar,
            self.study,
            self.rename_book,
            self.settle,
            self.settle,
            self.use_second,
        )
        kind = self.rng.choice(kinds)
        self.told.append(f"{self.today} {kind.__name__}")
        kind()
        self.check()

    def events(self) -> dict[tuple[str, str], str]:
        """Return calendar and name to the text of every event there."""
        found: dict[tuple[str, str], str] = {}
        store = self.there.store()
        for track in TRACKS:
            address = self.there.address(track)
            names = store.resources(address) or {}
            for name, resource in store.fetched(address, names).items():
                found[track, name] = unfolded(resource.data or b"")
        return found

    def _choose(self, *tracks: str) -> tuple[str, str, str] | None:
        wanted = tracks or TRACKS
        found = sorted((*key, text) for key, text in self.events().items() if key[0] in wanted)
        return self.rng.choice(found) if found else None

    def _edit(self, change: Callable[[str], str], *tracks: str) -> None:
        """Change an event as another program does, under its own name or under ours."""
        chosen = self._choose(*tracks)
        if chosen is None:
            return
        track, name, text = chosen
        self.touched.add(uid_of(text))
        self.told[-1] += f" {name.partition('.')[0]}"
        text = change(text)
        if self.rng.random() < 0.7:
            text = re.sub("^PRODID:.*$", "PRODID:-//Elsewhere//EN", text, flags=re.MULTILINE)
        self._put(track, name, text.replace("\n", "\r\n").encode())

    def _put(self, track: str, name: str, data: bytes) -> None:
        store, address = self.there.store(), self.there.address(track)
        found = (store.resources(address) or {}).get(name)
        store.put(address, name, data, found.etag if found else None)

    def _tag(self) -> str:
        self.count += 1
        tag = f"TAG{self.count}"
        self.tags.add(tag)
        self.told[-1] += f" {tag}"
        return tag

    def add(self) -> None:
        """Add something to an event."""
        line = self.rng.choice(ADDED).format(tag=self._tag())
        self._edit(lambda text: text.replace("END:VEVENT", f"{line}\nEND:VEVENT"))

    def retitle(self) -> None:
        """Write in a title."""
        tag = self._tag()
        self._edit(lambda text: text.replace("\nSUMMARY:", f"\nSUMMARY:{tag} ", 1))

    def describe(self) -> None:
        """Write in a text."""
        tag = self._tag()
        self._edit(lambda text: text.replace("\nDESCRIPTION:", f"\nDESCRIPTION:{tag} ", 1))

    def move(self) -> None:
        """Move a session by days."""
        days = self.rng.choice((-1, 1, 2, 5))

        def change(text: str) -> str:
            def moved(match: re.Match[str]) -> str:
                day = date.fromisoformat(match[2]) + timedelta(days=days)
                return f"DT{match[1]}:{day:%Y%m%d}T"

            return _START.sub(moved, text)

        self._edit(change, "textbooks", "papers")

    def change(self) -> None:
        """Change what a session is: all day, recurring, called off, checked, without our alarm."""
        pattern, into = self.rng.choice(
            (
                (r"^DT(START|END):(\d{8})T\w*", r"DT\1;VALUE=DATE:\2"),
                ("^END:VEVENT", "RRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT"),
                ("^STATUS:CONFIRMED", "STATUS:CANCELLED"),
                ("^STATUS:CONFIRMED", "STATUS:TENTATIVE"),
                ("^SUMMARY:", "SUMMARY:✓ "),
                ("^TRANSP:OPAQUE", "TRANSP:TRANSPARENT"),
                ("^URL:.*\n", ""),
                ("^SEQUENCE:.*", "SEQUENCE:9"),
            )
        )
        self.told[-1] += f" {into}"
        self._edit(
            lambda text: re.sub(pattern, into, text, flags=re.MULTILINE), "textbooks", "papers"
        )

    def delete(self) -> None:
        """Delete an event, with all that was added to it."""
        chosen = self._choose("textbooks", "papers")
        if chosen is None:
            return
        track, name, text = chosen
        store, address = self.there.store(), self.there.address(track)
        found = (store.resources(address) or {})[name]
        store.delete(address, name, found.etag)
        self.told[-1] += f" {name.partition('.')[0]}"
        self.bin.append((track, name, text.replace("\n", "\r\n").encode()))
        self.deleted.add(uid_of(text))
        self.tags -= set(_TAG.findall(text))

    def restore(self) -> None:
        """Take the event that was deleted last out of the bin."""
        uids = {uid_of(text) for text in self.events().values()}
        while self.bin:
            track, name, data = self.bin.pop()
            uid = uid_of(data.decode().replace("\r\n", "\n"))
            if uid in uids:
                continue
            self.told[-1] += f" {name.partition('.')[0]}"
            self._put(track, name, data)
            self.touched.add(uid)
            self.tags |= set(_TAG.findall(data.decode()))
            return

    def rename(self) -> None:
        """Give an event another name."""
        chosen = self._choose()
        if chosen is None:
            return
        track, name, text = chosen
        store, address = self.there.store(), self.there.address(track)
        store.delete(address, name, (store.resources(address) or {})[name].etag)
        self.count += 1
        self.told[-1] += f" {name.partition('.')[0]}"
        self._put(track, f"renamed-{self.count}.ics", text.replace("\n", "\r\n").encode())

    def move_to_other_calendar(self) -> None:
        """Put a session into the other calendar, as programs do: written there, then removed."""
        chosen = self._choose("textbooks", "papers")
        if chosen is None:
            return
        track, name, text = chosen
        other = "papers" if track == "textbooks" else "textbooks"
        self.told[-1] += f" {name.partition('.')[0]} to {other}"
        store, address = self.there.store(), self.there.address(track)
        found = (store.resources(address) or {})[name]
        self._put(other, name, text.replace("\n", "\r\n").encode())
        store.delete(address, name, found.etag)

    def study(self) -> None:
        """Record some study, and let a day pass now and then."""
        unit = self.rng.choice(UNITS)
        words = self.rng.choice((("done", unit), ("log", unit, "40m"), ("done",)))
        run(self.root, *words, today=str(self.today))
        self.today += timedelta(days=self.rng.choice((0, 1)))

    def rename_book(self) -> None:
        """Have the next plan say something else."""
        self.count += 1
        rename_book(self.root, f"Sums {self.count}")

    def pull(self, root: Path | None = None) -> Pulled:
        """Take over what was changed there."""
        found = pull(desk_on(self.today, root or self.root), vdir=self.there.vdir)
        self.told.append(
            f"  pulled {[(fact.kind, getattr(fact, 'session', '')[:12]) for fact in found.facts]}"
        )
        return found

    def push(self, root: Path | None = None) -> int:
        """Send what is published, leave what was changed there, and return how much was sent."""
        sent = 0
        for one in push(desk_on(self.today, root or self.root), theirs, vdir=self.there.vdir):
            sent += one.sent.requests
        return sent

    def settle(self) -> None:
        """Pull, plan and push."""
        if self.rng.random() < 0.8:
            self.pull()
        plan_on(self.today, self.parser, self.root)
        if self.rng.random() < 0.9:
            self.push()

    def use_second(self) -> None:
        """Copy the workspace to a second machine, or have the copy made before look at the place."""
        if self.second is None:
            self.second = self.root.with_name("second")
            shutil.copytree(self.root, self.second)
            self.swap_records(keep=True)
            self.today += timedelta(days=1)
            return
        self.swap_records()
        for fact in self.pull(self.second).facts:
            if isinstance(fact, (Missed, Pinned)):
                assert fact.session in self.touched | self.deleted, self.story()
        self.push(self.second)
        self.swap_records()

    def swap_records(self, *, keep: bool = False) -> None:
        """Change what is remembered in a vdir for what the other machine remembers of it."""
        if self.there.vdir is None:
            return
        record, other = self.there.vdir / ".curriculum.json", self.root.with_name("record.json")
        mine = record.read_bytes()
        if not keep:
            record.write_bytes(other.read_bytes())
        other.write_bytes(mine)

    def check(self) -> None:
        """Check that nothing is lost, doubled or left over."""
        texts = list(self.events().values())
        uids = [uid_of(text) for text in texts]
        assert len(uids) == len(set(uids)), f"doubled\n{self.story()}"
        lost = self.tags - set(_TAG.findall("\n".join(texts)))
        assert not lost, f"lost {lost}\n{self.story()}"

    def come_to_rest(self) -> None:
        """Check that after pulling, planning and pushing there is nothing left to do."""
        for _ in range(2):
            self.pull()
            plan_on(self.today, self.parser, self.root)
            self.push()
            self.check()
        before = self.events()
        ledger = (self.root / "calendars/ledger.json").read_bytes()
        assert self.pull().facts == (), self.story()
        plan_on(self.today, self.parser, self.root)
        assert (self.root / "calendars/ledger.json").read_bytes() == ledger, self.story()
        assert self.push() == 0, self.story()
        assert self.events() == before, self.story()
        published = set(Workspace(desk_on(self.today, self.root)).ledger.events)
        shown = {uid_of(text) for text in before.values()}
        assert shown - published <= self.touched, f"ghosts\n{self.story()}"
        assert published - shown <= self.deleted, f"missing\n{self.story()}"

    def story(self) -> str:
        """Return what was done."""
        return "\n".join(self.told)


def theirs(question: PushQuestion) -> Side | None:
    """Leave what was changed there; what an older copy would replace stays, too."""
    if question.kind in (QuestionKind.WIPED, QuestionKind.NEWER):
        return None
    return Side.THEIRS


@dataclass
class VdirThere:
    """A vdir: a server that is simulated by a folder."""

    vdir: Path | None

    def store(self) -> CalendarStore:
        """Return the place."""
        assert self.vdir is not None
        return Vdir(self.vdir)

    def address(self, track: str) -> str:
        """Return the address of a calendar."""
        return track


class ServerThere:
    """A calendar server."""

    vdir = None

    def __init__(self, address: str, user: str, root: Path) -> None:
        """Open the account of a person."""
        self._server = Server(address, user, "x")
        self._record = root / "calendars/caldav.json"

    def store(self) -> CalendarStore:
        """Return the place."""
        return self._server

    def address(self, track: str) -> str:
        """Return the address of a calendar."""
        found = json.loads(self._record.read_text(encoding="utf-8"))
        address: str = found["collections"][track]
        return address

    def close(self) -> None:
        """End all connections."""
        self._server.close()
