"""The pages of reviews and follow-ups, and of a text that is edited."""

from __future__ import annotations

from starlette.responses import Response

from curriculum import services
from curriculum.practice.followups import FollowUpState, follow_ups
from curriculum.practice.notebook import entry_file
from curriculum.practice.reviews import REVIEWS, Review
from curriculum.services.edited_texts import editable_text, text_mark
from curriculum.services.errors import UsageError
from curriculum.services.followups import lines_to_follow, reviews_of
from curriculum.views.html.editing import (
    EditedText,
    editing_content,
    review_content,
    review_name,
    reviews_content,
)
from curriculum.web.answers import shown_page
from curriculum.web.fields import date_field
from curriculum.web.page_request import PageRequest


def show_reviews(asked: PageRequest) -> Response:
    """Show the open follow-ups and the reviews."""
    workspace = asked.workspace
    reviews = reviews_of(workspace)
    every = follow_ups(lines_to_follow(workspace, reviews))
    still_open = [one for one in every if one.state is FollowUpState.OPEN]
    due = services.waiting.waiting_of(workspace).review
    content = reviews_content(asked.frame, reviews, still_open, due)
    commands = ("curriculum review", "curriculum followups", "curriculum followup done k7q2")
    return shown_page(asked, "reviews", "Reviews", content, commands)


def show_review(asked: PageRequest) -> Response:
    """Show a review as it reads."""
    review = review_meant(asked, asked.path["name"])
    first, last = review.days
    commands = (f"curriculum review --of {first}..{last}",)
    title = f"Review {review_name(review)}"
    return shown_page(asked, "reviews", title, review_content(asked.frame, review), commands)


def show_review_edited(asked: PageRequest) -> Response:
    """Show a review as a field to edit."""
    name = review_name(review_meant(asked, asked.path["name"]))
    return _editing(asked, "reviews", f"{REVIEWS}/{name}.md", f"/reviews/{name}")


def show_day_edited(asked: PageRequest) -> Response:
    """Show an entry of the notebook as a field to edit."""
    day = date_field(asked.query.get("day", "")) or asked.workspace.today
    return _editing(asked, "notebook", entry_file(day), f"/notebook?of={day}")


def _editing(asked: PageRequest, view: str, file: str, back: str) -> Response:
    text = editable_text(asked.workspace, file)
    shown = text.replace("\r\n", "\n")
    content = editing_content(asked.frame, EditedText(file, shown, text_mark(text), back))
    return shown_page(asked, view, f"Edit {file.rpartition('/')[2]}", content, (f"$EDITOR {file}",))


def review_meant(asked: PageRequest, name: str) -> Review:
    """Return the review of a name.

    Raises:
        UsageError: There is none.
    """
    for review in reviews_of(asked.workspace):
        if review_name(review) == name:
            return review
    raise UsageError(f"no review is called '{name}'")
