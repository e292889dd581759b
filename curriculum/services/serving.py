"""Serve the published calendars to programs that subscribe to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curriculum import network
from curriculum.services.snapshot import Snapshot

if TYPE_CHECKING:
    from curriculum.network.feeds import Feeds

FEED_PORT = 8117


def open_feeds(snapshot: Snapshot, host: str = "127.0.0.1", port: int = FEED_PORT) -> Feeds:
    """Return a server of what is published; it listens until its context ends.

    Args:
        snapshot: The workspace.
        host: The address to listen on.
        port: The port; 0 takes a free one.

    Raises:
        CurriculumError: Nothing is published, or the address cannot be listened on.
    """
    snapshot.require_published()
    return network.Feeds(snapshot.context.calendars, host, port)
