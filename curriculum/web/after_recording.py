"""What follows when a form recorded something."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.recording import Recorded
from curriculum.web.answers import after_change
from curriculum.web.page_request import PageRequest
from curriculum.web.recorded import recorded_lines


def after_recording(asked: PageRequest, recorded: Recorded, otherwise: str = "/") -> Response:
    """Return the way back to the page of a form, with what it recorded."""
    news = recorded_lines(recorded)
    return after_change(asked, news, otherwise, can_be_undone=bool(recorded.facts))
