"""The page of what a new goal would do to the plan."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.model.plan import PlannedGoal
from curriculum.services.errors import UsageError
from curriculum.services.goals import GoalPreview, preview_goal
from curriculum.views.html.plan import NewGoal, new_goal_content
from curriculum.web.answers import shown_page
from curriculum.web.fields import date_field
from curriculum.web.page_request import PageRequest


def show_new_goal(asked: PageRequest) -> Response:
    """Show what a new goal would do to the plan."""
    word = asked.query.get("work", "").strip()
    if not word:
        raise UsageError("no work is named that could be a goal")
    by = date_field(asked.query.get("by", ""))
    preview = preview_goal(asked.workspace, word, by)
    new = NewGoal(preview.goal, "" if by is None else str(by), preview.written, _added(preview))
    content = new_goal_content(asked.frame, new, preview.goals, preview.changed.workspace.zone)
    due = "" if by is None else f" --by {by}"
    commands = (f"curriculum plan {preview.goal}", f"curriculum goal {preview.goal}{due}")
    return shown_page(asked, "library", f"A new goal: {preview.goal}", content, commands)


def _added(preview: GoalPreview) -> PlannedGoal:
    return preview.changed.plan.goals[-1]
