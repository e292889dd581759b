"""The page of today: what is on, what was missed, and what waits."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.agenda import agenda_of_today
from curriculum.services.what_waits import what_waits
from curriculum.views.html.today import today_content
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest


def show_today(asked: PageRequest) -> Response:
    """Show what is on today."""
    workspace = asked.workspace
    content = today_content(asked.frame, agenda_of_today(workspace), what_waits(workspace))
    return shown_page(asked, "today", "Today", content, ("curriculum today",))
