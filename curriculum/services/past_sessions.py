"""What became of the published sessions that are over."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import Ledger
from curriculum.progress.session_outcomes import Done, Named, SessionOutcome, session_outcomes
from curriculum.progress.unlogged import Unlogged, unlogged
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PastSessions:
    """What became of published sessions that are over.

    Attributes:
        outcomes: What became of each, in calendar order.
        unlogged: Those of which something is still to do, by what is known of them.
    """

    outcomes: tuple[SessionOutcome, ...]
    unlogged: Unlogged

    @property
    def sessions(self) -> tuple[Named, ...]:
        """The sessions with their UIDs."""
        return tuple((one.uid, one.session) for one in self.outcomes)

    @property
    def happened(self) -> Mapping[str, Done]:
        """UID of a session to what was really done in it."""
        return {one.uid: one.done for one in self.outcomes}

    @property
    def missed(self) -> tuple[SessionOutcome, ...]:
        """The sessions of which something is still to do."""
        return tuple(one for one in self.outcomes if one.minutes_left)


def past_sessions(workspace: Workspace, ledger: Ledger, over: int) -> PastSessions:
    """Return what became of the published sessions that end by a minute.

    One that is held at a later time is still to come.
    """
    pins = workspace.progress.pins
    sessions = []
    for uid, session in ledger.sessions():
        if session.end <= over and (uid not in pins or pins[uid].end <= over):
            sessions.append((uid, session))
    outcomes = session_outcomes(
        sessions, workspace.progress, workspace.efforts, over, workspace.zone
    )
    every = tuple(outcomes.values())
    return PastSessions(every, unlogged(every, workspace.progress, ledger.rescheduled))
