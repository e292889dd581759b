"""Small libraries for tests of the graph, written as YAML so that every reference has its place."""

from __future__ import annotations

from datetime import UTC

from curriculum.graph.goals import GoalRequest
from curriculum.graph.resolution import Resolution, resolve
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.library import Library
from curriculum.model.references import UnitReference
from curriculum.model.settings import Goal
from curriculum.syllabus.library import SyllabusText, read_library


def library(**works: str) -> Library:
    """Return a library of works given as YAML without the title; `_` in a name stands for `-`."""
    texts = [
        SyllabusText(f"{name.replace('_', '-')}.yaml", f"title: {name}\n{text}")
        for name, text in works.items()
    ]
    read = read_library(texts)
    assert read.problems == ()
    return read.library


def book(*chapters: str) -> str:
    """Return a textbook of chapters in flow style, each of an hour unless it says otherwise."""
    return "kind: textbook\nchapters:\n" + "".join(
        f"  - {{{_timed(chapter)}}}\n" for chapter in chapters
    )


def paper(*steps: str) -> str:
    """Return a paper of steps in flow style, each of an hour unless it says otherwise."""
    return "kind: paper\nsteps:\n" + "".join(f"  - {{{_timed(step)}}}\n" for step in steps)


def thesis(*chapters: str) -> str:
    """Return a thesis of chapters in flow style, each of an hour unless it says otherwise."""
    return "kind: thesis\nchapters:\n" + "".join(
        f"  - {{{_timed(chapter)}}}\n" for chapter in chapters
    )


def _timed(unit: str) -> str:
    return f"title: T, {unit}" if "effort:" in unit else f"title: T, {unit}, effort: 1h"


def reach(
    works: Library, *goals: str | Goal, known: tuple[str, ...] = (), done: tuple[str, ...] = ()
) -> Resolution:
    """Resolve goals; text names a work, a unit or a range, and `topic:t` a topic."""
    wanted = tuple(goal if isinstance(goal, Goal) else _goal(goal) for goal in goals)
    references = tuple(UnitReference(ref=name) for name in known)
    request = GoalRequest(wanted, references, frozenset(map(UnitId, done)))
    return resolve(works, request, zone=UTC)


def _goal(text: str) -> Goal:
    return Goal(topic=text.removeprefix("topic:")) if text.startswith("topic:") else Goal(work=text)


def curriculum(
    works: Library, *goals: str | Goal, known: tuple[str, ...] = (), done: tuple[str, ...] = ()
) -> Curriculum:
    """Resolve goals that are known to be sound."""
    resolution = reach(works, *goals, known=known, done=done)
    assert resolution.problems == ()
    assert resolution.curriculum is not None
    return resolution.curriculum
