"""A goal is added to the settings."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.goals import add_goal
from curriculum.web.after_recording import after_recording
from curriculum.web.fields import date_field, required
from curriculum.web.page_request import PageRequest


def goal_added(asked: PageRequest) -> Response:
    """Add a work or a unit to the goals; the plan is looked at next."""
    by = date_field(asked.form.get("by", ""))
    added = add_goal(asked.workspace, required(asked, "work", "work"), by)
    return after_recording(asked, added, "/plan")
