"""Compute what to write to or remove from a collection, and which conflicts to ask about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from curriculum.calendars.icalendar_writer import without_pages
from curriculum.exchange.remote_calendar import (
    RemoteCalendar,
    RemoteVersion,
    is_same_version,
)
from curriculum.exchange.sync_state import SyncedVersion


class Act(StrEnum):
    """What is done about an event on the server."""

    WRITE = "write"
    REMOVE = "remove"
    NOTE = "note"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class PushStep:
    """Something to do about one event.

    Attributes:
        act: WRITE and REMOVE are sent; NOTE only records what is there, FORGET that nothing is.
        uid: The event.
        etag: WRITE, REMOVE: the version that is replaced or removed; None where there is none.
        data: WRITE: the bytes.
        version: NOTE: what to record.
    """

    act: Act
    uid: str
    etag: str | None = None
    data: bytes = b""
    version: SyncedVersion | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event that the person changed on the server and that is to change from here, too.

    Attributes:
        uid: The event.
        remote: The person's version; None when the person deleted it.
        wanted: The bytes that it should have; None when it should be removed.
    """

    uid: str
    remote: RemoteVersion | None
    wanted: bytes | None


@dataclass(frozen=True, slots=True)
class PushDecision:
    """All that is to be done about a collection; sorted by UID."""

    steps: tuple[PushStep, ...]
    conflicts: tuple[Conflict, ...]


def digest(data: bytes | None) -> str:
    """Return the digest of the bytes that are wanted; that of nothing is empty."""
    if data is None:
        return ""
    # Records of calendars without X-PAGES must stay comparable.
    return hashlib.sha256(without_pages(data)).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Case:
    """An event that is wanted, on the server, or known from the last sync."""

    uid: str
    wanted: bytes | None
    remote: RemoteVersion | None
    known: SyncedVersion | None

    @property
    def has_news(self) -> bool:
        """Whether something else is wanted than the last time."""
        if self.known is None:
            return self.wanted is not None
        return self.known.sent != digest(self.wanted)


def decide(
    wanted: Mapping[str, bytes], calendar: RemoteCalendar, past: Iterable[str] = ()
) -> PushDecision:
    """Return what is to be done so that a collection shows what is wanted.

    What the person changed or deleted there is never overwritten. Where something new from here
    concerns the same event it is a conflict; otherwise it stays until it is pulled.

    Args:
        wanted: UID to the bytes that the event should have.
        calendar: The collection.
        past: UIDs of sessions that are over: if they were deleted they are not written again.
    """
    remote, known = calendar.remote, calendar.known
    over = frozenset(past)
    steps: list[PushStep] = []
    conflicts: list[Conflict] = []
    for uid in sorted({*wanted, *remote, *known}):
        case = _Case(uid, wanted.get(uid), remote.get(uid), known.get(uid))
        if case.remote is None:
            found = _about_missing(case, is_over=uid in over)
        elif calendar.is_edited(uid):
            found = _about_edited(case)
        else:
            found = _about_untouched(case, case.remote.etag)
        if isinstance(found, PushStep):
            steps.append(found)
        elif isinstance(found, Conflict):
            conflicts.append(found)
    return PushDecision(tuple(steps), tuple(conflicts))


def _about_missing(case: _Case, *, is_over: bool) -> PushStep | Conflict | None:
    """Decide about an event that is not on the server."""
    # Neither here nor there: the record of it would only grow.
    if case.wanted is None:
        return PushStep(Act.FORGET, case.uid)
    if case.known is None:
        return PushStep(Act.WRITE, case.uid, None, case.wanted)
    # It was there before, so the person deleted it.
    if is_over or not case.has_news:
        return None
    return Conflict(case.uid, None, case.wanted)


def _about_edited(case: _Case) -> Conflict | None:
    """Decide about an event that the person changed: it stays unless there is something new."""
    if not case.has_news:
        return None
    return Conflict(case.uid, case.remote, case.wanted)


def _about_untouched(case: _Case, etag: str | None) -> PushStep | None:
    """Decide about an event that is on the server as it was left."""
    if case.wanted is None:
        return PushStep(Act.REMOVE, case.uid, etag)
    if case.known is None or case.has_news:
        return PushStep(Act.WRITE, case.uid, etag, case.wanted)
    if is_same_version(case.known.etag, etag):
        return None
    # The server gave it another mark without changing what it says: the mark saves the next fetch.
    version = SyncedVersion(etag, case.known.seen, case.known.sent)
    return PushStep(Act.NOTE, case.uid, version=version)


def resolve_conflict(conflict: Conflict, *, ours: bool) -> PushStep:
    """Return what is to be done about a conflict: overwrite the person's version, or leave it.

    What is left is not asked about again until the plan changes the event once more.
    """
    remote, wanted = conflict.remote, conflict.wanted
    etag = None
    if remote is not None:
        etag = remote.etag
    if not ours:
        seen = ""
        if remote is not None and remote.event is not None:
            seen = remote.event.digest
        version = SyncedVersion(etag, seen, digest(wanted))
        return PushStep(Act.NOTE, conflict.uid, version=version)
    # The version that was asked about is the one to replace: a later edit stops the request.
    if wanted is None:
        return PushStep(Act.REMOVE, conflict.uid, etag)
    return PushStep(Act.WRITE, conflict.uid, etag, wanted)
