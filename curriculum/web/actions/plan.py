"""A plan is published, if it is the one that was shown."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from curriculum.services.context import AT_ONCE
from curriculum.services.planning import PlanOptions, make_plan
from curriculum.services.publishing import publish_plan
from curriculum.views import text
from curriculum.views.html.plan import plan_content
from curriculum.web.answers import after_change, shown_page
from curriculum.web.page_request import PageRequest
from curriculum.web.pages.plan import plan_preview


def plan_published(asked: PageRequest) -> Response:
    """Publish the plan that was shown; another one is shown first."""
    workspace = asked.reading("own")
    planned = make_plan(workspace, PlanOptions(oldest=AT_ONCE))
    preview = plan_preview(planned)
    if asked.form.get("plan", "") != preview.mark:
        content = plan_content(asked.frame, preview, is_other=True)
        shown = shown_page(asked, "road", "Plan again", content, ("curriculum plan",))
        shown.status_code = HTTPStatus.CONFLICT
        return shown
    published = publish_plan(planned)
    line = text.publication.publication_line(
        published.folder, published.counts, is_news=bool(published.written)
    )
    return after_change(asked, (line,), "/road", can_be_undone=False)
