"""Say of past sessions of the published plan that they were held as planned, or missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from curriculum.model.journal import Fact, Finished, Missed, Studied
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import session_day
from curriculum.model.plan import Session
from curriculum.model.progress import Progress
from curriculum.progress.pace import pace_of
from curriculum.progress.remaining import left_of
from curriculum.progress.session_outcomes import SessionOutcome
from curriculum.progress.sessions_followed import followed
from curriculum.services.errors import UsageError
from curriculum.services.past_sessions import PastSessions, past_sessions
from curriculum.services.recording import JournalWriter, Recorded, journal_writer
from curriculum.services.session_names import is_called
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Local days, the first and the last one included; no last one means until now."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        """Say whether a day is among them."""
        return self.first <= day and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        """Return the days as a person types them."""
        if self.last is None:
            return f"{self.first} or later"
        if self.last == self.first:
            return str(self.first)
        return f"{self.first}..{self.last}"


Sessions = DaySpan | str
"""Past sessions: those of some days, or the one of a name."""


def record_followed(workspace: Workspace, meant: Sessions | None = None) -> Recorded:
    """Record that past sessions of the published plan were held as planned.

    Only minutes that are not in the journal yet are logged, and what they finish is done.

    Args:
        workspace: The workspace.
        meant: The sessions. None means all of which nothing else is known: neither did the person
            say that they were missed, nor did a plan that was published later reschedule them. A
            session or a span of days with an end is believed even then; days without an end count
            all but those that the person said were missed.

    Raises:
        UsageError: No published session that is over is meant.
    """
    writer = journal_writer(workspace)
    past = past_sessions(workspace, workspace.ledger, workspace.minute)
    chosen = _followed_sessions(workspace, past, meant)
    unsaid = _unsaid(workspace, past, chosen)
    facts = writer.record(lambda progress: _followed_facts(writer, chosen, unsaid, progress)).facts
    return Recorded(
        workspace,
        facts,
        rescheduled=past.unlogged.rescheduled if meant is None else (),
    )


def record_missed(workspace: Workspace, meant: Sessions | None = None) -> Recorded:
    """Record that past sessions of the published plan were missed, as far as they were not logged.

    Args:
        workspace: The workspace.
        meant: The sessions, also where their units were finished later; None means all that are
            over and of which something is still to do.

    Raises:
        UsageError: No published session that is over is meant.
    """
    writer = journal_writer(workspace)
    past = past_sessions(workspace, workspace.ledger, workspace.minute)
    chosen = past.outcomes if meant is None else _meant(workspace, past.outcomes, meant)

    def decide(progress: Progress) -> Iterator[Fact]:
        for one in chosen:
            is_missed = one.minutes_left or (meant is not None and not _is_studied(one))
            if is_missed and one.uid not in progress.missed:
                start, end = one.session.start, one.session.end
                yield Missed(**writer.stamp(), session=one.uid, start=start, end=end)

    return Recorded(workspace, writer.record(decide).facts)


def _is_studied(outcome: SessionOutcome) -> bool:
    """Say whether everything in a session was studied as planned."""
    studied = dict(outcome.done)
    return all(studied.get(piece.unit, 0) >= piece.minutes for piece in outcome.session.pieces)


def names_past_session(workspace: Workspace, name: str) -> bool:
    """Say whether a published session that is over has a name."""
    zone = workspace.zone
    for uid, session in workspace.ledger.sessions():
        if session.end <= workspace.minute and is_called(name, uid, session, zone):
            return True
    return False


def _followed_sessions(
    workspace: Workspace, past: PastSessions, meant: Sessions | None
) -> Sequence[SessionOutcome]:
    if meant is None:
        return past.unlogged.open
    chosen = _meant(workspace, past.outcomes, meant)
    if isinstance(meant, DaySpan) and meant.last is None:
        missed = workspace.progress.missed
        return [one for one in chosen if one.uid not in missed]
    return chosen


def _unsaid(
    workspace: Workspace, past: PastSessions, chosen: Sequence[SessionOutcome]
) -> list[SessionOutcome]:
    """Return the other sessions that are over of which the person has said nothing."""
    said = {one.uid for one in chosen} | workspace.progress.missed.keys()
    return [one for one in past.missed if one.uid not in said]


def _meant(
    workspace: Workspace, outcomes: Iterable[SessionOutcome], meant: Sessions
) -> list[SessionOutcome]:
    """Return the sessions that are meant; there is one at least."""
    chosen = [one for one in outcomes if _is_meant(workspace, one, meant)]
    if not chosen:
        what = f"on {meant}" if isinstance(meant, DaySpan) else f"called '{meant}'"
        raise UsageError(f"no published session {what} is over; see 'curriculum week'")
    return chosen


def _is_meant(workspace: Workspace, outcome: SessionOutcome, meant: Sessions) -> bool:
    if isinstance(meant, DaySpan):
        return _day(workspace, outcome.session) in meant
    return is_called(meant, outcome.uid, outcome.session, workspace.zone)


def _day(workspace: Workspace, session: Session) -> date:
    return session_day(session, workspace.zone)


def _followed_facts(
    writer: JournalWriter,
    outcomes: Sequence[SessionOutcome],
    unsaid: Sequence[SessionOutcome],
    progress: Progress,
) -> Iterator[Fact]:
    """Yield the facts that say that sessions were held as planned."""
    workspace = writer.workspace
    library, speeds = workspace.library, workspace.settings.speed
    pace = pace_of(progress, library, speeds)
    left = {}
    for outcome in outcomes:
        for piece in outcome.session.pieces:
            if piece.unit in workspace.efforts and piece.unit not in left:
                left[piece.unit] = left_of(piece.unit, library, speeds, progress, pace)
    for step in followed(outcomes, progress, left, unsaid):
        session = step.session
        stamp = writer.stamp_of_session
        yield Studied(**stamp(session), unit=step.unit, minutes=step.minutes)
        if step.is_finished:
            yield Finished(**stamp(session), unit=step.unit)
