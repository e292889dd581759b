"""The prerequisite graph as a map with the person's progress on it."""

from __future__ import annotations

from curriculum.graph.study_map import StudyMap, unit_map, work_map
from curriculum.services.remaining import remaining_curriculum
from curriculum.services.workspace import Workspace


def path_map(workspace: Workspace, goals: tuple[str, ...] = ()) -> StudyMap:
    """Return the map of the units that lead to the goals, those of the settings if none is typed.

    Raises:
        ProblemsError: A file has an error.
        UsageError: A goal that was typed leads nowhere.
    """
    whole = workspace.curriculum(goals)
    left = remaining_curriculum(workspace, goals)
    return unit_map(whole, left, workspace.progress.done)


def works_of_path(workspace: Workspace, goals: tuple[str, ...] = ()) -> StudyMap:
    """Return the same map with a node for each work.

    Raises:
        ProblemsError: A file has an error.
        UsageError: A goal that was typed leads nowhere.
    """
    return work_map(path_map(workspace, goals), workspace.library)


def library_units(workspace: Workspace) -> StudyMap:
    """Return the map of every unit of the library that is not known.

    Raises:
        ProblemsError: A file has an error.
    """
    return path_map(workspace, tuple(sorted(workspace.library.works)))


def library_works(workspace: Workspace) -> StudyMap:
    """Return the map of every work of the library.

    Raises:
        ProblemsError: A file has an error.
    """
    return work_map(library_units(workspace), workspace.library)
