"""The page of what a new plan would change."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.idle_tracks import idle_tracks
from curriculum.services.planning import NothingToPlanError, Planned, make_plan
from curriculum.services.publishing import preview_publication
from curriculum.views.html.plan import PlanPreview, plan_content
from curriculum.views.html.refusals import nothing_to_plan_content
from curriculum.views.text.problems import problem_report
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest

_COMMANDS = ("curriculum plan --dry-run", "curriculum plan")


def show_plan(asked: PageRequest) -> Response:
    """Show what a new plan would change."""
    try:
        planned = make_plan(asked.workspace)
    except NothingToPlanError:
        return shown_page(asked, "road", "Plan", nothing_to_plan_content())
    content = plan_content(asked.frame, plan_preview(planned))
    return shown_page(asked, "road", "Plan again", content, _COMMANDS)


def plan_preview(planned: Planned) -> PlanPreview:
    """Return a plan as it is looked at before it is published."""
    report = ""
    if planned.problems:
        report = problem_report(planned.problems, planned.workspace.texts)
    return PlanPreview(
        plan=planned.plan,
        idle=idle_tracks(planned),
        changes=preview_publication(planned).changes,
        zone=planned.workspace.zone,
        report=report,
    )
