"""What a request asks, as a page or an action takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from urllib.parse import urlencode

from curriculum.model.late_dataclasses import dataclass
from curriculum.services.context import Context
from curriculum.services.workspace import ResultsRead, Workspace
from curriculum.views.html.frame import Frame, ShownTimer
from curriculum.web.memory import FilesSeen
from curriculum.web.seen import seen_of
from curriculum.web.site import Site


@dataclass(frozen=True)
class PageRequest:
    """A request, with the one reading of the clock that it is answered by.

    Attributes:
        site: The server.
        context: Where and when.
        files: How the files were when it came.
        address: The path of its address.
        path: The parts of the address that name something.
        query: What follows the question mark of the address.
        form: What a form says.
    """

    site: Site
    context: Context
    files: FilesSeen
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
        return self.site.memory.workspace(self.context, results, self.files)

    @property
    def whole_address(self) -> str:
        """The address with what it asks for, without what is only said once."""
        query = urlencode({name: value for name, value in self.query.items() if name != "news"})
        return f"{self.address}?{query}" if query else self.address

    def again(self) -> Workspace:
        """Return the workspace as it is after something was written."""
        return Workspace(self.context, results="none")

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
            address=self.whole_address,
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
