"""A review is written or filled in again, and a text of the notebook is saved."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from curriculum.services.edited_texts import (
    EditedMeanwhileError,
    editable_text,
    save_text,
    text_mark,
)
from curriculum.services.reviews import make_review
from curriculum.views.html.editing import EditedText, difference_lines, editing_content, review_name
from curriculum.web.after_recording import after_recording
from curriculum.web.answers import after_change, own_address, shown_page
from curriculum.web.fields import required
from curriculum.web.page_request import PageRequest
from curriculum.web.pages.reviews import review_meant


def review_written(asked: PageRequest) -> Response:
    """Write the review of the days since the last one."""
    made = make_review(asked.reading("own"))
    name = made.file.rpartition("/")[2].removesuffix(".md")
    news = f"wrote {made.file}" if made.is_new else f"{made.file} is there already"
    return after_change(asked, (news,), f"/reviews/{name}", can_be_undone=made.is_new)


def review_refreshed(asked: PageRequest) -> Response:
    """Fill in again what was not edited of a review."""
    review = review_meant(asked, required(asked, "name", "review"))
    made = make_review(asked.reading("own"), review.days, refresh=True)
    news = [f"filled in {made.file} again"]
    news += [f"left '{block.name}' as you edited it" for block in made.kept]
    return after_change(asked, news, f"/reviews/{review_name(review)}")


def text_saved(asked: PageRequest) -> Response:
    """Save a text of the notebook; what was changed meanwhile is shown first."""
    file = required(asked, "file", "file")
    typed = asked.form.get("text", "").replace("\r\n", "\n")
    try:
        saved = save_text(asked.workspace, file, asked.form.get("mark", ""), typed)
    except EditedMeanwhileError:
        return _again(asked, file, typed)
    return after_recording(asked, saved, "/notebook")


def _again(asked: PageRequest, file: str, typed: str) -> Response:
    now = editable_text(asked.workspace, file)
    edited = EditedText(
        file=file,
        text=typed,
        mark=text_mark(now),
        back=own_address(asked.form.get("back", "")) or "/notebook",
        difference=difference_lines(now, typed),
    )
    content = editing_content(asked.frame, edited)
    shown = shown_page(asked, "notebook", "The file was changed meanwhile", content)
    shown.status_code = HTTPStatus.CONFLICT
    return shown
