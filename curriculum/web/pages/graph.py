"""The page of the prerequisite graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from curriculum.graph.study_map import StudyMap
from curriculum.services.errors import UsageError
from curriculum.services.study_maps import library_units, library_works, path_map, works_of_path
from curriculum.services.workspace import Workspace
from curriculum.views.html.graph import graph_content
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest

_MAPS: Mapping[str, Callable[[Workspace, tuple[str, ...]], StudyMap]] = {
    "units": path_map,
    "works": works_of_path,
    "library": lambda workspace, _: library_works(workspace),
    "library-units": lambda workspace, _: library_units(workspace),
}


def show_graph(asked: PageRequest) -> Response:
    """Show what leads to the goals, or the whole library."""
    workspace = asked.workspace
    scope = asked.query.get("scope", "units")
    if scope not in _MAPS:
        raise UsageError(f"'{scope}' is not what can be drawn; that is {', '.join(_MAPS)}")
    goal = asked.query.get("goal", "").strip()
    study = _MAPS[scope](workspace, (goal,) if goal else ())
    goals = [str(one) for one in workspace.settings.goals or ()]
    content = graph_content(asked.frame, study, goals, goal, scope)
    named = f" {goal}" if goal else ""
    commands = (f"curriculum graph{named} | dot -Tsvg > graph.svg", "curriculum next")
    return shown_page(asked, "graph", "Graph", content, commands)
