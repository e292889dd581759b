"""Works and units as a person looks them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from curriculum.graph.frontier import unlocks
from curriculum.graph.search import WorkSearch, has_result_at, search_library
from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.suggestions import suggestion
from curriculum.model.works import Paper, Work
from curriculum.progress.time_spent import TimeSpent, time_spent, total_of
from curriculum.services.errors import UsageError
from curriculum.services.unit_names import name_meant
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WorkList:
    """Works that were found.

    Attributes:
        works: Name to work, sorted by name.
        minutes: Name to the effort of the whole work.
        own: Names of the works that the workspace defines; the others are built in.
        on_cpu: Name of a paper to the number of its results that a laptop can try.
    """

    works: Mapping[str, Work]
    minutes: Mapping[str, int]
    own: frozenset[str]
    on_cpu: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkDetails:
    """A work with the efforts of its units, and what went into it."""

    name: str
    work: Work
    efforts: Mapping[UnitId, int]
    spent: TimeSpent


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """A unit with its effort in minutes, what went into it, and the units that wait for it."""

    unit: UnitId
    library: Library
    effort: int
    dependants: tuple[UnitId, ...]
    spent: TimeSpent


def works_found(
    workspace: Workspace, search: str | WorkSearch = "", *, with_results: bool = True
) -> WorkList:
    """Return the works that a search finds; text stands for the words of one.

    Args:
        workspace: The workspace; it need not hold the published results of the library.
        search: What is looked for.
        with_results: Whether the papers that are found hold their published results; these are
            read of no other paper, unless the search is for them.

    Raises:
        ProblemsError: A file has an error.
        UsageError: No unit teaches the topic that is asked for.
    """
    workspace.require_sound()
    wanted = WorkSearch(search) if isinstance(search, str) else search
    _require_taught(workspace, wanted.topic)
    works = _found_by_outline(workspace, wanted)
    if with_results or wanted.scale is not None:
        works = {name: _with_results(workspace, name, work) for name, work in works.items()}
    works = {name: work for name, work in works.items() if has_result_at(work, wanted.scale)}
    return WorkList(works, _minutes(workspace, works), workspace.library.own, _on_cpu(works))


def _found_by_outline(workspace: Workspace, wanted: WorkSearch) -> dict[str, Work]:
    """Return the works that are found by all that is asked for besides published results."""
    works = dict(search_library(workspace.library, replace(wanted, scale=None)))
    if wanted.most_minutes is None:
        return works
    minutes = _minutes(workspace, works)
    return {name: works[name] for name in works if minutes[name] <= wanted.most_minutes}


def _minutes(workspace: Workspace, works: Mapping[str, Work]) -> dict[str, int]:
    """Return the effort of each work as a whole."""
    efforts = workspace.efforts
    return {
        name: sum(efforts[unit_id(name, unit.id)] for unit in work.units)
        for name, work in works.items()
    }


def _on_cpu(works: Mapping[str, Work]) -> dict[str, int]:
    """Return how many results of each paper a laptop can try."""
    return {
        name: sum(result.scale == "cpu" for result in work.results)
        for name, work in works.items()
        if isinstance(work, Paper)
    }


def _with_results(workspace: Workspace, name: str, work: Work) -> Work:
    """Return a paper with its published results; another work, or a faulty one, as it is."""
    if not isinstance(work, Paper) or work.results:
        return work
    results = workspace.paper_results(name) or {}
    return work.model_copy(update={"results": tuple(results.values())})


def works_read(workspace: Workspace) -> dict[str, Work]:
    """Return the works on the way to the goals, by name.

    Raises:
        ProblemsError: A file has an error, or the goals cannot be reached.
    """
    names = sorted({work_of(unit) for unit in workspace.curriculum().units})
    return {name: workspace.library.works[name] for name in names}


def _require_taught(workspace: Workspace, topic: str | None) -> None:
    """Refuse a topic that no unit teaches.

    Raises:
        UsageError: It is one.
    """
    if topic is None or topic in workspace.catalogue.teachers:
        return
    advice = "search for a word instead: curriculum library WORD"
    hint = suggestion(topic, workspace.catalogue.teachers, advice, most=3)
    raise UsageError(f"no unit teaches '{topic}'; {hint}", "--topic")


def details_of(workspace: Workspace, name: str) -> WorkDetails | UnitDetails:
    """Return what the syllabi say of a work or a unit, and the time that went into it.

    Raises:
        ProblemsError: A file has an error.
        UsageError: There is no such work or unit.
        CurriculumError: The journal cannot be read.
    """
    workspace.require_sound()
    library = workspace.library
    name = name_meant(name, workspace, "WORK|UNIT")
    spent = time_spent(workspace.progress, workspace.efforts)
    if "/" not in name:
        own = total_of(time for unit, time in spent.items() if work_of(unit) == name)
        return WorkDetails(name, library.works[name], workspace.efforts, own)
    unit = UnitId(name)
    # A unit can be shown although the goals lead nowhere: then nothing waits for it.
    curriculum = workspace.resolution().curriculum
    waiting = unlocks(curriculum, unit) if curriculum is not None else ()
    own = spent.get(unit, TimeSpent())
    return UnitDetails(unit, library, workspace.efforts[unit], waiting, own)
