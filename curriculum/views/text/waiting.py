"""What waits for the person, in at most three lines."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.formatting import shortened
from curriculum.practice.waiting import Waiting
from curriculum.views.text.lines import StyledLine, line

_MOST_WORDS = 40
"""How many characters of a follow-up are shown."""

_MOST_NAMES = 2


def waiting_lines(waiting: Waiting) -> Iterator[StyledLine]:
    """Yield a line each for follow-ups, ideas and a review, where something waits."""
    lines = list(_lines(waiting))
    if lines:
        yield line("")
    yield from map(line, lines)


def _lines(waiting: Waiting) -> Iterator[str]:
    follow_ups = waiting.follow_ups
    if follow_ups is not None:
        oldest = shortened(follow_ups.oldest, _MOST_WORDS)
        since = f"{follow_ups.since.day} {follow_ups.since:%b}"
        count = "1 is" if follow_ups.count == 1 else f"{follow_ups.count} are"
        yield f"Follow-ups: {count} open, since {since}: {oldest}"
    if waiting.ideas:
        shown = ", ".join(waiting.ideas[:_MOST_NAMES])
        more = len(waiting.ideas) - _MOST_NAMES
        yield f"Ideas that came back: {shown}{f' and {more} more' if more > 0 else ''}"
    if waiting.review is not None:
        day = waiting.review
        yield f"A review is due since {day.day} {day:%b}; 'curriculum review' writes it."
