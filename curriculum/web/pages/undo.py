"""The page of what was recorded, each command with a way to take it back."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.undoing import undo_list
from curriculum.views.html.undo import undo_content
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest


def show_undo(asked: PageRequest) -> Response:
    """Show what was recorded, the newest first."""
    workspace = asked.workspace
    content = undo_content(asked.frame, undo_list(workspace), workspace.library, workspace.zone)
    commands = ("curriculum undo --list", "curriculum undo 3")
    return shown_page(asked, "today", "What was recorded", content, commands)
