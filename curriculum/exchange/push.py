"""Decide what to send to a collection so that it shows what is published, and where the person has the first word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from curriculum.exchange.remote_event import RemoteEvent
from curriculum.exchange.sync_state import Known

FEWEST_FOR_A_MISHAP = 4


class Act(StrEnum):
    """What is done about an event on the server."""

    WRITE = "write"
    REMOVE = "remove"
    NOTE = "note"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class There:
    """What stands on the server under the name of an event of ours.

    Attributes:
        etag: The mark of its version.
        said: What it says; None when that was not asked, or cannot be read.
    """

    etag: str | None
    said: RemoteEvent | None = None


@dataclass(frozen=True, slots=True)
class PushStep:
    """Something to do about one event.

    Attributes:
        act: WRITE and REMOVE are sent; NOTE only remembers what stands there, FORGET that nothing does.
        uid: The event.
        etag: WRITE, REMOVE: the version that it is done to; None where nothing stands.
        data: WRITE: the bytes.
        known: NOTE: what to remember.
    """

    act: Act
    uid: str
    etag: str | None = None
    data: bytes = b""
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event that the person changed on the server, and that is to change here, too.

    Attributes:
        uid: The event.
        there: What stands there; None when the person deleted it.
        wanted: The bytes that are to stand there; None when it is to be removed.
    """

    uid: str
    there: There | None
    wanted: bytes | None


@dataclass(frozen=True, slots=True)
class PushDecision:
    """All that is to be done about a collection; sorted by UID."""

    steps: tuple[PushStep, ...]
    conflicts: tuple[Conflict, ...]


def digest(data: bytes | None) -> str:
    """Return the digest of the bytes that are wanted; that of nothing is empty."""
    return "" if data is None else hashlib.sha256(data).hexdigest()[:32]


def uids_to_fetch(known: Mapping[str, Known], there: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the UIDs of which must be asked what they say: those that stand there in a version that is not known.

    Args:
        known: What is known from the last time.
        there: UID to the mark of the version that stands there.
    """
    return tuple(
        uid
        for uid in sorted(there)
        if uid not in known or not _is_same(known[uid].etag, there[uid])
    )


def previously_pushed(known: Mapping[str, Known]) -> tuple[str, ...]:
    """Return the UIDs that stood in a collection the last time, sorted."""
    return tuple(uid for uid in sorted(known) if known[uid].seen)


def is_emptied(known: Mapping[str, Known], there: Mapping[str, There]) -> bool:
    """Whether all that stood in a collection is gone at once: a person deletes some events, a mishap deletes all."""
    before = previously_pushed(known)
    return len(before) >= FEWEST_FOR_A_MISHAP and not any(uid in there for uid in before)


def decide(
    wanted: Mapping[str, bytes],
    there: Mapping[str, There],
    known: Mapping[str, Known],
    sending: Mapping[str, str],
    over: Iterable[str] = (),
) -> PushDecision:
    """Return what is to be done so that a collection shows what is wanted.

    What the person changed or deleted there is never written over: where it stands against something new from here it
    is a conflict; else it stays until it is taken over.

    Args:
        wanted: UID to the bytes that are to stand there.
        there: UID to what stands there, of the events that are ours; what `unclear` names with what it says.
        known: What is known from the last time.
        sending: UID to the digest of what was being sent when the last time broke off.
        over: UIDs of sessions that are over: what was deleted of them stays away.
    """
    past = frozenset(over)
    found: list[PushStep | Conflict | None] = []
    for uid in sorted({*wanted, *there, *known}):
        here, before = there.get(uid), known.get(uid)
        if here is None:
            found.append(_about_nothing(uid, wanted.get(uid), before, is_over=uid in past))
        elif is_edited(here, before, sending.get(uid)):
            found.append(_about_theirs(uid, wanted.get(uid), here, before))
        else:
            found.append(_about_ours(uid, wanted.get(uid), here, before))
    return PushDecision(
        tuple(one for one in found if isinstance(one, PushStep)),
        tuple(one for one in found if isinstance(one, Conflict)),
    )


def _about_nothing(
    uid: str, wanted: bytes | None, known: Known | None, *, is_over: bool
) -> PushStep | Conflict | None:
    """Decide about an event that does not stand there."""
    if wanted is None:
        return PushStep(Act.FORGET, uid)
    if known is None:
        return PushStep(Act.WRITE, uid, None, wanted)
    return None if is_over or known.sent == digest(wanted) else Conflict(uid, None, wanted)


def _about_theirs(
    uid: str, wanted: bytes | None, there: There, known: Known | None
) -> Conflict | None:
    """Decide about an event that the person changed there: what is not new here leaves it alone."""
    is_news = wanted is not None if known is None else known.sent != digest(wanted)
    return Conflict(uid, there, wanted) if is_news else None


def _about_ours(
    uid: str, wanted: bytes | None, there: There, known: Known | None
) -> PushStep | None:
    """Decide about an event that stands there as we left it."""
    if wanted is None:
        return PushStep(Act.REMOVE, uid, there.etag)
    if known is not None and known.sent == digest(wanted):
        is_known = _is_same(known.etag, there.etag)
        return (
            None
            if is_known
            else PushStep(Act.NOTE, uid, known=Known(there.etag, known.seen, known.sent))
        )
    return PushStep(Act.WRITE, uid, there.etag, wanted)


def is_edited(there: There, known: Known | None, sending: str | None = None) -> bool:
    """Whether the person changed what stands there since it was last taken note of.

    Without a record, what this program wrote last is taken for unchanged.

    Args:
        there: What stands there.
        known: What is known of it.
        sending: The digest of what was being sent when the last time broke off: it may have arrived.
    """
    if sending is not None and there.said is not None and there.said.digest == sending:
        return False
    if known is None:
        return there.said is None or not there.said.is_ours
    if _is_same(known.etag, there.etag):
        return False
    return there.said is None or there.said.digest != known.seen


def _is_same(one: str | None, other: str | None) -> bool:
    """Whether two marks are of one version; a server that gives none is asked what it holds."""
    return one is not None and one == other


def resolve_conflict(conflict: Conflict, *, ours: bool) -> PushStep:
    """Return what is to be done about a conflict: `ours` writes over what stands there, else it stays.

    What stays is not asked about again until the plan changes the event anew.
    """
    there, wanted = conflict.there, conflict.wanted
    if not ours:
        etag = None if there is None else there.etag
        seen = there.said.digest if there is not None and there.said is not None else ""
        return PushStep(Act.NOTE, conflict.uid, known=Known(etag, seen, digest(wanted)))
    if wanted is None:
        return PushStep(Act.REMOVE, conflict.uid, there.etag if there else None)
    return PushStep(Act.WRITE, conflict.uid, there.etag if there else None, wanted)
