"""Plan so that planning again changes nothing: also what begins soon in the new plan stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from curriculum.calendars.uids import session_uids
from curriculum.model.curriculum import Curriculum
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Plan, Session
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import Named
from curriculum.schedule.lookahead import Free
from curriculum.schedule.plan_request import PlanRequest
from curriculum.schedule.planning import schedule

_MOST_ROUNDS = 20
"""Each round adds sessions that begin soon and takes none away, so that a few are enough."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What was published and pinned, and how much of it a plan leaves in its place.

    Attributes:
        ledger: What was published.
        progress: What is pinned and missed.
        pinned: UID to the session, where it is held, of each pin that has something left to hold.
        now: The minute of now.
        soon: Sessions that start before this minute begin too soon to be moved.
    """

    ledger: Ledger
    progress: Progress
    pinned: Mapping[str, Session]
    now: int
    soon: int

    def published(self) -> tuple[Named, ...]:
        """Return the published sessions that are not over and not missed, in calendar order."""
        missed = self.progress.missed
        sessions = self.ledger.sessions()
        return tuple(
            (uid, session)
            for uid, session in sessions
            if session.end > self.now and uid not in missed
        )

    def named(self, plan: Plan) -> tuple[Named, ...]:
        """Return the sessions of a plan with the UIDs that they would be published under."""
        uids = session_uids(plan, self.ledger, self.progress, self.now)
        return tuple(zip(uids, plan.sessions, strict=True))

    def kept(self, sessions: Iterable[Named]) -> tuple[Session, ...]:
        """Return what stays: what is pinned, and of the other sessions those that begin soon."""
        kept = sorted(self.pinned.values(), key=lambda session: session.start)
        for uid, session in sessions:
            if session.start < self.soon and uid not in self.pinned:
                kept.append(session)
        return tuple(kept)


def schedule_at_rest(
    curriculum: Curriculum,
    request: PlanRequest,
    free: Free,
    standing: Standing,
) -> tuple[Plan, PlanRequest]:
    """Return a plan that its own publication does not change, and what was asked for last.

    Sessions of a new plan that begin soon are fixed once it is published. Where something is late,
    or a session was filled with something else, that may change the sessions after them (P5 of
    THEORY.md does not speak of these cases); so the plan is made again around them until it is the
    same. What is fixed never gets less, which is why that comes to an end.
    """
    plan = schedule(curriculum, request, free)
    for _ in range(_MOST_ROUNDS):
        kept = standing.kept(standing.named(plan))
        if kept == request.kept:
            break
        request = replace(request, published=plan.sessions, kept=kept)
        plan = schedule(curriculum, request, free)
    return plan, request
