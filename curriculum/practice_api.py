"""The habits in the Python API: notebook, reviews, time, ideas, incoming papers, predictions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from curriculum.model.ideas import IdeaDeed
from curriculum.model.predictions import PredictionEnd
from curriculum.model.settings import DayRange
from curriculum.model.skims import SkimMark
from curriculum.model.typed_days import EVERY_DAY
from curriculum.practice.exploration import Exploration
from curriculum.practice.followups import FollowUp, FollowUpState
from curriculum.practice.ideas import IdeaRead
from curriculum.practice.notebook import NotebookDay, NoteFilter
from curriculum.practice.skim_files import SkimRead
from curriculum.practice.time_audit import TimeAudit
from curriculum.services.exploration import explore, record_explored
from curriculum.services.followups import close_follow_up, list_follow_ups
from curriculum.services.ideas import NewIdea, decide_idea, ideas_of, note_idea
from curriculum.services.notebook import notebook
from curriculum.services.noting import NoteRequest, add_note
from curriculum.services.predictions import (
    NewPrediction,
    Predicted,
    decide_prediction,
    predict_event,
)
from curriculum.services.recording import Recorded
from curriculum.services.reviews import ReviewMade, make_review
from curriculum.services.skims import SkimJudgement, mark_skim, skims_of
from curriculum.services.taste import Taste, taste_of
from curriculum.services.time_audit import audit_time, days_asked
from curriculum.services.workspace import Workspace


class Practice:
    """What a person does besides studying units: notes, reviews, ideas, a critical eye.

    It is `practice` of an open workspace; what holds there of values, errors and reading anew holds
    here, too.
    """

    def __init__(self, opened: Callable[[], Workspace]) -> None:
        self._opened = opened

    def note(self, text: str, unit: str | None = None) -> Recorded:
        """Add a note to today's entry; `finding: ...` makes a line of that kind.

        Args:
            text: The words.
            unit: The unit that it is about; None means that of the running timer.
        """
        return add_note(self._opened(), NoteRequest(text, unit))

    def notebook(
        self, days: DayRange = EVERY_DAY, wanted: NoteFilter | None = None
    ) -> tuple[NotebookDay, ...]:
        """Return the days of the notebook, or those with the notes that are asked for."""
        return notebook(self._opened(), days, wanted or NoteFilter(), with_files=True)

    def time(self, days: DayRange | None = None) -> TimeAudit:
        """Return where the time of some days went; None means those of this week until today."""
        workspace = self._opened()
        return audit_time(workspace, days or days_asked(workspace, None, None, None, None))

    def review(self, days: DayRange | None = None, *, refresh: bool = False) -> ReviewMade:
        """Write the review of some days, unless it is there; None means those since the last one.

        Args:
            days: The days.
            refresh: Whether what a review says between its marks is filled in again.
        """
        return make_review(self._opened(), days, refresh=refresh)

    def follow_ups(self, *, closed: bool = False) -> tuple[FollowUp, ...]:
        """Return what was to be done next and is open, the oldest first; or all of it."""
        return list_follow_ups(self._opened(), closed=closed)

    def close(self, follow_up: str, *, why_dropped: str | None = None) -> Recorded:
        """Record that something that was to be done next is done, or why it is dropped."""
        state = FollowUpState.DONE if why_dropped is None else FollowUpState.DROPPED
        return close_follow_up(self._opened(), follow_up, state, why_dropped or "")

    def ideas(self) -> tuple[IdeaRead, ...]:
        """Return every idea, by name."""
        return ideas_of(self._opened())

    def add_idea(self, new: NewIdea | str) -> Recorded:
        """Put an idea on the back burner; a text is its title."""
        idea = NewIdea(new) if isinstance(new, str) else new
        return note_idea(self._opened(), idea)

    def decide(
        self, idea: str, did: IdeaDeed, why: str | None = None, look: date | None = None
    ) -> Recorded:
        """Record what was decided about an idea, and when it comes back if it is kept."""
        return decide_idea(self._opened(), idea, IdeaDeed(did), why, look)

    def explore(self, name: str | None = None, *, again: bool = False) -> Exploration:
        """Return what this week explores, and draw it if that was not done; or choose it."""
        return explore(self._opened(), name, again=again)

    def explored(self, name: str, hours: timedelta, note: str | None = None) -> Recorded:
        """Record time of exploration, and what came of it."""
        return record_explored(self._opened(), name, hours, note=note)

    def skims(self) -> tuple[SkimRead, ...]:
        """Return every paper that came in."""
        return skims_of(self._opened())

    def mark(self, skim: str, mark: SkimMark, *, claim: str = "", doubt: str = "") -> Recorded:
        """Record what one thinks of a paper that came in; to read it needs a doubt."""
        judged = SkimJudgement(SkimMark(mark), claim or None, doubt or None)
        return mark_skim(self._opened(), skim, judged)

    def predict(self, says: str, p: float | Fraction, *, by: date, how: str) -> Predicted:
        """Write down a prediction.

        Args:
            says: What will have happened.
            p: How likely it is, from 0.01 to 0.99.
            by: The day on which it is to be decided.
            how: What decides it.
        """
        chance = Fraction(p).limit_denominator(1000)
        return predict_event(self._opened(), says, NewPrediction(p=chance, by=by, how=how))

    def predicted(self, name: str, end: PredictionEnd, evidence: str) -> Predicted:
        """Write down how a prediction ended, and what shows it."""
        return decide_prediction(self._opened(), name, PredictionEnd(end), evidence)

    def taste(self) -> Taste:
        """Return how good the predictions were, and what is admired."""
        return taste_of(self._opened())
