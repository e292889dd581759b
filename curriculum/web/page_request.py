"""What a request asks, as a page or an action takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from curriculum.services.context import Context
from curriculum.services.workspace import ResultsRead, Workspace
from curriculum.views.html.frame import Frame, ShownTimer
from curriculum.web.seen import seen_of
from curriculum.web.site import Site


@dataclass(frozen=True)
class PageRequest:
    """A request, with the one reading of the clock that it is answered by.

    Attributes:
        site: The server.
        context: Where and when.
        address: The path of its address.
        path: The parts of the address that name something.
        query: What follows the question mark of the address.
        form: What a form says.
    """

    site: Site
    context: Context
    address: str = "/"
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace as most commands read it, without the published results of papers."""
        return self.reading("none")

    def reading(self, results: ResultsRead) -> Workspace:
        """Return the workspace with the published results that are asked for."""
        return Workspace(self.context, results=results)

    @cached_property
    def frame(self) -> Frame:
        """What is around the content of a page.

        Raises:
            CurriculumError: The settings or the journal cannot be read.
        """
        workspace = self.workspace
        return Frame(
            workspace=workspace.settings.title,
            token=self.site.token,
            seen=seen_of(workspace),
            timer=_timer(workspace),
            news=self.site.news.get(self.query.get("news", "")),
            problems=len(workspace.setting.problems),
        )


def _timer(workspace: Workspace) -> ShownTimer | None:
    timer = workspace.progress.timer
    if timer is None:
        return None
    since = int(timer.at.timestamp())
    return ShownTimer(timer.unit, since, max(0, workspace.minute - since // 60))
