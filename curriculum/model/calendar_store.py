"""A place that holds calendars as single events: a collection of a server, or a vdir."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError


class ChangedError(CurriculumError):
    """An event was changed there since it was looked at."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("the event was changed there in the meantime")


@dataclass(frozen=True, slots=True)
class Resource:
    """An event or to-do there.

    Attributes:
        name: The last part of its address, with nothing encoded.
        etag: The mark of its version; None when there is none.
        data: Its bytes; None when they were not asked for.
    """

    name: str
    etag: str | None
    data: bytes | None = None


class CalendarStore(Protocol):
    """Lists, reads, writes and removes the events of collections, which have addresses."""

    def home(self) -> str:
        """Return the address below which new collections are made."""

    def make(self, collection: str, name: str, colour: str, component: str) -> None:
        """Make a collection; see `network.caldav.Server.make`."""

    def resources(self, collection: str) -> Mapping[str, Resource] | None:
        """Return what is in a collection by name, without bytes; None if there is none."""

    def fetched(self, collection: str, names: Iterable[str]) -> Mapping[str, Resource]:
        """Return some of what is in a collection by name, with bytes."""

    def put(self, collection: str, name: str, data: bytes, etag: str | None) -> str | None:
        """Write an event in the place of a version, None for none, and return its new mark.

        Raises:
            ChangedError: There is another version.
        """

    def delete(self, collection: str, name: str, etag: str | None) -> None:
        """Remove an event in a version; one that is gone counts as removed.

        Raises:
            ChangedError: There is another version.
        """
