"""Everything that is known of one work."""

from __future__ import annotations

from curriculum.graph.built_on import ideas_taken_over
from curriculum.model.identifiers import work_of
from curriculum.model.work_page import IdeaOpened, WorkPage
from curriculum.progress.time_spent import time_spent, total_of
from curriculum.services.roads import roads_of
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace


def work_page(workspace: Workspace, word: str) -> WorkPage:
    """Return everything that is known of the work that a word names.

    Raises:
        ProblemsError: A file has an error.
        UsageError: There is no such work.
        CurriculumError: The journal cannot be read.
    """
    workspace.require_sound()
    name = work_meant(word, workspace, "WORK")
    library = workspace.library
    spent = time_spent(workspace.progress, workspace.efforts)
    ideas = ideas_taken_over(workspace.catalogue)
    efforts = workspace.efforts
    own = total_of(time for unit, time in spent.items() if work_of(unit) == name)
    return WorkPage(
        name=name,
        work=library.works[name],
        file=library.sources[name].file,
        is_own=name in library.own,
        efforts={unit: efforts[unit] for unit in efforts if work_of(unit) == name},
        spent=own.total,
        assumed=own.assumed,
        required_by=_required_by(workspace, name),
        opened=tuple(IdeaOpened(one.work, one.idea) for one in ideas if one.source == name),
        results=workspace.paper_results(name) or {},
        roads=_roads_to(workspace, name),
    )


def _required_by(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Return the other works with a unit that requires one of a work, whatever is chosen."""
    catalogue = workspace.catalogue
    span = set(catalogue.spans[name])
    found: set[str] = set()
    for number, needs in enumerate(workspace.library_graph.requirements.needs):
        if not span.isdisjoint(needs.hard):
            found.add(catalogue.works[number])
    return tuple(sorted(found - {name}))


def _roads_to(workspace: Workspace, name: str) -> tuple[str, ...]:
    found: list[str] = []
    for read in roads_of(workspace.context.root):
        goals = read.road.goals if read.road is not None else ()
        if any((one.work or "").partition("/")[0] == name for one in goals):
            found.append(read.name)
    return tuple(found)
