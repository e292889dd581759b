"""What every page of the browser has around its own content: where one is, the timer, news."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.views.html.rendering import rendered, static_text, stylesheet, version_of

VIEWS = {
    "today": ("/", "Today"),
    "road": ("/road", "Road"),
    "graph": ("/graph", "Graph"),
    "results": ("/results", "Results"),
    "time": ("/time", "Time"),
    "notebook": ("/notebook", "Notebook"),
    "reviews": ("/reviews", "Reviews"),
    "ideas": ("/ideas", "Ideas"),
    "library": ("/library", "Library"),
}
"""Each view, with its address and what it is called."""


@dataclass(frozen=True, slots=True)
class ShownTimer:
    """The timer that runs.

    Attributes:
        unit: What it runs on.
        since: When it was started, as seconds since the epoch.
        minutes: Whole minutes since then.
    """

    unit: UnitId
    since: int
    minutes: int


@dataclass(frozen=True, slots=True)
class News:
    """What was just recorded.

    Attributes:
        lines: A sentence each.
        can_be_undone: Whether it can be taken back.
    """

    lines: tuple[str, ...]
    can_be_undone: bool = False


NO_NEWS = News(())


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around the content of a page.

    Attributes:
        workspace: What the person calls the workspace.
        address: The address of the page, to which a form leads back.
        token: What a form must carry to change anything.
        seen: A mark of the state that the page shows; a form that carries an older one is refused.
        timer: The timer that runs; None when none does.
        news: What was just recorded.
        problems: How many problems the settings have.
    """

    workspace: str
    token: str
    address: str = "/"
    seen: str = ""
    timer: ShownTimer | None = None
    news: News = NO_NEWS
    problems: int = 0


def framed(
    frame: Frame, view: str, title: str, content: Markup, commands: Iterable[str] = ()
) -> str:
    """Return a whole page.

    Args:
        frame: What is around its content.
        view: The view that it belongs to, a key of `VIEWS`; empty for none.
        title: Its title.
        content: What it shows.
        commands: The command lines that say the same.
    """
    return rendered(
        "base.html",
        frame=frame,
        view=view,
        views=VIEWS,
        title=title,
        content=content,
        commands=tuple(commands),
        css=version_of(stylesheet()),
        js=version_of(static_text("page.js")),
    )
