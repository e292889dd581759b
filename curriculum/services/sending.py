"""Send steps to a calendar server, so that a sync that breaks off can go on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from curriculum.exchange.desired_state import resource_name
from curriculum.exchange.merging import merged_event
from curriculum.exchange.push import Act, PushStep, digest
from curriculum.exchange.remote_calendar import place_of
from curriculum.exchange.remote_event import RemoteEvent, parse_remote_event
from curriculum.exchange.sync_state import SyncedVersion
from curriculum.model.calendar_store import ChangedError
from curriculum.model.formatting import counted
from curriculum.model.problems import CurriculumError
from curriculum.model.sync import Sent
from curriculum.network.errors import OverloadedError, RejectedError
from curriculum.network.parallel import outcomes
from curriculum.services.sync import Sync

_MOST_REFUSALS = 10
_REQUESTS = (Act.WRITE, Act.REMOVE)


class BrokenOffError(CurriculumError):
    """A sync ended early."""

    def __init__(self, name: str, left: int, error: CurriculumError) -> None:
        """Build the sentence from the calendar, how many steps are left, and what went wrong."""
        super().__init__(
            f"{error}; {counted(left, 'change')} of '{name}' still to be sent, "
            "run the command again"
        )


def count_steps(steps: Iterable[PushStep]) -> Sent:
    """Return what steps come to."""
    count: Counter[str] = Counter()
    for step in steps:
        if step.act is Act.REMOVE:
            count["removed"] += 1
        elif step.act is Act.WRITE:
            kind = "changed"
            if step.etag is None:
                kind = "new"
            count[kind] += 1
    return Sent(count["new"], count["changed"], count["removed"])


def carry_out(sync: Sync, name: str, steps: Sequence[PushStep]) -> Sent:
    """Send the steps for a calendar, and record each.

    Raises:
        BrokenOffError: The server does not go along; what was sent until then is recorded.
    """
    bodies = _bodies(steps)
    written = _announce(sync, name, bodies)
    known, sending = sync.versions[name], sync.sending[name]
    _note(known, steps)
    sent = _Sending(sync, name, bodies, written).run(
        [step for step in steps if step.act in _REQUESTS]
    )
    # What an earlier sync was sending when it broke off is known by now, too.
    for uid in known.keys() & sending.keys():
        del sending[uid]
    _acknowledge_rewritten(sync, name, written.keys() & known.keys())
    return sent


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


def _note(known: dict[str, SyncedVersion], steps: Iterable[PushStep]) -> None:
    """Record what needs no request."""
    for step in steps:
        if step.act is Act.NOTE:
            assert step.version is not None, "a note says what to record"
            known[step.uid] = step.version
        elif step.act is Act.FORGET:
            known.pop(step.uid, None)


class _Sending:
    """Requests for the steps of a calendar: some at a time, each recorded in the order of steps.

    The first goes alone: a server that wants a password, or takes nothing at all, says so once.
    """

    def __init__(
        self,
        sync: Sync,
        name: str,
        bodies: Mapping[str, bytes],
        written: Mapping[str, RemoteEvent],
    ) -> None:
        self._sync = sync
        self._name = name
        self._bodies = bodies
        self._written = written
        self._done: list[PushStep] = []
        self._overtaken: list[str] = []
        self._refused: dict[str, RejectedError] = {}
        self._crowded: list[PushStep] = []
        self._fault: CurriculumError | None = None
        self._most = sync.at_once

    def run(self, steps: Sequence[PushStep]) -> Sent:
        """Send all of them.

        Raises:
            BrokenOffError: The server does not go along.
        """
        self._attempt(steps)
        # Some servers do not stand several requests at once: what one refused then, or was too much
        # for it, is tried once more by itself, and what was not tried yet comes after it.
        if self._crowded and not self._is_broken:
            again = list(dict.fromkeys([*self._crowded, *self._left(steps)]))
            self._crowded = []
            self._fault = None
            self._attempt(again)
        for uid in self._refused:
            self._sync.sending[self._name].pop(uid, None)
        left = self._left(steps)
        if self._fault is not None:
            raise BrokenOffError(self._name, len(left), self._fault) from self._fault
        sent = count_steps(self._done)
        refused = {uid: str(error) for uid, error in self._refused.items()}
        return replace(sent, overtaken=tuple(self._overtaken), refused=refused, untried=len(left))

    def _left(self, steps: Iterable[PushStep]) -> list[PushStep]:
        """Return the steps of which nothing came."""
        settled = {*(step.uid for step in self._done), *self._overtaken, *self._refused}
        return [step for step in steps if step.uid not in settled]

    @property
    def _is_broken(self) -> bool:
        """Whether something is wrong that does not get better with fewer requests."""
        return self._fault is not None and not isinstance(self._fault, OverloadedError)

    @property
    def _gives_up(self) -> bool:
        """Whether the server has refused so much, and taken nothing, that it will take nothing."""
        return not self._done and len(self._refused) >= _MOST_REFUSALS

    def _attempt(self, steps: Iterable[PushStep]) -> None:
        for step, outcome in outcomes(self._works(steps), self._width):
            self._settle(step, outcome)

    def _width(self) -> int:
        return self._most if self._done else 1

    def _works(
        self, steps: Iterable[PushStep]
    ) -> Iterator[tuple[PushStep, Callable[[], str | None]]]:
        """Yield each step with its request, until something is wrong with the server."""
        for step in steps:
            if self._fault is not None or self._gives_up:
                return
            yield step, partial(self._request, step)

    def _request(self, step: PushStep) -> str | None:
        """Send one step, and return the mark of the new version, if the server gives one."""
        server = self._sync.server
        own = self._sync.collections[self._name]
        url, resource = place_of(step.name or resource_name(step.uid), own)
        if step.act is Act.WRITE:
            return server.put(url, resource, self._bodies[step.uid], step.etag)
        server.delete(url, resource, step.etag)
        return None

    def _settle(self, step: PushStep, outcome: str | CurriculumError | None) -> None:
        """Record what came of a step."""
        match outcome:
            case ChangedError():
                self._overtaken.append(step.uid)
                self._refused.pop(step.uid, None)
                self._sync.sending[self._name].pop(step.uid, None)
            case RejectedError() if outcome.is_limited:
                self._refused[step.uid] = outcome
                if outcome.is_passing:
                    self._note_crowd(step)
            case CurriculumError():
                # What was being sent may have arrived: it stays recorded as such.
                if not self._is_broken:
                    self._fault = outcome
                if isinstance(outcome, OverloadedError):
                    self._note_crowd(step)
            case _:
                self._record(step, outcome)

    def _note_crowd(self, step: PushStep) -> None:
        """Note a step for which there may have been too many at the same time, and send fewer."""
        if self._width() > 1 or self._crowded:
            self._crowded.append(step)
            self._most = 1

    def _record(self, step: PushStep, etag: str | None) -> None:
        """Record the version that is on the server after a step."""
        known = self._sync.versions[self._name]
        self._done.append(step)
        self._refused.pop(step.uid, None)
        self._sync.sending[self._name].pop(step.uid, None)
        if step.act is Act.REMOVE:
            known.pop(step.uid, None)
            return
        event = self._written.get(step.uid)
        seen = event.digest if event is not None else ""
        # An empty mark matches none, so that the event is fetched the next time.
        known[step.uid] = SyncedVersion(
            etag or "", seen, digest(step.data), kept=step.keep, name=step.name
        )


def _acknowledge_rewritten(sync: Sync, name: str, uids: Iterable[str]) -> None:
    """Record what the server made of events for which it returned no mark.

    It may have rewritten them (RFC 4791 §5.3.4), which must not look like an edit later. What
    another program has changed since is an edit.
    """
    known = sync.versions[name]
    own = sync.collections[name]
    resources = _without_mark(known, own, uids)
    for resource in sync.server.fetched(own, resources).values():
        uid = resources.get(resource.name)
        if uid is None or resource.data is None:
            continue
        event = parse_remote_event(resource.data, sync.snapshot.zone)
        if event is not None and event.is_ours:
            known[uid] = replace(known[uid], etag=resource.etag or "", seen=event.digest)


def _without_mark(
    known: Mapping[str, SyncedVersion], own: str, uids: Iterable[str]
) -> dict[str, str]:
    """Return the resources in a calendar's own collection of which no mark is known."""
    found: dict[str, str] = {}
    for uid in uids:
        collection, resource = place_of(known[uid].name or resource_name(uid), own)
        if collection == own and not known[uid].etag:
            found[resource] = uid
    return found
