"""Hold a published session in its place, or let it move again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from curriculum.model.formatting import local
from curriculum.model.journal import Fact, Pinned, Unpinned
from curriculum.model.plan import Session, minute
from curriculum.model.progress import Progress
from curriculum.services.errors import UsageError
from curriculum.services.recording import Recorded, journal_writer
from curriculum.services.workspace import Workspace

_MOST_OFFERED = 3


def pin(workspace: Workspace, name: str, at: datetime | None = None) -> Recorded:
    """Record that a session is held where it is published, or from a local time on.

    Raises:
        UsageError: No session ahead has this name.
    """
    writer = journal_writer(workspace)
    uid, session = _session_meant(workspace, name)
    start = session.start
    if at is not None:
        start = minute(at.replace(tzinfo=workspace.zone))
    end = start + session.end - session.start
    fact = Pinned(**writer.stamp(), session=uid, start=start, end=end)
    return Recorded(workspace, writer.record(lambda _: [fact]).facts)


def unpin(workspace: Workspace, name: str) -> Recorded:
    """Record that a session may move again.

    Raises:
        UsageError: No session ahead has this name.
    """
    writer = journal_writer(workspace)
    uid, _ = _session_meant(workspace, name)

    def decide(progress: Progress) -> Iterator[Fact]:
        if uid in progress.pins:
            yield Unpinned(**writer.stamp(), session=uid)

    return Recorded(workspace, writer.record(decide).facts)


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
        short = uid.rpartition("@")[0].rpartition(".")[0]
        if name in (uid, short) or name.replace(" ", "T") == _start(workspace, session):
            return uid, session
    raise UsageError(f"no session ahead is called '{name}'; {_offer(workspace, ahead)}", "SESSION")


def _start(workspace: Workspace, session: Session) -> str:
    return f"{local(session.start, workspace.zone):%Y-%m-%dT%H:%M}"


def _offer(workspace: Workspace, ahead: Mapping[str, Session]) -> str:
    if not ahead:
        return "nothing is published ahead, see 'curriculum plan'"
    starts = [_start(workspace, session) for session in ahead.values()]
    return f"the next ones are {', '.join(starts[:_MOST_OFFERED])}"
