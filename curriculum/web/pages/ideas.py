"""The page of the back burner."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.ideas import ideas_due, ideas_of, missing_of
from curriculum.views.html.ideas import ideas_content
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest


def show_ideas(asked: PageRequest) -> Response:
    """Show the ideas, those that came back first."""
    workspace = asked.workspace
    every = ideas_of(workspace)
    due = ideas_due(workspace, every)
    missing = {read.name: missing_of(workspace, read) for read in every}
    content = ideas_content(asked.frame, every, due, missing)
    commands = ("curriculum ideas --all", "curriculum idea keep NAME --look 6w")
    return shown_page(asked, "ideas", "Ideas", content, commands)
