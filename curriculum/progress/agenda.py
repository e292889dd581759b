"""What there is to show of some days: sessions, what became of them, and the timer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, tzinfo

from curriculum.model.habits import Sitting
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import PublishedEvent
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import Done, SessionOutcome, SessionState
from curriculum.progress.study_record import StudyEntry
from curriculum.progress.unlogged import Unlogged


@dataclass(frozen=True, slots=True)
class Days:
    """What there is to show of some days.

    Attributes:
        sessions: The published sessions of the days, in calendar order.
        outcomes: UID to what became of the session, for these and for all that are over.
        ahead: The next session after the days; None when nothing is published ahead.
        unlogged: The missed sessions, by what is known of them.
        progress: The timer and the pins.
        now: The minute of now.
        zone: The zone of the person's clock.
        is_published: Whether anything was ever published.
        is_over: Whether all of the days are past.
        recorded: The study that was recorded on the days, in the order of time.
        sittings: The habits of the days, in calendar order.
        resting: Each unit that only the gap of its work keeps from being studied today, and the
            first day on which it may be; of today alone.
    """

    sessions: Sequence[PublishedEvent]
    outcomes: Mapping[str, SessionOutcome]
    ahead: PublishedEvent | None
    unlogged: Unlogged
    progress: Progress
    now: int
    zone: tzinfo
    is_published: bool
    is_over: bool = False
    recorded: Sequence[StudyEntry] = ()
    sittings: Sequence[Sitting] = ()
    resting: Mapping[UnitId, date] = field(default_factory=dict)

    @property
    def missed(self) -> tuple[SessionOutcome, ...]:
        """The sessions that are over and of which something is still to do, in calendar order.

        A look back at past days is about these alone.
        """
        shown = {event.entry.uid for event in self.sessions}
        found = []
        for outcome in self.outcomes.values():
            is_asked_for = not self.is_over or outcome.uid in shown
            if outcome.minutes_left and is_asked_for:
                found.append(outcome)
        return tuple(found)

    def done(self, event: PublishedEvent) -> Done:
        """Return what was studied in a session."""
        outcome = self.outcomes.get(event.entry.uid)
        if outcome is None:
            return ()
        return outcome.done


def state(event: PublishedEvent, days: Days) -> str:
    """Return the state of a session: `done`, `partly`, `missed`, `now` or `ahead`."""
    assert event.session is not None, "only sessions have a state"
    outcome = days.outcomes.get(event.entry.uid)
    if outcome is not None and outcome.state is not SessionState.OPEN:
        return outcome.state.value
    if event.session.start <= days.now:
        return "now"
    return "ahead"
