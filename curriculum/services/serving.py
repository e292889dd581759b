"""Serve the published calendars to programs that subscribe to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from curriculum import network
from curriculum.model.ledger import CALENDARS, more_calendars
from curriculum.network.host_names import BadNameError, host_name
from curriculum.services.errors import UsageError
from curriculum.services.snapshot import Snapshot

if TYPE_CHECKING:
    from curriculum.network.feeds import Feeds

FEED_PORT = 8117


def open_feeds(
    snapshot: Snapshot,
    host: str = "127.0.0.1",
    port: int = FEED_PORT,
    public_names: Iterable[str] = (),
) -> Feeds:
    """Return a server of what is published; it listens until its context ends.

    Args:
        snapshot: The workspace.
        host: The address to listen on.
        port: The port; 0 takes a free one.
        public_names: Names besides those of this machine by which it may be asked.

    Raises:
        CurriculumError: Nothing is published, a name is none, or the address cannot be used.
    """
    try:
        names = [host_name(name) for name in public_names]
    except BadNameError as error:
        raise UsageError(str(error), "--public-name") from error
    snapshot.require_published()
    calendars = [*CALENDARS, *more_calendars(snapshot.settings)]
    return network.Feeds(snapshot.context.calendars, host, port, names, calendars)
