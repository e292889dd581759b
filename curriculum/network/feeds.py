"""The published calendars as programs that subscribe to them are given them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar as it is served.

    Attributes:
        name: Its name.
        data: Its bytes.
        changed: When its file last changed, in seconds since the epoch.
    """

    name: str
    data: bytes
    changed: int

    @property
    def etag(self) -> str:
        """The mark of its version."""
        return f'"{hashlib.sha256(self.data).hexdigest()[:32]}"'

    @property
    def modified(self) -> str:
        """When it last changed, as HTTP writes it."""
        return formatdate(self.changed, usegmt=True)

    def is_known(self, marks: str | None, since: str | None) -> bool:
        """Whether a client has this version; a mark counts before a date (RFC 9110 §13.2.2).

        Args:
            marks: Its header If-None-Match.
            since: Its header If-Modified-Since.
        """
        if marks is not None:
            known = {mark.strip().removeprefix("W/") for mark in marks.split(",")}
            return marks.strip() == "*" or self.etag in known
        if since is None:
            return False
        try:
            return self.changed <= parsedate_to_datetime(since).timestamp()
        except (ValueError, TypeError, OverflowError):
            return False


def feed_in(folder: Path, name: str, calendars: Collection[str]) -> Feed | None:
    """Return a calendar of a folder; None for any other name, and for one that is not published."""
    # The name is compared, never joined to a path before: nothing else can be reached.
    if name not in calendars:
        return None
    try:
        with (folder / name).open("rb") as file:
            data = file.read()
            changed = (folder / name).stat().st_mtime
    except OSError:
        return None
    return Feed(name, data, int(changed))
