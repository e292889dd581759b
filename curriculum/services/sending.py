"""Send steps to a calendar server one by one, so that a broken sync can go on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from curriculum.exchange.desired_state import resource_name
from curriculum.exchange.merging import merged_event
from curriculum.exchange.push import Act, PushStep, digest
from curriculum.exchange.remote_event import RemoteEvent, parse_remote_event
from curriculum.exchange.sync_state import SyncedVersion
from curriculum.model.calendar_store import ChangedError
from curriculum.model.formatting import counted
from curriculum.model.problems import CurriculumError
from curriculum.model.sync import Sent
from curriculum.services.sync import Sync


class BrokenOffError(CurriculumError):
    """A sync ended early."""

    def __init__(self, name: str, left: int, error: CurriculumError) -> None:
        """Build the sentence from the calendar, how many steps are left, and what went wrong."""
        super().__init__(
            f"{error}; {counted(left, 'change')} of '{name}' still to be sent, "
            "run 'curriculum push' again"
        )


def count_steps(steps: Iterable[PushStep], overtaken: Sequence[str] = ()) -> Sent:
    """Return what steps come to when those that were overtaken are left out."""
    count: Counter[str] = Counter()
    for step in steps:
        if step.uid in overtaken:
            continue
        if step.act is Act.REMOVE:
            count["removed"] += 1
        elif step.act is Act.WRITE:
            kind = "changed"
            if step.etag is None:
                kind = "new"
            count[kind] += 1
    return Sent(count["new"], count["changed"], count["removed"], tuple(overtaken))


def carry_out(sync: Sync, name: str, steps: Sequence[PushStep]) -> Sent:
    """Send the steps for a calendar, and record each.

    Raises:
        BrokenOffError: The server does not go along; what was sent until then is recorded.
    """
    bodies = _bodies(steps)
    written = _announce(sync, name, bodies)
    known, sending = sync.versions[name], sync.sending[name]
    overtaken: list[str] = []
    for number, step in enumerate(steps):
        try:
            _carry_out_one(sync, name, step, bodies.get(step.uid, b""))
        except ChangedError:
            overtaken.append(step.uid)
        except CurriculumError as error:
            left = count_steps(steps[number:])
            raise BrokenOffError(name, left.requests, error) from error
        sending.pop(step.uid, None)
    # What an earlier sync was sending when it broke off is known by now, too.
    for uid in known.keys() & sending.keys():
        del sending[uid]
    _acknowledge_rewritten(sync, name, written.keys() & known.keys())
    return count_steps(steps, overtaken)


def _bodies(steps: Iterable[PushStep]) -> dict[str, bytes]:
    """Return UID to what is sent of each event: our part, and what is not ours there."""
    writes = [step for step in steps if step.act is Act.WRITE]
    return {step.uid: merged_event(step.data, step.theirs, step.keep) for step in writes}


def _announce(sync: Sync, name: str, bodies: Mapping[str, bytes]) -> dict[str, RemoteEvent]:
    """Store what is about to be sent, and return UID to what each event will say."""
    written: dict[str, RemoteEvent] = {}
    for uid, body in bodies.items():
        event = parse_remote_event(body, sync.snapshot.zone)
        if event is not None:
            written[uid] = event
            sync.sending[name][uid] = event.digest
    # Once for all of them: a file for each event would cost more than the request.
    if written:
        sync.remember()
    return written


def _carry_out_one(sync: Sync, name: str, step: PushStep, body: bytes) -> None:
    """Send one step, and record the version that is on the server after it."""
    url, known = sync.collections[name], sync.versions[name]
    resource = step.name or resource_name(step.uid)
    match step.act:
        case Act.WRITE:
            etag = sync.server.put(url, resource, body, step.etag)
            seen = sync.sending[name].get(step.uid, "")
            # An empty mark matches none, so that the event is fetched the next time.
            known[step.uid] = SyncedVersion(
                etag or "", seen, digest(step.data), kept=step.keep, name=step.name
            )
        case Act.REMOVE:
            sync.server.delete(url, resource, step.etag)
            known.pop(step.uid, None)
        case Act.NOTE:
            assert step.version is not None, "a note says what to record"
            known[step.uid] = step.version
        case Act.FORGET:
            known.pop(step.uid, None)


def _acknowledge_rewritten(sync: Sync, name: str, uids: Iterable[str]) -> None:
    """Record what the server made of events for which it returned no mark.

    It may have rewritten them (RFC 4791 §5.3.4), which must not look like an edit later. What
    another program has changed since is an edit.
    """
    known = sync.versions[name]
    resources = {_resource(known[uid], uid): uid for uid in uids if not known[uid].etag}
    for resource in sync.server.fetched(sync.collections[name], resources).values():
        uid = resources.get(resource.name)
        if uid is None or resource.data is None:
            continue
        event = parse_remote_event(resource.data, sync.snapshot.zone)
        if event is not None and event.is_ours:
            known[uid] = replace(known[uid], etag=resource.etag or "", seen=event.digest)


def _resource(known: SyncedVersion, uid: str) -> str:
    """Return the name of an event's resource."""
    return known.name or resource_name(uid)
