"""The prerequisite graph as a page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from curriculum.graph.study_map import StudyMap
from curriculum.views.html.frame import Frame
from curriculum.views.html.graph_chart import graph_chart
from curriculum.views.html.rendering import rendered


def graph_content(
    frame: Frame, study: StudyMap, goals: Sequence[str], goal: str, scope: str
) -> Markup:
    """Return the drawing of a map, and what else can be drawn.

    Args:
        frame: What is around it.
        study: The map.
        goals: The goals of the settings.
        goal: The goal whose path is drawn; empty for all.
        scope: What is drawn: `units`, `works`, `library` or `library-units`.
    """
    chart = graph_chart(study, library_link) if study.nodes else Markup()
    return rendered("graph.html", frame=frame, chart=chart, goals=goals, goal=goal, scope=scope)


def library_link(name: str) -> str:
    """Return the address of a work or a unit."""
    return f"/library/{name}"
