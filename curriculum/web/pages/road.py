"""The page of the road ahead."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from curriculum.model.settings import DayRange
from curriculum.services.agenda import agenda_of_week
from curriculum.services.idle_tracks import idle_tracks
from curriculum.services.planning import NothingToPlanError
from curriculum.services.status import status_of
from curriculum.views.html.refusals import nothing_to_plan_content
from curriculum.views.html.road import RoadAhead, road_content
from curriculum.web.answers import shown_page
from curriculum.web.fields import days_asked_for
from curriculum.web.page_request import PageRequest


def show_road(asked: PageRequest) -> Response:
    """Show the goals on a line of time, the weeks ahead and where each work stands."""
    workspace = asked.workspace
    days = days_asked_for(asked) or DayRange(workspace.today, workspace.today)
    monday = days.first - timedelta(days=days.first.weekday())
    try:
        status = status_of(workspace)
    except NothingToPlanError:
        return shown_page(asked, "road", "Road", nothing_to_plan_content())
    road = RoadAhead(
        plan=status.planned.plan,
        forecast=status.forecast,
        works=status.works,
        idle=idle_tracks(status.planned),
        library=workspace.library,
        week=agenda_of_week(workspace, days=DayRange(monday, monday)),
        first=monday,
        today=workspace.today,
    )
    commands = (
        "curriculum status",
        f"curriculum week --on {monday}",
        "curriculum plan --dry-run --all",
    )
    return shown_page(asked, "road", "Road", road_content(asked.frame, road), commands)
