"""Send to a calendar server what was decided, remembering each step, so that a broken sync goes on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from curriculum.exchange.desired_state import resource_name
from curriculum.exchange.push import Act, PushStep, digest
from curriculum.exchange.remote_event import parse_remote_event
from curriculum.exchange.sync_state import Known
from curriculum.model.problems import CurriculumError
from curriculum.network.errors import ChangedError
from curriculum.services.sync import Sync


class BrokenOffError(CurriculumError):
    """A sync that ended early."""

    def __init__(self, name: str, left: int, error: CurriculumError) -> None:
        """Build the sentence from what was being sent, how much of it is left, and why."""
        super().__init__(
            f"{error}; {left} events of '{name}' are still to be sent, run 'curriculum push' again"
        )


def carry_out(
    sync: Sync, name: str, steps: Sequence[PushStep]
) -> tuple[Counter[str], list[PushStep]]:
    """Send the steps one by one, remembering each.

    Returns:
        How many there were of each kind, and those whose event was changed on the server since it was looked at.

    Raises:
        ServerError: The server does not go along; what was sent is remembered.
    """
    zone, known, sending = sync.zone, sync.items[name], sync.sending[name]
    meant = {
        one.uid: said
        for one in steps
        if one.act is Act.WRITE and (said := parse_remote_event(one.data, zone)) is not None
    }
    if meant:
        sending.update({uid: said.digest for uid, said in meant.items()})
        sync.remember()
    done = Counter[str]()
    overtaken: list[PushStep] = []
    for number, step in enumerate(steps):
        try:
            done[_carry_out_one(sync, name, step)] += 1
        except ChangedError:
            overtaken.append(step)
        except CurriculumError as error:
            left = sum(one.act in (Act.WRITE, Act.REMOVE) for one in steps[number:])
            raise BrokenOffError(name, left, error) from error
        sending.pop(step.uid, None)
    for uid in [uid for uid in sending if uid in known]:
        del sending[uid]
    _look_again(sync, name, [uid for uid in meant if uid in known and not known[uid].etag])
    del done["noted"]
    return done, overtaken


def _look_again(sync: Sync, name: str, uids: Sequence[str]) -> None:
    """Take note of what the server made of events it gave no mark for: it may have rewritten them (RFC 4791 §5.3.4).

    What another program has changed since is not taken for that.
    """
    known, named = sync.items[name], {resource_name(uid): uid for uid in uids}
    for one in sync.server.fetched(sync.collections[name], named).values():
        said = parse_remote_event(one.data, sync.zone) if one.data is not None else None
        if said is not None and said.is_ours:
            uid = named[one.name]
            known[uid] = replace(known[uid], etag=one.etag or "", seen=said.digest)


def _carry_out_one(sync: Sync, name: str, step: PushStep) -> str:
    """Send one step, and remember what stands there then."""
    url, known = sync.collections[name], sync.items[name]
    match step.act:
        case Act.WRITE:
            etag = sync.server.put(url, resource_name(step.uid), step.data, step.etag)
            said = parse_remote_event(step.data, sync.zone)
            known[step.uid] = Known(
                etag or "", said.digest if said is not None else "", digest(step.data)
            )
            return "new" if step.etag is None else "changed"
        case Act.REMOVE:
            sync.server.delete(url, resource_name(step.uid), step.etag)
            known.pop(step.uid, None)
            return "removed"
        case Act.NOTE:
            assert step.known is not None, "a note says what to remember"
            known[step.uid] = step.known
        case Act.FORGET:
            known.pop(step.uid, None)
    return "noted"
