"""What waits for the person besides the sessions: follow-ups, ideas, a review, predictions."""

from __future__ import annotations

from datetime import date

from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenFollowUps:
    """What is still to be done next.

    Attributes:
        count: How many follow-ups are open, one at least.
        since: The day on which the oldest was noted.
        oldest: What it is.
    """

    count: int
    since: date
    oldest: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the person.

    Attributes:
        follow_ups: What is still to be done next; None when nothing is.
        ideas: The names of the ideas that have come back, the longest due first.
        review: The day from which on a review is due; None while none is.
        predictions: The names of the predictions that are to be decided, the longest due first.
        papers: How many papers that came in are unread.
    """

    follow_ups: OpenFollowUps | None = None
    ideas: tuple[str, ...] = ()
    review: date | None = None
    predictions: tuple[str, ...] = ()
    papers: int = 0


NOTHING_WAITS = Waiting()
