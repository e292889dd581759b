"""Hold a published session in its place, or let it move again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from curriculum.model.formatting import clock_text, day_text, local
from curriculum.model.intervals import Interval, Intervals
from curriculum.model.journal import Fact, Pinned, Unpinned
from curriculum.model.plan import Session, minute
from curriculum.model.progress import Progress
from curriculum.progress.pins import held_units, is_held
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.free_hours import FreeHours, HoursRequest, own_uids
from curriculum.services.pin_obstacles import obstacle
from curriculum.services.planning import NothingToPlanError, given_up, make_plan
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.session_names import is_called, is_called_at, start_text
from curriculum.services.workspace import Workspace

_MOST_OFFERED = 3
_TIME = "--at"


def pin(workspace: Workspace, name: str, at: datetime | None = None) -> Recorded:
    """Record that a session is held where it is published, or from a local time on.

    Raises:
        UsageError: No session ahead has this name, or it cannot be held at that time.
    """
    writer = journal_writer(workspace)
    uid, session = _session_meant(workspace, name)
    length = session.end - session.start
    start = session.start
    if at is not None:
        start = minute(at.replace(tzinfo=workspace.zone))
        _require_a_place(workspace, uid, (start, start + length))
    times = {"start": start, "end": start + length}
    fact = Pinned(**writer.stamp(), session=uid, **times, pieces=held_units(session))
    if at is not None:
        _require_to_be_held(workspace, fact)
    return Recorded(workspace, writer.record(lambda _: [fact]).facts)


def _require_a_place(workspace: Workspace, uid: str, held: Interval) -> None:
    """Refuse a time at which the next plan would not hold a session.

    Raises:
        UsageError: The time has begun, another session is there, or the person is busy then.
    """
    start, end = held
    zone = workspace.zone
    when = f"{day_text(start, zone)}, {clock_text(start, end, zone)}"
    if start < workspace.minute:
        raise UsageError(f"{when} has begun already; choose a time ahead", _TIME)
    for other, place in _places(workspace):
        if other != uid and _overlap(held, place):
            there = clock_text(*place, zone)
            message = f"another session is planned at {there} then; choose a time without one"
            raise UsageError(f"{when}: {message}", _TIME)
    if any(_overlap(held, busy) for busy in _busy_around(workspace, held)):
        raise UsageError(f"{when}: you are busy then; choose another time", _TIME)


def _require_to_be_held(workspace: Workspace, pin: Pinned) -> None:
    """Refuse a pin that the next plan would not hold, because of what its units wait for.

    Where the files have errors, there is no next plan yet, and the pin is taken.

    Raises:
        UsageError: It would not.
    """
    later = workspace.after([pin])
    try:
        planned = make_plan(later)
    except (NothingToPlanError, ProblemsError):
        return
    for session in planned.plan.sessions:
        if is_held(pin.session, session, later.progress):
            return
    zone = workspace.zone
    when = f"{day_text(pin.start, zone)}, {clock_text(pin.start, pin.end, zone)}"
    raise UsageError(f"{when}: {obstacle(planned, pin)}", _TIME)


def _places(workspace: Workspace) -> Iterator[tuple[str, Interval]]:
    """Yield the UID of each session that is not over, and the time at which it is held."""
    progress = workspace.progress
    for uid, session in workspace.ledger.sessions():
        fact = progress.pins.get(uid)
        if fact is not None:
            yield uid, (fact.start, fact.end)
        elif session.end > workspace.minute and uid not in progress.missed:
            yield uid, (session.start, session.end)


def _busy_around(workspace: Workspace, held: Interval) -> Intervals:
    """Return when the person is busy on the days of a session, as the next plan will see it."""
    request = HoursRequest(
        output=workspace.context.calendars,
        ours=own_uids(workspace, workspace.ledger),
        not_before=held[0],
        taken=given_up(workspace.progress),
    )
    first, last = (local(moment, workspace.zone).date() for moment in held)
    return FreeHours(workspace, request).busy_between(first, last)


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def unpin(workspace: Workspace, name: str) -> Recorded:
    """Record that a session may move again; one that was pinned elsewhere has that time as a name.

    Raises:
        UsageError: No session ahead has this name.
    """
    writer = journal_writer(workspace)
    uid = _pin_called(workspace, name)
    if uid is None:
        uid, _ = _session_meant(workspace, name)

    def decide(progress: Progress) -> Iterator[Fact]:
        if uid in progress.pins:
            yield Unpinned(**writer.stamp(), session=uid)

    return Recorded(workspace, writer.record(decide).facts)


def _pin_called(workspace: Workspace, name: str) -> str | None:
    """Return the UID of the pin that is not over and has a name; None when there is none."""
    for uid, pin in workspace.progress.pins.items():
        if pin.end > workspace.minute and is_called_at(name, uid, pin.start, workspace.zone):
            return uid
    return None


def _session_meant(workspace: Workspace, name: str) -> tuple[str, Session]:
    """Return the published session that is not over and has a name, with its UID.

    A session is named by the local time at which it starts, its UID, or its UID up to the first
    dot.
    """
    ahead = {}
    for uid, session in workspace.ledger.sessions():
        if session.end > workspace.minute:
            ahead[uid] = session
    for uid, session in ahead.items():
        if is_called(name, uid, session, workspace.zone):
            return uid, session
    raise UsageError(f"no session ahead is called '{name}'; {_offer(workspace, ahead)}", "SESSION")


def _offer(workspace: Workspace, ahead: Mapping[str, Session]) -> str:
    if not ahead:
        return "nothing is published ahead, see 'curriculum plan'"
    starts = [start_text(session, workspace.zone) for session in ahead.values()]
    return f"the next ones are {', '.join(starts[:_MOST_OFFERED])}"
