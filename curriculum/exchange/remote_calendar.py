"""A calendar on the server, as it is now and as it was known from the last sync."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import field

from curriculum.exchange.event_parts import has_personal_parts
from curriculum.exchange.remote_event import RemoteEvent
from curriculum.exchange.sync_state import SyncedVersion
from curriculum.ical.calendar_parts import read_calendar_part
from curriculum.model.late_dataclasses import dataclass

ADDED = "ADDED"
"""Stands for all that a person added to an event."""

FEWEST_FOR_A_MISHAP = 4
"""A person may well delete fewer events than this, one by one, and mean it."""


_BETWEEN = "\n"
"""No address and no name of a file holds a line break."""


@dataclass(frozen=True, slots=True)
class RemoteVersion:
    """The version of an event of ours that is on the server.

    Attributes:
        etag: Its mark.
        event: What it says; None when that was not asked, or cannot be read.
        data: Its bytes; None when they were not asked for.
        name: The name of its resource, if another program gave it one, or put it into another
            calendar of the plan (see `elsewhere`); else empty.
    """

    etag: str | None
    event: RemoteEvent | None = None
    data: bytes | None = None
    name: str = ""

    @property
    def personal_parts(self) -> frozenset[str]:
        """The names of what the person wrote in it or added to it, by what it says itself."""
        calendar = None if self.data is None else read_calendar_part(self.data)
        added = calendar is not None and has_personal_parts(calendar)
        texts = frozenset[str]() if self.event is None else self.event.changed_texts
        return texts | {ADDED} if added else texts


@dataclass(frozen=True, slots=True)
class RemoteCalendar:
    """A calendar on the server.

    Attributes:
        remote: UID to the version on the server, of the events that are ours; with its content
            for those that `uids_to_fetch` names.
        known: UID to what is known of the event from the last sync.
        sending: UID to the digest of what was being sent when the last sync broke off.
    """

    remote: Mapping[str, RemoteVersion] = field(default_factory=dict)
    known: Mapping[str, SyncedVersion] = field(default_factory=dict)
    sending: Mapping[str, str] = field(default_factory=dict)

    def previously_pushed(self) -> tuple[str, ...]:
        """Return the UIDs of the events that were there the last time, sorted."""
        return tuple(uid for uid in sorted(self.known) if self.known[uid].seen)

    def was_there(self, uid: str) -> bool:
        """Whether an event was there the last time; its deletion may be known already."""
        known = self.known.get(uid)
        return known is not None and bool(known.seen)

    def deleted_at_once(self, settled: Container[str] = frozenset()) -> tuple[str, ...]:
        """Return the events that are gone, if they are so many that it may be an accident.

        People delete some events; accidents delete all, or at least half.

        Args:
            settled: UIDs of events that may be tidied away: those do not count.
        """
        before = self.previously_pushed()
        gone = self._gone(before)
        if len(gone) < len(before):
            before = tuple(uid for uid in before if uid not in settled)
            gone = self._gone(before)
        is_mishap = len(gone) >= FEWEST_FOR_A_MISHAP and 2 * len(gone) >= len(before)
        return gone if is_mishap else ()

    def _gone(self, uids: Iterable[str]) -> tuple[str, ...]:
        return tuple(uid for uid in uids if uid not in self.remote)

    def shows_newer_plan(self, stamp: str) -> bool:
        """Whether a plan was sent there that is newer than the one with this newest DTSTAMP.

        Another machine sent it, or this one before its workspace was put back to an older copy.
        """
        return any(self._newest(uid) > stamp for uid in self.remote)

    def _newest(self, uid: str) -> str:
        """Return the DTSTAMP of a version that this machine does not know; empty otherwise."""
        version = self.remote[uid]
        if version.event is None or version.event.mark is None:
            return ""
        if known_version(self.known.get(uid), version.etag) is not None:
            return ""
        return version.event.mark.stamp

    def is_edited(self, uid: str) -> bool:
        """Whether the person changed an event since it was written or acknowledged last.

        What this program wrote last, from this machine or another, counts as unchanged.
        """
        version = self.remote[uid]
        event = version.event
        # What was being sent when the connection broke may have arrived, though no answer said so.
        if event is not None and event.digest == self.sending.get(uid):
            return False
        known = self.known.get(uid)
        if known_version(known, version.etag) is not None:
            return False
        if event is None:
            return True
        if event.mark is not None:
            is_known = known is not None and event.digest == known.seen
            return not is_known and not event.is_as_written
        if known is None:
            return not event.is_ours
        return event.digest != known.seen

    def moves_session(self, uid: str) -> bool:
        """Whether an edit is about the session, and not only about what the event says.

        Such an edit is for a pull to take over: no merge can keep it.
        """
        event = self.remote[uid].event
        if event is None or event.mark is None:
            return True
        return not (event.has_written_times and event.has_written_status)

    def personal_parts(self, uid: str) -> frozenset[str]:
        """Return the names of what the person wrote in an event or added to it."""
        version = self.remote[uid]
        known = known_version(self.known.get(uid), version.etag)
        if known is None:
            return version.personal_parts
        kept = frozenset(known.kept)
        # A server may rewrite what it is sent: by the record, that is not the person's. Only
        # records of earlier versions, of events without a mark, do not say all.
        has_mark = version.event is None or version.event.mark is not None
        return kept if has_mark else kept | version.personal_parts


def elsewhere(collection: str, resource: str) -> str:
    """Return the name that stands for a resource in another collection than its calendar's."""
    return f"{collection}{_BETWEEN}{resource}"


def place_of(name: str, collection: str) -> tuple[str, str]:
    """Return the collection and the resource that a name stands for.

    Args:
        name: The name of a resource, or one that `elsewhere` made.
        collection: The collection of the event's calendar.

    >>> place_of("a.ics", "x/"), place_of(elsewhere("y/", "a.ics"), "x/")
    (('x/', 'a.ics'), ('y/', 'a.ics'))
    """
    other, mark, resource = name.partition(_BETWEEN)
    if mark:
        return other, resource
    return collection, name


def known_version(known: SyncedVersion | None, etag: str | None) -> SyncedVersion | None:
    """Return what is known of an event if it is of the version with this mark.

    A server that gives no marks has to be asked each time.
    """
    if known is None or etag is None or known.etag != etag:
        return None
    return known


def uids_to_fetch(
    known: Mapping[str, SyncedVersion], etags: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Return the UIDs of the events on the server whose version is not known, sorted.

    Args:
        known: UID to what is known from the last sync.
        etags: UID to the mark of the version on the server.
    """
    return tuple(uid for uid in sorted(etags) if known_version(known.get(uid), etags[uid]) is None)
