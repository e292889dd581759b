"""What waits for the person, in at most three lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.formatting import counted, shortened
from curriculum.practice.waiting import OpenFollowUps, Waiting
from curriculum.views.text.lines import StyledLine, line

_MOST_WORDS = 40
"""How many characters of a follow-up are shown."""

_MOST_NAMES = 2

_MOST_LINES = 3
"""Where more kinds of things wait, the last of these lines names the rest of them."""

_Said = tuple[str, str]
"""What waits, as a line of its own and in a few words."""


def waiting_lines(waiting: Waiting) -> Iterator[StyledLine]:
    """Yield a line each for what waits; three at most, the last of which sums up the rest."""
    said = list(_said(waiting))
    if not said:
        return
    yield line("")
    shown = said
    if len(said) > _MOST_LINES:
        shown = said[: _MOST_LINES - 1]
    for whole, _ in shown:
        yield line(whole)
    rest = [short for _, short in said[len(shown) :]]
    if rest:
        yield line(f"Also waiting: {', '.join(rest)}.")


def _said(waiting: Waiting) -> Iterator[_Said]:
    """Yield what waits, the most pressing first."""
    if waiting.follow_ups is not None:
        yield _follow_ups(waiting.follow_ups), counted(waiting.follow_ups.count, "follow-up")
    if waiting.ideas:
        names = _names(waiting.ideas)
        yield f"Ideas that came back: {names}", counted(len(waiting.ideas), "idea")
    if waiting.predictions:
        count = len(waiting.predictions)
        yield f"Predictions to decide: {_names(waiting.predictions)}", counted(count, "prediction")
    if waiting.review is not None:
        since = f"{waiting.review.day} {waiting.review:%b}"
        yield (
            f"A review is due since {since}; 'curriculum review' writes it.",
            f"a review since {since}",
        )
    if waiting.papers:
        papers = counted(waiting.papers, "unread paper")
        yield f"{papers} came in; 'curriculum skim' shows one after another.", papers


def _follow_ups(follow_ups: OpenFollowUps) -> str:
    oldest = shortened(follow_ups.oldest, _MOST_WORDS)
    since = f"{follow_ups.since.day} {follow_ups.since:%b}"
    count = "1 is" if follow_ups.count == 1 else f"{follow_ups.count} are"
    return f"Follow-ups: {count} open, since {since}: {oldest}"


def _names(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown}{f' and {more} more' if more > 0 else ''}"
