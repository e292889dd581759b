"""A text of the notebook as a field to edit, and reviews as they are listed and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import unified_diff

from markupsafe import Markup

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.settings import DayRange
from curriculum.practice.followups import FollowUp
from curriculum.practice.reviews import Review
from curriculum.views.html.frame import Frame
from curriculum.views.html.markdown import markdown_html
from curriculum.views.html.rendering import rendered


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text that is edited.

    Attributes:
        file: Its path in the workspace.
        text: What the field holds.
        mark: The mark of the text as it is in the file.
        back: The page that follows.
        difference: Lines that say how the field differs from the file; empty where it does not.
    """

    file: str
    text: str
    mark: str
    back: str
    difference: tuple[str, ...] = ()


def editing_content(frame: Frame, edited: EditedText) -> Markup:
    """Return a text as a field to edit."""
    return rendered("editing.html", frame=frame, edited=edited)


def difference_lines(saved: str, typed: str) -> tuple[str, ...]:
    """Return how a typed text differs from the one in the file, as `diff -u` says it."""
    lines = unified_diff(
        saved.splitlines(),
        typed.splitlines(),
        "the file as it is now",
        "what you wrote",
        lineterm="",
    )
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as it is listed."""

    name: str
    days: DayRange


def reviews_content(
    frame: Frame, reviews: Sequence[Review], open_ones: Sequence[FollowUp], due: date | None
) -> Markup:
    """Return the follow-ups that are open, and the reviews, the newest first.

    Args:
        frame: What is around it.
        reviews: The reviews, by their days.
        open_ones: The open follow-ups, the oldest first.
        due: The day from which on a review is due; None while none is.
    """
    rows = tuple(ReviewRow(review_name(one), one.days) for one in reversed(reviews))
    shown = tuple((one, " ".join(one.origin.text.split())) for one in open_ones)
    return rendered("reviews.html", frame=frame, reviews=rows, follow_ups=shown, due=due)


def review_name(review: Review) -> str:
    """Return what a review is called in addresses: the stem of its file."""
    return review.file.rpartition("/")[2].removesuffix(".md")


def review_content(frame: Frame, review: Review) -> Markup:
    """Return a review as it reads."""
    body = markdown_html(without_front_matter(review.text), review.file, level=2)
    return rendered("review.html", frame=frame, name=review_name(review), body=body)


def without_front_matter(text: str) -> str:
    """Return a text without the lines between the two `---` at its top, and without comments."""
    lines = text.removeprefix("\ufeff").splitlines()
    if lines[:1] == ["---"] and "---" in lines[1:]:
        lines = lines[lines.index("---", 1) + 1 :]
    return "\n".join(_without_comments(lines))


def _without_comments(lines: Iterable[str]) -> list[str]:
    # The marks around what is filled in are comments; with HTML off they would be shown.
    return [one for one in lines if not (one.startswith("<!--") and one.rstrip().endswith("-->"))]
