"""The page of what is wrong in the files, warnings included."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.checking import check
from curriculum.views.html.refusals import no_problems_content, problems_content
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest


def show_problems_found(asked: PageRequest) -> Response:
    """Show what is wrong in the files, as `curriculum check` prints it."""
    found = check(asked.reading("all"))
    content = (
        problems_content(found.problems, found.texts) if found.problems else no_problems_content()
    )
    return shown_page(asked, "", "What is wrong in your files", content, ("curriculum check",))
