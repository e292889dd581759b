"""The graph of ideas of a workspace: the works of its library, and the papers that came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from curriculum.graph.built_on import ideas_taken_over
from curriculum.graph.idea_graph import IdeaEdge, IdeaGraph, idea_graph
from curriculum.graph.references import find
from curriculum.model.paper_ids import paper_id
from curriculum.model.skims import Skim
from curriculum.practice.known_papers import ids_of
from curriculum.services.skims import skims_of
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace


def ideas_graph(workspace: Workspace, name: str | None = None) -> IdeaGraph:
    """Return who takes ideas from whom.

    Args:
        workspace: The workspace.
        name: Only what a work, or a paper that came in, builds on, and what builds on it.

    Raises:
        UsageError: The name names nothing.
        CurriculumError: A file cannot be read.
    """
    skims = [one.skim for one in skims_of(workspace)]
    names = _names_of(workspace, skims)
    edges = [
        IdeaEdge(one.source, one.work, one.idea, one.why)
        for one in ideas_taken_over(workspace.catalogue)
    ]
    for skim in skims:
        edges += _edges_of(workspace, skim, names)
    return idea_graph(edges, _titles(workspace, skims), _about(workspace, name, names))


def _names_of(workspace: Workspace, skims: list[Skim]) -> Mapping[str, str]:
    """Return each id of a paper that came in to its name; that of its syllabus, if it has one."""
    names: dict[str, str] = {}
    for skim in skims:
        own = skim.work if skim.work in workspace.library.works else None
        for one in ids_of(skim):
            names.setdefault(one, own or skim.id)
    return names


def _edges_of(workspace: Workspace, skim: Skim, names: Mapping[str, str]) -> Iterator[IdeaEdge]:
    target = names.get(paper_id(skim.id) or skim.id, skim.id)
    catalogue = workspace.catalogue
    for one in skim.builds_on:
        units = find(catalogue, one.ref, None)
        source = catalogue.works[units[0]] if units else names.get(paper_id(one.ref) or one.ref)
        if source is not None:
            yield IdeaEdge(source, target, one.idea, one.why or "")


def _titles(workspace: Workspace, skims: list[Skim]) -> Mapping[str, tuple[str, int | None]]:
    titles = {skim.id: (skim.name, skim.year) for skim in skims}
    for name, work in workspace.library.works.items():
        titles[name] = (work.title, work.year)
    return titles


def _about(workspace: Workspace, name: str | None, names: Mapping[str, str]) -> str | None:
    if name is None:
        return None
    known = names.get(paper_id(name) or name)
    return known or work_meant(name, workspace, "WORK")
