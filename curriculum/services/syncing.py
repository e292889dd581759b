"""Open the place that a sync is with: the person's account on a calendar server, or a vdir."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from curriculum import services
from curriculum.disk.publication import publishing
from curriculum.disk.sync_record import read_record
from curriculum.disk.vdirs import VDIR_RECORD, Vdir
from curriculum.exchange.desired_state import EVENT_CALENDARS, SITTING_CALENDARS
from curriculum.exchange.sync_state import SYNC_STATE_FILE, read_sync_state
from curriculum.model.ledger import Ledger
from curriculum.model.problems import CurriculumError
from curriculum.services.accounts import server_of
from curriculum.services.snapshot import Snapshot
from curriculum.services.sync import Sync, SyncPlace

_AT_ONCE = 8
"""How many requests a server is sent at the same time."""


class NoAccountError(CurriculumError):
    """The settings name no calendar server."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "no calendar server is named: add 'caldav: {url: https://..., user: ...}' "
            "to 'syllabi/curriculum.yaml'"
        )


@contextmanager
def _account(snapshot: Snapshot) -> Iterator[Sync]:
    """Open the account, and store what is known of it however the sync ends.

    Raises:
        ProblemsError: The settings have errors, and no account can be read from them.
        CurriculumError: No server is named, nothing is published, or no password is known.
    """
    account = snapshot.settings.caldav
    if account is None:
        services.workspace.workspace_of(snapshot).require_sound()
        raise NoAccountError
    folder = snapshot.context.calendars
    with (
        closing(server_of(account.url, account.user, snapshot.settings)) as server,
        publishing(folder),
    ):
        place = SyncPlace(
            store=server,
            owner=f"{account.user or ''} {account.url}",
            record=folder / SYNC_STATE_FILE,
            collections={str(name): url for name, url in account.collections.items()},
            has_todos=account.todos,
            at_once=_AT_ONCE,
        )
        with _remembered(snapshot, snapshot.require_published(), place) as sync:
            yield sync


@contextmanager
def syncing_vdir(snapshot: Snapshot, vdir: Path, folder: Path | None = None) -> Iterator[Sync]:
    """Open a vdir, and store what is known of it however the sync ends.

    Args:
        snapshot: The workspace.
        vdir: The folder.
        folder: Where the calendars are published; None means `calendars/`.

    Raises:
        CurriculumError: A file cannot be read or written.
    """
    published = folder or snapshot.context.calendars
    with publishing(published):
        ledger = snapshot.published_in(published).read_again()
        store = Vdir(vdir)
        store.sweep()
        place = SyncPlace(
            store=store,
            owner=ledger.plan,
            record=vdir / VDIR_RECORD,
            collections={name: name for name in (*EVENT_CALENDARS, *SITTING_CALENDARS)},
            settle=store.settle,
        )
        with _remembered(snapshot, ledger, place) as sync:
            yield sync


@contextmanager
def syncing(snapshot: Snapshot, vdir: Path | None) -> Iterator[Sync]:
    """Open a vdir, or the account if there is none.

    Raises:
        CurriculumError: No server is named, nothing is published, or a file cannot be read.
    """
    if vdir is None:
        with _account(snapshot) as sync:
            yield sync
        return
    snapshot.require_published()
    with syncing_vdir(snapshot, vdir) as sync:
        yield sync


@contextmanager
def _remembered(snapshot: Snapshot, ledger: Ledger, place: SyncPlace) -> Iterator[Sync]:
    record = place.record
    state = read_sync_state(read_record(record.parent, record.name), place.owner, record)
    sync = Sync(snapshot, ledger, place, state)
    try:
        yield sync
    except BaseException:
        # Whatever happened: what was sent before an error must not be sent again. The error itself
        # says more than that this cannot be written either.
        with suppress(CurriculumError):
            sync.remember()
        raise
    sync.remember()
