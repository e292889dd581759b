"""Compute what to write to or remove from a collection, and which conflicts to ask about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum

from curriculum.calendars.icalendar_writer import without_pages
from curriculum.exchange.merging import mark_to_write
from curriculum.exchange.remote_calendar import (
    RemoteCalendar,
    RemoteVersion,
    known_version,
)
from curriculum.exchange.revision_mark import TEXTS, RevisionMark
from curriculum.exchange.sync_state import SyncedVersion
from curriculum.ical.calendar_parts import read_calendar_part
from curriculum.model.late_dataclasses import dataclass

LEFT = "left"
"""Stands for what is seen of an edit that the person wants left: no digest is equal to it."""


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
        data: WRITE: our part of the event, as a calendar.
        version: NOTE: what to record.
        theirs: WRITE: the bytes of the version that is replaced: what is not ours in them stays.
        keep: WRITE: the names of what is the person's and stays, sorted.
        name: WRITE, REMOVE: the name of its resource, if another program gave it one; else empty.
    """

    act: Act
    uid: str
    etag: str | None = None
    data: bytes = b""
    version: SyncedVersion | None = None
    theirs: bytes | None = None
    keep: tuple[str, ...] = ()
    name: str = ""


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
    """An event that is wanted, on the server, or known from the last sync.

    Attributes:
        personal: The names of what the person wrote in the version on the server, or added to it.
    """

    uid: str
    wanted: bytes | None
    remote: RemoteVersion | None
    known: SyncedVersion | None
    personal: frozenset[str] = frozenset()

    @property
    def has_news(self) -> bool:
        """Whether something else is wanted than the last time."""
        if self.known is None:
            return self.wanted is not None
        return self.known.sent != digest(self.wanted)

    @property
    def mark(self) -> RevisionMark | None:
        """What was written last into the version on the server, as far as it tells."""
        if self.remote is None or self.remote.event is None:
            return None
        return self.remote.event.mark


def news_of(wanted: Mapping[str, bytes], known: Mapping[str, SyncedVersion]) -> frozenset[str]:
    """Return the UIDs of the events for which something else is wanted than the last time."""
    cases = (_Case(uid, wanted.get(uid), None, known.get(uid)) for uid in {*wanted, *known})
    return frozenset(case.uid for case in cases if case.has_news)


def decide(
    wanted: Mapping[str, bytes], calendar: RemoteCalendar, past: Iterable[str] = ()
) -> PushDecision:
    """Return what is to be done so that a collection shows what is wanted.

    What is written is our part of an event; the rest of it stays. What the person did to our part,
    moved or deleted there, is never overwritten: where something new from here concerns the same
    event it is a conflict; otherwise it stays until it is pulled. A title or text in which the
    person wrote stays, too; it is a conflict where the plan changes the same text.

    Args:
        wanted: UID to the bytes that the event should have.
        calendar: The collection, with the bytes of the events that `news_of` names.
        past: UIDs of sessions that are over: if they were deleted they are not written again.
    """
    over = frozenset(past)
    steps: list[PushStep] = []
    conflicts: list[Conflict] = []
    for uid in sorted({*wanted, *calendar.remote, *calendar.known}):
        found = _about(uid, wanted.get(uid), calendar, is_over=uid in over)
        if isinstance(found, PushStep):
            steps.append(found)
        elif isinstance(found, Conflict):
            conflicts.append(found)
    return PushDecision(tuple(steps), tuple(conflicts))


def _about(
    uid: str, wanted: bytes | None, calendar: RemoteCalendar, *, is_over: bool
) -> PushStep | Conflict | None:
    """Decide about one event."""
    remote, known = calendar.remote.get(uid), calendar.known.get(uid)
    if remote is None:
        return _about_missing(_Case(uid, wanted, remote, known), is_over=is_over)
    case = _Case(uid, wanted, remote, known, calendar.personal_parts(uid))
    if not calendar.is_edited(uid):
        return _about_untouched(case, remote)
    # The person changed it: it stays unless there is something new.
    if not case.has_news or _shows_wanted(case):
        return None
    if calendar.moves_session(uid):
        return Conflict(uid, remote, wanted)
    return _about_untouched(case, remote)


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


def _about_untouched(case: _Case, remote: RemoteVersion) -> PushStep | Conflict | None:
    """Decide about an event that is on the server, when it was left, or with other texts."""
    if case.wanted is None:
        return _about_unwanted(case, remote)
    if known_version(case.known, remote.etag) is not None and not case.has_news:
        return None
    if (case.has_news or case.mark is not None) and not _shows_wanted(case):
        return _write(case, case.wanted, remote)
    # It says what it should, in a version that is not known: its mark saves the next fetch.
    return PushStep(Act.NOTE, case.uid, version=_seen_version(case, remote))


def _about_unwanted(case: _Case, remote: RemoteVersion) -> PushStep | Conflict | None:
    """Decide about an event that is on the server and not planned any more."""
    # The person was asked, and left it there.
    if case.known is not None and not case.has_news:
        return None
    is_back = case.known is not None and case.known.is_gone
    if is_back or case.personal:
        return Conflict(case.uid, remote, None)
    return PushStep(Act.REMOVE, case.uid, remote.etag, name=remote.name)


def _shows_wanted(case: _Case) -> bool:
    """Whether what is wanted was written already, by another machine perhaps."""
    return (
        case.wanted is not None
        and case.mark is not None
        and case.mark == mark_to_write(case.wanted)
    )


def _write(case: _Case, wanted: bytes, remote: RemoteVersion) -> PushStep | Conflict:
    """Return the step that writes our part, unless the person wrote where the plan changes."""
    is_unreadable = remote.data is not None and read_calendar_part(remote.data) is None
    if is_unreadable or not case.personal.isdisjoint(_changed_texts(case, wanted)):
        return Conflict(case.uid, remote, wanted)
    keep = tuple(sorted(case.personal))
    return PushStep(
        Act.WRITE,
        case.uid,
        remote.etag,
        wanted,
        theirs=remote.data,
        keep=keep,
        name=remote.name,
    )


def _changed_texts(case: _Case, wanted: bytes) -> frozenset[str]:
    """Return the texts that the plan changes; all where nothing tells what they were."""
    if case.mark is None:
        return frozenset(TEXTS)
    after = mark_to_write(wanted)
    return frozenset(
        name for name, before in case.mark.texts.items() if after.texts[name] != before
    )


def _seen_version(case: _Case, remote: RemoteVersion) -> SyncedVersion:
    """Return what to record of the version on the server once it needs nothing more."""
    if remote.event is not None:
        seen = remote.event.digest
    else:
        seen = "" if case.known is None else case.known.seen
    kept = tuple(sorted(case.personal))
    return SyncedVersion(remote.etag, seen, digest(case.wanted), kept=kept, name=remote.name)


def resolve_conflict(conflict: Conflict, *, ours: bool) -> PushStep:
    """Return what is to be done about a conflict: overwrite the person's version, or leave it.

    What is left is not asked about again until the plan changes the event once more. Even what is
    overwritten keeps what is not ours.
    """
    remote, wanted = conflict.remote, conflict.wanted
    if remote is None:
        remote = RemoteVersion(None)
    if not ours:
        return PushStep(Act.NOTE, conflict.uid, version=_left_version(remote, wanted))
    # The version that was asked about is the one to replace: a later edit stops the request.
    if wanted is None:
        return PushStep(Act.REMOVE, conflict.uid, remote.etag, name=remote.name)
    return PushStep(
        Act.WRITE, conflict.uid, remote.etag, wanted, theirs=remote.data, name=remote.name
    )


def _left_version(remote: RemoteVersion, wanted: bytes | None) -> SyncedVersion:
    """Return what to record of what the person did and wants left there: it stays an edit."""
    if remote.etag is None and remote.event is None:
        return SyncedVersion(None, "", digest(wanted))
    return SyncedVersion("", LEFT, digest(wanted), name=remote.name)
