"""A sync with a calendar server while it goes on: what is known, what stands there, and what is to stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from curriculum.model.problems import CurriculumError
from curriculum.services.context import Context

if TYPE_CHECKING:
    from curriculum.exchange.push import There
    from curriculum.exchange.sync_state import Known
    from curriculum.model.identifiers import UnitId
    from curriculum.model.ledger import Ledger
    from curriculum.model.progress import Progress
    from curriculum.model.settings import Settings
    from curriculum.network.caldav import Resource, Server
    from curriculum.services.workspace import Workspace


class NoAccountError(CurriculumError):
    """The settings name no calendar server."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "no calendar server is named: add 'caldav: {url: https://..., user: ...}' to 'syllabi/curriculum.yaml'"
        )


@dataclass
class Sync:
    """A sync while it goes on; it changes as it learns what stands on the server.

    Attributes:
        desk: Where and when it is.
        settings: The settings.
        zone: The zone of the person's clock.
        ledger: What is published.
        progress: What was done.
        server: The account.
        account: Whose record it is.
        collections: Name of a calendar to the address of its collection.
        items: Name of a calendar to UID to what is known of the event.
        sending: Name of a calendar to UID to the digest of what is being sent.
        names: The calendars that are synced.
        over: The minute of now.
    """

    desk: Context
    settings: Settings
    zone: tzinfo
    ledger: Ledger
    progress: Progress
    server: Server
    account: str
    collections: dict[str, str]
    items: dict[str, dict[str, Known]]
    sending: dict[str, dict[str, str]]
    names: tuple[str, ...]
    over: int
    there: dict[str, dict[str, There]] = field(default_factory=dict)

    def remember(self) -> None:
        """Write down what is known, for the next time."""
        from curriculum.disk.sync_record import write_record
        from curriculum.exchange.sync_state import FILE, Remembered, remembered_bytes

        known = Remembered(self.account, self.collections, self.items, self.sending)
        write_record(self.desk.calendars, FILE, remembered_bytes(known))

    def title(self, name: str) -> str:
        """Return what a calendar is called on the server."""
        return f"{self.settings.title}: {name}"

    @cached_property
    def gathered(self) -> Workspace:
        """The workspace, with its works: read when it is needed, which is seldom."""
        from curriculum.services.workspace import Workspace

        return Workspace(self.desk, results="none")


def _no_account(desk: Context) -> CurriculumError:
    """Return the error for settings without an account; end the command when a problem hides it."""
    from curriculum.services.workspace import Workspace

    Workspace(desk, results="none").require_sound()
    return NoAccountError()


@contextmanager
def syncing(desk: Context) -> Iterator[Sync]:
    """Open the account, and remember what was done there however the sync ends.

    Raises:
        CurriculumError: No server is named, nothing is published, or no password is known.
    """
    from curriculum.disk.publication import publishing
    from curriculum.disk.sync_record import read_record
    from curriculum.exchange.desired_state import NAMES, TODOS
    from curriculum.exchange.sync_state import FILE, read_remembered
    from curriculum.services.accounts import server_of
    from curriculum.services.journal import progress_of
    from curriculum.services.published import require_published
    from curriculum.services.settings import setting_of

    read, folder = setting_of(desk), desk.calendars
    account = read.settings.caldav
    if account is None:
        raise _no_account(desk)
    server, whose = server_of(account.url, account.user), f"{account.user or ''} {account.url}"
    with publishing(folder):
        ledger = require_published(folder, read.settings)
        before = read_remembered(read_record(folder, FILE), whose)
        sync = Sync(
            desk,
            read.settings,
            read.zone,
            ledger,
            progress_of(desk),
            server,
            whose,
            collections=dict(before.collections),
            items={name: dict(rows) for name, rows in before.items.items()},
            sending={name: dict(rows) for name, rows in before.sending.items()},
            names=(*NAMES, *([TODOS] if account.todos else [])),
            over=desk.minute(read.zone),
        )
        try:
            yield sync
        finally:
            server.close()
            sync.remember()


def _found(sync: Sync, name: str, *, make: bool) -> dict[str, Resource]:
    """Return what stands in the collection of a calendar, which is made where it is missing."""
    from curriculum.calendars.vdirs import HEX_COLOURS

    account = sync.settings.caldav
    assert account is not None, "a sync has an account"
    url = account.collections.get(name) or sync.collections.get(name)  # type: ignore[call-overload]
    if url is None:
        url = f"{sync.server.home()}curriculum-{sync.ledger.plan[:8]}-{name}/"
    sync.items.setdefault(name, {})
    sync.sending.setdefault(name, {})
    found = sync.server.resources(url)
    if found is not None:
        sync.collections[name] = url
    elif make:
        sync.server.make(
            url, sync.title(name), HEX_COLOURS[name], "VTODO" if name == "todos" else "VEVENT"
        )
        sync.collections[name] = url
        sync.items[name], sync.sending[name] = {}, {}
    else:
        sync.collections.pop(name, None)
        sync.items[name] = {}
    return found or {}


def look(sync: Sync, name: str, *, make: bool = False) -> dict[str, There]:
    """Return what stands in a collection of our events, with what it says where the version is not known."""
    from curriculum.exchange.desired_state import resource_name
    from curriculum.exchange.push import There, uids_to_fetch
    from curriculum.exchange.remote_event import parse_remote_event

    resources = _found(sync, name, make=make)
    known = sync.items[name]
    uids = {
        *known,
        *(todo_units(sync) if name == "todos" else (*sync.ledger.events, *sync.ledger.retired)),
    }
    named = {resource_name(uid): uid for uid in uids}
    found = {named[one.name]: one for one in resources.values() if one.name in named}
    asked = uids_to_fetch(known, {uid: one.etag for uid, one in found.items()})
    there = {uid: There(one.etag) for uid, one in found.items()}
    asked_for = (
        sync.server.fetched(sync.collections[name], map(resource_name, asked)) if asked else {}
    )
    for one in asked_for.values():
        if one.name in named and one.data is not None:
            there[named[one.name]] = There(one.etag, parse_remote_event(one.data, sync.zone))
    return there


def wanted_in(sync: Sync, name: str) -> Mapping[str, bytes]:
    """Return UID to the bytes that are to stand in a collection."""
    from curriculum.exchange.desired_state import TODOS, wanted_events, wanted_todos

    if name != TODOS:
        return wanted_events(sync.ledger, name)
    library = sync.gathered.library
    titles = {
        unit: f"{library.unit(unit).title} ({unit})"
        for unit in todo_units(sync).values()
        if _is_known(sync, unit)
    }
    return wanted_todos(sync.ledger, sync.over, titles, sync.progress.finished, sync.items[name])


def _is_known(sync: Sync, unit: UnitId) -> bool:
    try:
        sync.gathered.library.unit(unit)
    except KeyError:
        return False
    return True


def todo_units(sync: Sync) -> dict[str, UnitId]:
    """Return UID to unit of every to-do that there may be."""
    from curriculum.exchange.desired_state import todo_uid

    units = {piece.unit for _, session in sync.ledger.sessions() for piece in session.pieces}
    return {
        todo_uid(unit, sync.ledger.plan): unit
        for unit in sorted(units | set(sync.progress.finished))
    }


def emptied(sync: Sync, name: str, there: Mapping[str, There]) -> str | None:
    """Return what is to be said of a calendar from which all is gone at once; None when something stands there."""
    from curriculum.exchange.push import is_emptied, previously_pushed

    known = sync.items[name]
    return (
        f"all {len(previously_pushed(known))} entries of '{name}' were deleted there"
        if is_emptied(known, there)
        else None
    )
