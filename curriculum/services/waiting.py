"""Read what waits for the person: open follow-ups, ideas that came back, a review that is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from curriculum.practice.followups import FollowUpState, NextLine, follow_ups
from curriculum.practice.predictions import due_predictions
from curriculum.practice.reviews import Review
from curriculum.practice.skim_queue import unread_skims
from curriculum.practice.waiting import OpenFollowUps, Waiting
from curriculum.services.followups import first_noted, lines_to_follow, reviews_of
from curriculum.services.ideas import ideas_due, ideas_of
from curriculum.services.predictions import predictions_of
from curriculum.services.reviews import review_period
from curriculum.services.skims import recent_skims
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import workspace_of


def waiting_of(snapshot: Snapshot) -> Waiting:
    """Return what waits for the person.

    Raises:
        CurriculumError: A file cannot be read.
    """
    reviews = reviews_of(snapshot)
    lines = lines_to_follow(snapshot, reviews)
    due = due_predictions(predictions_of(snapshot).entries, snapshot.today)
    return Waiting(
        follow_ups=_open_follow_ups(lines),
        ideas=_ideas(snapshot),
        review=_review_due(snapshot, reviews),
        predictions=tuple(one.value.id for one in due),
        papers=len(unread_skims(recent_skims(snapshot), snapshot.today)),
    )


def _open_follow_ups(lines: Iterable[NextLine]) -> OpenFollowUps | None:
    still_open = [one for one in follow_ups(lines) if one.state is FollowUpState.OPEN]
    if not still_open:
        return None
    oldest = still_open[0].origin
    return OpenFollowUps(len(still_open), oldest.day, oldest.text.split("\n")[0])


def _ideas(snapshot: Snapshot) -> tuple[str, ...]:
    ideas = ideas_of(snapshot)
    if not ideas:
        return ()
    return tuple(one.read.name for one in ideas_due(workspace_of(snapshot), ideas))


def _review_due(snapshot: Snapshot, reviews: Collection[Review]) -> date | None:
    """Return the day from which on a review is due, or nothing when that is still to come."""
    if reviews:
        last = max(review.days.last for review in reviews)
    else:
        first = first_noted(snapshot)
        if first is None:
            return None
        last = first - timedelta(days=1)
    due = last + review_period(snapshot)
    return due if due <= snapshot.today else None
