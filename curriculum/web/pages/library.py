"""The pages of the library: a search, a work, a unit."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.library import UnitDetails, WorkDetails, details_of, works_found
from curriculum.views.html.library import (
    ShownUnit,
    ShownWork,
    library_content,
    unit_content,
    work_content,
)
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest


def show_library(asked: PageRequest) -> Response:
    """Show the works that hold every word of a search."""
    search = asked.query.get("search", "").strip()
    found = works_found(asked.workspace, search, with_results=False)
    content = library_content(asked.frame, search, found.works, found.minutes, found.own)
    command = f'curriculum library "{search}"' if search else "curriculum library"
    return shown_page(asked, "library", "Library", content, (command,))


def show_work_or_unit(asked: PageRequest) -> Response:
    """Show a work with its units, or a unit with what it needs and unlocks."""
    found = details_of(asked.workspace, asked.path["name"])
    if isinstance(found, WorkDetails):
        return _work(asked, found)
    return _unit(asked, found)


def _work(asked: PageRequest, found: WorkDetails) -> Response:
    workspace = asked.workspace
    goals = {goal.work for goal in workspace.settings.goals or ()}
    results = workspace.paper_results(found.name) or {}
    shown = ShownWork(
        name=found.name,
        work=found.work,
        efforts=found.efforts,
        spent=found.spent,
        progress=workspace.progress,
        results=len(results),
        is_goal=found.name in goals,
    )
    commands = (f"curriculum show {found.name}", f"curriculum goal {found.name}")
    return shown_page(
        asked, "library", found.work.title, work_content(asked.frame, shown), commands
    )


def _unit(asked: PageRequest, found: UnitDetails) -> Response:
    workspace = asked.workspace
    curriculum = workspace.resolution().curriculum
    needed = None if curriculum is None else curriculum.requires.get(found.unit)
    shown = ShownUnit(
        unit=found.unit,
        library=found.library,
        effort=found.effort,
        dependants=found.dependants,
        requires=needed,
        spent=found.spent,
        progress=workspace.progress,
    )
    title = found.library.unit(found.unit).title
    commands = (
        f"curriculum show {found.unit}",
        f"curriculum log {found.unit} 45m",
        f"curriculum done {found.unit}",
        f"curriculum why {found.unit}",
    )
    return shown_page(asked, "library", title, unit_content(asked.frame, shown), commands)
