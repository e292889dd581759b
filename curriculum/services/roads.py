"""Ready-made roads: the workspace's own, and the built-in ones behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from curriculum.disk.workspace import (
    WorkspaceFile,
    built_in_roads,
    is_home_of_the_library,
    read_roads,
)
from curriculum.graph.goals import GoalRequest, aims_of, knowledge_of
from curriculum.graph.resolution import resolve
from curriculum.model.problems import Problem
from curriculum.model.roads import Road, RoadOutline
from curriculum.model.suggestions import suggestion
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.workspace import Workspace
from curriculum.syllabus.roads import RoadRead, read_road
from curriculum.syllabus.text_checks import decode


def roads_of(root: Path) -> tuple[RoadRead, ...]:
    """Return every road, by name, those with problems included; an own one hides a built-in one.

    Raises:
        CurriculumError: A file cannot be read.
    """
    found = {} if is_home_of_the_library(root) else _read(built_in_roads(), is_own=False)
    found |= _read(read_roads(root), is_own=True)
    return tuple(found[name] for name in sorted(found))


def _read(files: Iterable[WorkspaceFile], *, is_own: bool) -> dict[str, RoadRead]:
    found: dict[str, RoadRead] = {}
    for file in files:
        text = decode(file.label, file.data)
        if isinstance(text, Problem):
            blank = read_road(file.label, "", is_own=is_own)
            found[file.stem] = RoadRead(file.stem, None, blank.source, (text,), is_own)
        else:
            found[file.stem] = read_road(file.label, text, is_own=is_own)
    return found


def road_meant(root: Path, name: str) -> RoadRead:
    """Return the road that a name stands for; its beginning is enough.

    Raises:
        UsageError: No road is called that, or several are.
        ProblemsError: Its file has a problem.
    """
    every = {read.name: read for read in roads_of(root)}
    names = [name] if name in every else [one for one in every if one.startswith(name)]
    if len(names) != 1:
        hint = suggestion(name, every, "see 'curriculum library --roads'")
        if names:
            hint = f"it may be {' or '.join(names)}"
        raise UsageError(f"no road is called '{name}'; {hint}", "--road")
    read = every[names[0]]
    if read.problems:
        raise ProblemsError(read.problems, {read.source.file: read.source.text})
    return read


def roads_found(workspace: Workspace, search: str = "") -> tuple[RoadOutline, ...]:
    """Return the roads whose names, titles, descriptions or goals hold every word of a search.

    A road whose file has a problem is left out; `curriculum check` reports it.

    Raises:
        ProblemsError: A file of the library has an error.
    """
    workspace.require_sound()
    words = search.casefold().split()
    found: list[RoadOutline] = []
    for read in roads_of(workspace.context.root):
        road = read.road
        if road is not None and all(word in _searched(read.name, road) for word in words):
            found.append(_outline(workspace, read, road))
    return tuple(found)


def _searched(name: str, road: Road) -> str:
    goals = " ".join(str(one.goal) for one in road.goals)
    return f"{name} {road.title} {road.about} {goals}".casefold()


def _outline(workspace: Workspace, read: RoadRead, road: Road) -> RoadOutline:
    request = GoalRequest(tuple(one.goal for one in road.goals), road.known, source=read.source)
    speeds = workspace.settings.speed
    found = resolve(workspace.library, request, zone=workspace.zone, speeds=speeds)
    efforts = found.curriculum.efforts if found.curriculum is not None else {}
    return RoadOutline(read.name, road, read.is_own, len(efforts), sum(efforts.values()))


def road_problems(workspace: Workspace, roads: Iterable[RoadRead]) -> Iterator[Problem]:
    """Yield what is wrong with the workspace's own roads, names of nothing included."""
    for read in roads:
        if not read.is_own:
            continue
        yield from read.problems
        if read.road is None:
            continue
        goals = tuple(one.goal for one in read.road.goals)
        request = GoalRequest(goals, read.road.known, source=read.source)
        knowledge = knowledge_of(workspace.catalogue, request)
        yield from knowledge.problems
        yield from aims_of(workspace.catalogue, request, knowledge.topics).problems
