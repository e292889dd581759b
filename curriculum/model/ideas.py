"""Ideas on the back burner, as their files say."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from curriculum.model.checks import Before
from curriculum.model.exploration import ExplorationOutcome
from curriculum.model.fields import Frozen, Line, as_list
from curriculum.model.quantities import day
from curriculum.model.references import Reference

_Day = Annotated[date, Before(day)]


class IdeaDeed(StrEnum):
    """What a person decided about an idea when it came back."""

    KEPT = "kept"
    TRIED = "tried"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class IdeaStep(Frozen):
    """A decision about an idea: when, what, why, and the day on which it comes back.

    Of one that was tried, `outcome` is what exploring it came to.
    """

    on: _Day
    did: IdeaDeed
    why: Line | None = None
    look: _Day | None = None
    outcome: ExplorationOutcome | None = None


class Idea(Frozen):
    """Something that may be worth doing, and what brings it back.

    It comes back on the day `look`, or when all that it requires has been learned, whichever is
    first.
    """

    title: Line
    since: _Day
    look: _Day | None = None
    requires: Annotated[tuple[Reference, ...], Before(as_list)] = ()
    upside: Line | None = None
    from_: Line | None = None
    history: tuple[IdeaStep, ...] = ()
    note: str | None = None

    @property
    def last(self) -> IdeaStep | None:
        """The last decision; None while there is none."""
        return self.history[-1] if self.history else None

    @property
    def is_open(self) -> bool:
        """Whether it may still come back: it was neither adopted nor dropped."""
        return self.last is None or self.last.did not in (IdeaDeed.ADOPTED, IdeaDeed.DROPPED)
