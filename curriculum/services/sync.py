"""A sync with a calendar server: what is known of it, what is there, and what should be there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Set
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from curriculum import services
from curriculum.calendars.colours import HEX_COLOURS
from curriculum.calendars.labels import short_title
from curriculum.calendars.uids import plan_id_in
from curriculum.disk.sync_record import write_record
from curriculum.exchange.desired_state import (
    TODOS,
    event_calendars,
    is_todo,
    newest_stamp,
    resource_name,
    todo_uid,
    wanted_events,
    wanted_todos,
)
from curriculum.exchange.remote_calendar import (
    RemoteCalendar,
    RemoteVersion,
    elsewhere,
    uids_to_fetch,
)
from curriculum.exchange.remote_event import parse_remote_event
from curriculum.exchange.sync_state import (
    SyncState,
    sync_state_bytes,
)
from curriculum.model.calendar_store import CalendarStore, Resource
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import Ledger
from curriculum.model.sync import EventName
from curriculum.services.snapshot import Snapshot

ShowProgress: TypeAlias = Callable[[str], AbstractContextManager[object]]
"""Shows what is going on while it takes long."""


UidsNeeded: TypeAlias = Callable[[], Set[str]]
"""Tells the UIDs of events that are needed; it is asked once the record is known to be right."""


def nothing_more() -> frozenset[str]:
    """Need no event whose version is known."""
    return frozenset()


def nothing_to_settle() -> None:
    """Do nothing: what a server took is there."""


@dataclass(frozen=True, slots=True)
class SyncPlace:
    """Where calendars are synced.

    Attributes:
        store: The server or vdir.
        owner: Whose it is: a record of another owner tells nothing.
        record: The file that remembers what is there.
        collections: Name of a calendar to the address of its collection, where it is fixed.
        has_todos: Whether there is a calendar of to-dos.
        at_once: How many changes may be on the way at the same time.
        settle: Makes sure that what was sent stays there; it is called before it is remembered.
    """

    store: CalendarStore
    owner: str
    record: Path
    collections: Mapping[str, str]
    has_todos: bool = False
    at_once: int = 1
    settle: Callable[[], None] = nothing_to_settle


class Sync:
    """A sync while it goes on; it changes as it learns what is on the server.

    Attributes:
        snapshot: The workspace; its works are read only for to-dos.
        ledger: What is published.
        server: Where the calendars are.
        at_once: How many changes may be on the way at the same time.
        collections: Name of a calendar to the address of its collection.
        versions: Name of a calendar to UID to what is known of the event.
        sending: Name of a calendar to UID to the digest of what is being sent.
        others: Name of a calendar to the names of resources that are not ours to their marks.
        is_behind: Whether a calendar was seen to which another copy sent a newer plan.
    """

    def __init__(
        self, snapshot: Snapshot, ledger: Ledger, place: SyncPlace, state: SyncState
    ) -> None:
        """Begin with what is known from the last sync."""
        self.snapshot = snapshot
        self.ledger = ledger
        self.server = place.store
        self._place = place
        self._stored: bytes | None = None
        self.at_once = place.at_once
        self.is_behind = False
        self.collections = dict(state.collections)
        self.versions = {name: dict(known) for name, known in state.versions.items()}
        self.sending = {name: dict(digests) for name, digests in state.sending.items()}
        self.others = {name: dict(marks) for name, marks in state.others.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The calendars that are synced, in order."""
        events = event_calendars(self.ledger, self.versions)
        return (*events, TODOS) if self._place.has_todos else events

    def remember(self) -> None:
        """Store what is known, for the next sync."""
        state = SyncState(
            self._place.owner, self.collections, self.versions, self.sending, self.others
        )
        self._place.settle()
        record = self._place.record
        data = sync_state_bytes(state)
        if data != self._stored:
            write_record(record.parent, record.name, data)
            self._stored = data

    def fetch_remote(
        self, name: str, *, make: bool = False, needs: UidsNeeded = nothing_more
    ) -> RemoteCalendar:
        """Return a calendar as it is on the server.

        Events are fetched only where their version is not known: a sync that changes nothing takes
        one request for each calendar. An event is looked up by its UID where its resource has
        another name than we gave it, and in the other calendars where it was moved to one of them.

        Args:
            name: The calendar.
            make: Whether to make its collection if there is none.
            needs: Tells which events are needed although their version is known.
        """
        resources = self._resources(name, make=make)
        remote, unknown = self._by_name(name, resources)
        etags = {uid: version.etag for uid, version in remote.items()}
        uids = {*uids_to_fetch(self.versions[name], etags), *(needs() & remote.keys())}
        names = {remote[uid].name or resource_name(uid): uid for uid in uids}
        others: dict[str, str] = {}
        own = self.collections.get(name, "")
        for resource, uid, version in self._looked_at(own, {*names, *unknown}, names):
            if uid is None:
                others[resource] = version.etag or ""
            elif resource in names or self._is_new(uid, name, remote):
                remote[uid] = replace(version, name=_other_name(resource, uid))
        self._remember_others(name, resources, others)
        remote |= self._moved(name, remote)
        return RemoteCalendar(remote, self.versions[name], self.sending[name])

    def _by_name(
        self, name: str, resources: Collection[Resource]
    ) -> tuple[dict[str, RemoteVersion], frozenset[str]]:
        """Return the events of ours by their resources' names, and the names that say nothing."""
        uids = {resource_name(uid): uid for uid in self._possible_uids(name)}
        for uid, known in self.versions[name].items():
            if known.name:
                uids[known.name] = uid
        others = self.others.get(name, {})
        remote: dict[str, RemoteVersion] = {}
        unknown: set[str] = set()
        for resource in resources:
            named = uids.get(resource.name)
            if named is not None:
                other_name = _other_name(resource.name, named)
                if self._is_of(named, name):
                    remote[named] = RemoteVersion(resource.etag, name=other_name)
            elif not resource.etag or others.get(resource.name) != resource.etag:
                unknown.add(resource.name)
        return remote, frozenset(unknown)

    def _looked_at(
        self, url: str, asked: Collection[str], names: Mapping[str, str]
    ) -> Iterator[tuple[str, str | None, RemoteVersion]]:
        """Fetch some resources of a collection, and yield what each is called, its UID, and itself.

        The UID is None for events that are not of this plan.

        Args:
            url: The address of the collection.
            asked: The names of the resources.
            names: Name of a resource to the UID that it is known to have.
        """
        if not asked:
            return
        for resource in self.server.fetched(url, asked).values():
            version = self._read(resource)
            yield resource.name, names.get(resource.name) or self._uid_of(version), version

    def _is_new(self, uid: str, name: str, remote: Container[str]) -> bool:
        """Whether an event of a calendar was not found by the name of its resource."""
        return uid not in remote and self._is_of(uid, name)

    def _is_of(self, uid: str, name: str) -> bool:
        """Whether an event belongs to a calendar: several may be in one collection.

        What is not planned any more is of the calendar that knows it, or of any.
        """
        event = self.ledger.events.get(uid)
        if event is not None:
            return event.entry.file == f"{name}.ics"
        if is_todo(uid) != (name == TODOS):
            return False
        return uid in self.versions[name] or not any(uid in one for one in self.versions.values())

    def _moved(self, name: str, there: Container[str]) -> dict[str, RemoteVersion]:
        """Return the events of a calendar that another program put into another calendar of ours.

        Args:
            name: The calendar.
            there: Its events that are where they should be.
        """
        known = self.versions[name].items()
        missing = {uid for uid, version in known if version.seen and uid not in there}
        found: dict[str, RemoteVersion] = {}
        for other, url in self._other_collections(name).items():
            if missing - found.keys():
                found |= self._found_in(other, url, missing - found.keys())
        return found

    def _other_collections(self, name: str) -> dict[str, str]:
        """Return the other calendars that are there, with the addresses of their collections."""
        own = self.collections.get(name)
        places = {**self.collections, **self._place.collections}
        return {other: url for other, url in sorted(places.items()) if url != own}

    def _found_in(self, other: str, url: str, uids: Set[str]) -> dict[str, RemoteVersion]:
        """Return which of some events are in the collection of another calendar."""
        names = {resource_name(uid): uid for uid in uids}
        usual = {resource_name(uid) for uid in self._possible_uids(other)} - names.keys()
        asked = self._unseen(other, url) - usual
        found: dict[str, RemoteVersion] = {}
        for resource, uid, version in self._looked_at(url, asked, names):
            if uid is not None and uid in uids:
                found[uid] = replace(version, name=elsewhere(url, resource))
        return found

    def _unseen(self, name: str, url: str) -> set[str]:
        """Return the names of resources that are not known to be none of ours."""
        resources = self.server.resources(url) or {}
        looked_at = self.others.get(name, {})
        return {one.name for one in resources.values() if looked_at.get(one.name, "") != one.etag}

    def _read(self, resource: Resource) -> RemoteVersion:
        event = None
        if resource.data is not None:
            event = parse_remote_event(resource.data, self.snapshot.zone)
        return RemoteVersion(resource.etag, event, resource.data)

    def _uid_of(self, version: RemoteVersion) -> str | None:
        """Return the UID of an event of this plan; None for any other."""
        event = version.event
        if event is None or plan_id_in(event.uid) != self.ledger.plan:
            return None
        return event.uid

    def _remember_others(
        self, name: str, resources: Collection[Resource], looked_at: Mapping[str, str]
    ) -> None:
        """Keep which resources are not ours, so that they are not fetched at each sync."""
        there = {resource.name for resource in resources}
        known = {**self.others.get(name, {}), **looked_at}
        self.others[name] = {one: etag for one, etag in known.items() if one in there and etag}

    def _resources(self, name: str, *, make: bool) -> Collection[Resource]:
        """Return what is in the collection of a calendar."""
        url = self._address(name)
        if self.collections.get(name, url) != url:
            self._forget(name)
        self.versions.setdefault(name, {})
        self.sending.setdefault(name, {})
        found = self.server.resources(url)
        if found is not None:
            self.collections[name] = url
            return found.values()
        # A dry run and a pull leave the server as it is.
        if make:
            self._make(name, url)
            self.collections[name] = url
            self.sending[name] = {}
        else:
            self.collections.pop(name, None)
        self.versions[name] = {}  # nothing that was known of a lost collection counts any more
        return ()

    def _forget(self, name: str) -> None:
        """Forget a calendar whose collection is another one by now."""
        for known in (self.versions, self.sending, self.others):
            known.pop(name, None)

    def _make(self, name: str, url: str) -> None:
        """Make the collection of a calendar, and of others that are in the same one."""
        sharing = [one for one in self.names if self._place.collections.get(one) == url] or [name]
        title = short_title(self.snapshot.settings.title)
        if len(sharing) == 1:
            title = f"{title}: {name}"
        components = dict.fromkeys("VTODO" if one == TODOS else "VEVENT" for one in sharing)
        self.server.make(url, title, HEX_COLOURS[name], " ".join(components))

    def _address(self, name: str) -> str:
        """Return the address of a calendar's collection: as set, as known, or a new one."""
        url = self._place.collections.get(name) or self.collections.get(name)
        if url is not None:
            return url
        # The plan is part of the name: two workspaces of one person must not share a collection.
        plan = self.ledger.plan[:8]
        return f"{self.server.home()}curriculum-{plan}-{name}/"

    def _possible_uids(self, name: str) -> set[str]:
        """Return the UIDs that an event of ours in a calendar may have."""
        if name == TODOS:
            return {*self.versions.get(name, ()), *self.todo_units()}
        return {*self.versions.get(name, ()), *self.ledger.events, *self.ledger.retired}

    def shows_newer_plan(self, name: str, calendar: RemoteCalendar) -> bool:
        """Whether another copy of the workspace sent a newer plan to a calendar."""
        # The to-dos of finished units are stamped when they were finished.
        found = name != TODOS and calendar.shows_newer_plan(newest_stamp(self.ledger))
        self.is_behind |= found
        return found

    def wanted(self, name: str) -> Mapping[str, bytes]:
        """Return UID to the bytes that each event of a calendar should have."""
        snapshot = self.snapshot
        if name != TODOS:
            return wanted_events(self.ledger, name)
        return wanted_todos(
            self.ledger,
            snapshot.minute,
            self._todo_titles(),
            snapshot.progress.finished,
            self.versions[name],
        )

    def _todo_titles(self) -> dict[UnitId, str]:
        library = services.workspace.Workspace(self.snapshot.context, results="none").library
        titles: dict[UnitId, str] = {}
        for unit in self.todo_units().values():
            try:
                titles[unit] = f"{library.unit(unit).title} ({unit})"
            except KeyError:  # its work has left the library since
                continue
        return titles

    def event_name(self, uid: str) -> EventName:
        """Return what a person calls an event."""
        zone = self.snapshot.zone
        event = self.ledger.events.get(uid)
        if event is None:
            return EventName(uid.partition(".")[0], None, zone)
        return EventName(event.entry.summary, event.session, zone)

    def todo_units(self) -> dict[str, UnitId]:
        """Return UID to unit of every to-do that there may be."""
        ledger = self.ledger
        units = set(self.snapshot.progress.finished)
        for _, session in ledger.sessions():
            units.update(piece.unit for piece in session.pieces)
        return {todo_uid(unit, ledger.plan): unit for unit in sorted(units)}


def _other_name(resource: str, uid: str) -> str:
    """Return the name of an event's resource if it is not the one that we give it."""
    return "" if resource == resource_name(uid) else resource
