"""A review: the condensed account of a week or two, as it stands in its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.settings import DayRange
from curriculum.practice.entries import NotebookEntry, line_state
from curriculum.practice.followups import NextLine, NextPlace, next_line, next_lines
from curriculum.practice.notebook import NOTEBOOK
from curriculum.practice.user_text import file_lines

REVIEWS = f"{NOTEBOOK}/reviews"

_FILE = late_pattern(rf"{REVIEWS}/\d{{4}}-W\d{{2}}(?:-\d+)?\.md")
_PERIOD = late_pattern(r"(?P<end>from|to):[ \t]*(?P<day>\d{4}-\d{2}-\d{2})[ \t]*")
_BOX = late_pattern(
    r"- \[(?P<box>[ xX-])\] (?P<text>.*?) \^(?P<id>[a-z0-9]{4})(?:[ \t]+-[ \t].*)?[ \t]*"
)
_NEXT = late_pattern(
    r"- (?:\[(?P<box>[ xX-])\] )?next:[ \t]*(?P<text>.*?)(?:[ \t]+\^(?P<id>[a-z0-9]{4}))?[ \t]*"
)


@dataclass(frozen=True, slots=True)
class Review:
    """A review as it was found.

    Attributes:
        file: The file, by its path in the workspace.
        days: The days that it is about.
        text: The text of the file.
    """

    file: str
    days: DayRange
    text: str


def is_review_file(file: str) -> bool:
    """Whether a file is that of a review, by its path in the workspace.

    >>> is_review_file("notebook/reviews/2027-W02.md")
    True
    """
    return _FILE.fullmatch(file) is not None


def read_review(file: str, text: str) -> Review | None:
    """Return a review; None for a text that does not say what days it is about."""
    ends: dict[str, date] = {}
    lines = file_lines(text)
    if not lines or lines[0] != "---":
        return None
    for line in lines[1:]:
        if line == "---":
            break
        match = _PERIOD.fullmatch(line)
        if match is not None:
            try:
                ends[match["end"]] = date.fromisoformat(match["day"])
            except ValueError:
                return None
    if ends.keys() != {"from", "to"} or ends["to"] < ends["from"]:
        return None
    return Review(file, DayRange(ends["from"], ends["to"]), text)


def review_file(last: date, taken: Iterable[str]) -> str:
    """Return the file of a review that ends with a day; another review may have its week.

    >>> review_file(date(2027, 1, 17), ["notebook/reviews/2027-W02.md"])
    'notebook/reviews/2027-W02-2.md'
    """
    year, week, _ = last.isocalendar()
    names = set(taken)
    name = f"{REVIEWS}/{year}-W{week:02}.md"
    number = 1
    while name in names:
        number += 1
        name = f"{REVIEWS}/{year}-W{week:02}-{number}.md"
    return name


def overlapping(days: DayRange, reviews: Iterable[Review]) -> Review | None:
    """Return a review that is about some of the days; None when there is none."""
    for review in reviews:
        if review.days.first <= days.last and days.first <= review.days.last:
            return review
    return None


def days_to_review(
    reviews: Sequence[Review], first_noted: date | None, today: date, every: timedelta
) -> DayRange | None:
    """Return the days from the last review to today; None when it reaches today.

    Without a review, they begin with the first note, and at most `every` before today.
    """
    if not reviews:
        earliest = today - every + timedelta(days=1)
        return DayRange(max(first_noted or earliest, earliest), today)
    first = max(review.days.last for review in reviews) + timedelta(days=1)
    return None if first > today else DayRange(first, today)


def all_next_lines(
    entries: Iterable[NotebookEntry], reviews: Iterable[Review]
) -> tuple[NextLine, ...]:
    """Return every line of entries and reviews that says what is to be done next."""
    found: list[NextLine] = []
    for entry in entries:
        found.extend(next_lines(entry))
    for review in reviews:
        found.extend(review_next_lines(review))
    return tuple(found)


def review_next_lines(review: Review) -> Iterator[NextLine]:
    """Yield the boxes of a review, and the next steps that it adds."""
    for number, line in enumerate(file_lines(review.text), start=1):
        place = NextPlace(review.file, number, review.days.last)
        added = _NEXT.fullmatch(line)
        listed = _BOX.fullmatch(line)
        if added is not None:
            if added["text"]:
                state = line_state(added["box"])
                yield next_line(place, added["text"], added["id"], state)
        elif listed is not None:
            state = line_state(listed["box"])
            yield next_line(place, listed["text"], listed["id"], state, is_listing=True)
