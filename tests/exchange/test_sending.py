"""What is sent at the same time is recorded as if it were sent one after another, whatever goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import UTC
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.calendars.icalendar_writer import PRODUCT
from curriculum.exchange.push import Act, PushStep, digest
from curriculum.exchange.remote_calendar import RemoteCalendar, RemoteVersion
from curriculum.exchange.remote_event import parse_remote_event
from curriculum.exchange.sync_state import SyncedVersion
from curriculum.model.calendar_store import ChangedError, Resource
from curriculum.model.problems import CurriculumError
from curriculum.network.errors import OverloadedError, RejectedError, ServerError, Task
from curriculum.services.sending import BrokenOffError, carry_out

REJECTED = RejectedError(Task.WRITE, 403, "Forbidden", "ada")
LOCKED = RejectedError(Task.WRITE, 423, "Locked", "ada")
FULL = RejectedError(Task.WRITE, 507, "Insufficient Storage", "ada")
BROKEN = ServerError("the connection broke off")


def event(uid: str) -> bytes:
    """Return a calendar of one event."""
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20270101T000000Z",
        "DTSTART:20270104T180000Z", "DTEND:20270104T190000Z", f"SUMMARY:{uid}", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


class Store:
    """A server in memory on which single events go wrong.

    Attributes:
        stands: Name of a resource to its bytes.
        most: How many requests it saw at the same time.
    """

    def __init__(self, faults: Mapping[str, list[CurriculumError]], arrives: bool = False) -> None:
        self.faults = {name: list(errors) for name, errors in faults.items()}
        self.arrives = arrives
        self.stands: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.now = self.most = 0
        self.lock = threading.Lock()

    def put(self, _collection: str, name: str, data: bytes, _etag: str | None) -> str | None:
        """Write an event, unless something goes wrong with it."""
        with self.lock:
            self.asked.append(name)
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.001)
        with self.lock:
            self.now -= 1
            errors = self.faults.get(name, [])
            if not errors or self.arrives:
                self.stands[name] = data
            if errors:
                raise errors.pop(0)
            return f"mark of {name}"

    def delete(self, _collection: str, name: str, _etag: str | None) -> None:
        """Remove an event."""
        self.put("", name, b"", None)
        self.stands.pop(name)

    def fetched(self, _collection: str, names: Any) -> dict[str, Resource]:  # Any: names
        """Return nothing: every event has a mark."""
        return {}


def syncing(store: Store, at_once: int = 8) -> Any:  # Any: stands for a Sync
    """Return a sync with a server in memory."""
    return SimpleNamespace(
        server=store,
        at_once=at_once,
        snapshot=SimpleNamespace(zone=UTC),
        versions={"papers": {}},
        sending={"papers": {}},
        collections={"papers": "https://example.org/papers/"},
        remember=lambda: None,
    )


UIDS = tuple(f"event-{number:02}" for number in range(30))
STEPS = tuple(PushStep(Act.WRITE, uid, None, event(uid)) for uid in UIDS)


def test_eight_requests_are_on_the_way_after_the_first() -> None:
    store = Store({})
    sync = syncing(store)
    sent = carry_out(sync, "papers", STEPS)

    assert (sent.new, store.asked[0], len(store.stands)) == (30, UIDS[0] + ".ics", 30)
    assert 2 <= store.most <= 8
    assert list(sync.versions["papers"]) == list(UIDS)
    assert sync.sending["papers"] == {}


def test_what_is_sent_is_stored_before_the_first_request_so_that_a_kill_loses_nothing() -> None:
    store = Store({})
    sync = syncing(store)
    stored: list[tuple[int, dict[str, str]]] = []
    sync.remember = lambda: stored.append((len(store.asked), dict(sync.sending["papers"])))
    carry_out(sync, "papers", STEPS)

    asked, sending = stored[0]
    assert asked == 0
    for uid in UIDS:
        event_there = parse_remote_event(store.stands[f"{uid}.ics"], UTC)
        assert event_there is not None
        killed = RemoteCalendar({uid: RemoteVersion("1", event_there)}, {}, sending)
        assert not killed.is_edited(uid)


FAULTS = st.dictionaries(
    st.sampled_from(UIDS),
    st.sampled_from(
        [
            [ChangedError()],
            [REJECTED],
            [LOCKED] * 2,
            [LOCKED],
            [OverloadedError()],
            [BROKEN] * 3,
            [FULL] * 3,
        ]
    ),
    max_size=4,
)


@given(FAULTS, st.booleans(), st.sampled_from([1, 2, 8]))
def test_whatever_goes_wrong_the_record_says_what_is_there(
    faults: dict[str, list[CurriculumError]], arrives: bool, at_once: int
) -> None:
    """What is recorded stands there, and all else that may stand there is recorded as being sent."""
    store = Store({f"{uid}.ics": errors for uid, errors in faults.items()}, arrives)
    sync = syncing(store, at_once)
    try:
        sent = carry_out(sync, "papers", STEPS)
    except BrokenOffError:
        sent = None
    known, sending = sync.versions["papers"], sync.sending["papers"]

    for uid, step in zip(UIDS, STEPS, strict=True):
        if uid in known:
            assert known[uid] == SyncedVersion(
                f"mark of {uid}.ics", _merged(store, uid), digest(step.data)
            )
            assert uid not in sending
    if sent is None:
        unsure = {name.removesuffix(".ics") for name in store.stands} - known.keys()
        told = {uid for uid in faults if isinstance(faults[uid][0], ChangedError | RejectedError)}
        assert unsure - told <= sending.keys()
    else:
        assert sending == {}
        assert {*known, *sent.overtaken, *sent.refused} == set(UIDS)
        assert sent.new == len(known)


def _merged(store: Store, uid: str) -> str:
    """Return the digest of what stands there."""
    found = parse_remote_event(store.stands[f"{uid}.ics"], UTC)
    assert found is not None
    return found.digest


def test_one_event_that_is_refused_blocks_nothing_and_is_tried_once_more_alone() -> None:
    store = Store({f"{UIDS[7]}.ics": [LOCKED] * 2, f"{UIDS[9]}.ics": [LOCKED]})
    sync = syncing(store)
    sent = carry_out(sync, "papers", STEPS)

    assert sent.refused == {UIDS[7]: str(LOCKED)}
    assert set(UIDS) - sync.versions["papers"].keys() == {UIDS[7]}
    assert store.asked.count(f"{UIDS[9]}.ics") == 2
    assert (sent.new, sent.untried, sync.sending["papers"]) == (29, 0, {})


def test_a_server_that_takes_nothing_is_left_alone_soon() -> None:
    store = Store({f"{uid}.ics": [REJECTED] * 9 for uid in UIDS})
    sync = syncing(store)
    sent = carry_out(sync, "papers", STEPS)

    assert (len(sent.refused), sent.untried, store.most, len(store.asked)) == (10, 20, 1, 10)
    assert sync.versions["papers"] == {}


def test_a_server_that_is_overloaded_by_several_is_asked_one_by_one() -> None:
    store = Store({f"{uid}.ics": [OverloadedError()] for uid in UIDS[4:7]})
    sync = syncing(store)

    assert carry_out(sync, "papers", STEPS).new == 30
    again = Store({f"{uid}.ics": [OverloadedError()] * 2 for uid in UIDS[4:7]})
    with pytest.raises(BrokenOffError, match=r"too much to do; try again later; \d+ changes of"):
        carry_out(syncing(again), "papers", STEPS)


def test_no_work_begins_after_one_that_broke_the_connection() -> None:
    store = Store({f"{UIDS[0]}.ics": [BROKEN]})
    sync = syncing(store)
    with pytest.raises(BrokenOffError, match="30 changes of 'papers' still to be sent"):
        carry_out(sync, "papers", STEPS)

    assert store.asked == [f"{UIDS[0]}.ics"]
    assert sync.sending["papers"].keys() == set(UIDS)
