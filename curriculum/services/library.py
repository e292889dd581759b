"""Works and units as a person looks them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.graph.frontier import unlocks
from curriculum.graph.search import search_library
from curriculum.model.identifiers import UnitId, unit_id
from curriculum.model.library import Library
from curriculum.model.works import Work
from curriculum.services.unit_names import name_meant
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WorkList:
    """Works that were found.

    Attributes:
        works: Name to work, sorted by name.
        minutes: Name to the effort of the whole work.
        own: Names of the works that the workspace defines; the others are built in.
    """

    works: Mapping[str, Work]
    minutes: Mapping[str, int]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class WorkDetails:
    """A work with the efforts of its units."""

    name: str
    work: Work
    efforts: Mapping[UnitId, int]


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """A unit with its effort in minutes, and the units of the goals that wait for it."""

    unit: UnitId
    library: Library
    effort: int
    dependants: tuple[UnitId, ...]


def works_found(workspace: Workspace, search: str = "") -> WorkList:
    """Return the works whose name, title, authors or topics hold every word of a search.

    Raises:
        ProblemsError: A file has an error.
    """
    workspace.require_sound()
    works = search_library(workspace.library, search)
    minutes: dict[str, int] = {}
    for name, work in works.items():
        minutes[name] = sum(workspace.efforts[unit_id(name, unit.id)] for unit in work.units)
    return WorkList(works, minutes, workspace.library.own)


def details_of(workspace: Workspace, name: str) -> WorkDetails | UnitDetails:
    """Return what the syllabi say of a work, or of a unit.

    Raises:
        ProblemsError: A file has an error.
        UsageError: There is no such work or unit.
    """
    workspace.require_sound()
    library = workspace.library
    name = name_meant(name, workspace, "WORK|UNIT")
    if "/" not in name:
        return WorkDetails(name, library.works[name], workspace.efforts)
    unit = UnitId(name)
    # A unit can be shown although the goals lead nowhere: then nothing waits for it.
    curriculum = workspace.resolution().curriculum
    waiting = unlocks(curriculum, unit) if curriculum is not None else ()
    return UnitDetails(unit, library, workspace.efforts[unit], waiting)
