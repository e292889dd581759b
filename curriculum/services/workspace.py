"""Gather what the commands work on: the files of the workspace, read into values; nothing is decided here."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Literal, TypeAlias

import click

from curriculum.disk.workspace import (
    SETTINGS,
    WorkspaceFile,
    built_in_library,
    is_home_of_the_library,
    read_workspace,
)
from curriculum.graph.goals import COMMAND_LINE, GoalRequest
from curriculum.graph.resolution import Resolution, resolve
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.library import Library
from curriculum.model.problems import Problem, Severity
from curriculum.model.settings import Goal, Settings
from curriculum.model.sources import Source
from curriculum.services.context import Context
from curriculum.services.settings import setting_in
from curriculum.syllabus.library import SyllabusText, read_library
from curriculum.syllabus.text_checks import decode
from curriculum.syllabus.without_results import without_results
from curriculum.views.text.problems import problem_report

Results: TypeAlias = Literal["all", "own", "none"] | frozenset[str]

NOTHING: frozenset[UnitId] = frozenset()


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace, read.

    Attributes:
        desk: Where and when the command runs.
        settings: The settings, or the defaults where the file is missing or has a problem.
        source: Where the settings stand.
        library: The works without a problem.
        problems: Everything wrong with the files, sorted.
        texts: File label to its text, for the excerpts of problems.
        zone: The zone of the person's clock.
    """

    desk: Context
    settings: Settings
    source: Source
    library: Library
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    zone: tzinfo

    @property
    def today(self) -> date:
        """Today's date on the person's clock."""
        return self.desk.today(self.zone)


def gather(desk: Context, results: Results = "own") -> Workspace:
    """Read the workspace, and the built-in library behind it.

    Args:
        desk: Where and when the command runs.
        results: Of which papers the published results are read: `all`, the workspace's `own`, `none`, or those named;
            they are more than half of the text.

    Raises:
        CurriculumError: A file is there and cannot be read.
    """
    found = read_workspace(desk.root)
    at_home = is_home_of_the_library(desk.root)
    own, own_problems = _texts(found.syllabi, is_own=not at_home, results=results)
    built_in, built_in_problems = _texts(
        () if at_home else built_in_library(), is_own=False, results=results
    )
    read = read_library([*own, *built_in])
    undecoded = {problem.place.file for problem in (*own_problems, *built_in_problems)}
    unread = {file.stem for file in found.syllabi if file.label in undecoded}
    library = replace(read.library, unread=read.library.unread | unread)
    setting = setting_in(found.settings)
    problems = (
        *found.problems,
        *own_problems,
        *built_in_problems,
        *read.problems,
        *setting.problems,
    )
    return Workspace(
        desk=desk,
        settings=setting.settings,
        source=setting.source,
        library=library,
        problems=tuple(sorted(problems)),
        texts={
            SETTINGS: setting.text,
            **{syllabus.file: syllabus.text for syllabus in (*built_in, *own)},
        },
        zone=setting.zone,
    )


def _texts(
    files: Iterable[WorkspaceFile], *, is_own: bool, results: Results
) -> tuple[list[SyllabusText], list[Problem]]:
    texts, problems = [], []
    wanted_all = results == "all" or (is_own and results == "own")
    for file in files:
        text = decode(file.label, file.data)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            wanted = wanted_all or (isinstance(results, frozenset) and file.stem in results)
            texts.append(
                SyllabusText(file.label, text if wanted else without_results(text), is_own)
            )
    return texts, problems


def require_sound(gathered: Workspace, *more: Problem) -> None:
    """Print all problems on stderr, and end the command with status 1 if one of them is an error."""
    problems = sorted({*gathered.problems, *more})
    if problems:
        click.echo(problem_report(problems, gathered.texts), err=True, nl=False)
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(1)


def goals_of(names: Iterable[str], gathered: Workspace) -> tuple[Goal, ...] | None:
    """Return the goals named on the command line, else those of the settings; `topic:NAME` names a topic.

    A goal that the settings hold too keeps its dates.
    """
    known = {str(goal): goal for goal in gathered.settings.goals or ()}
    named = tuple(known.get(name) or _goal(name) for name in names)
    return named or gathered.settings.goals


def _goal(name: str) -> Goal:
    return Goal(topic=name.removeprefix("topic:")) if name.startswith("topic:") else Goal(work=name)


def resolve_goals(
    names: tuple[str, ...], gathered: Workspace, done: frozenset[UnitId] = NOTHING
) -> Resolution:
    """Return the curriculum that leads to the goals after what is done, or what is wrong with them."""
    return resolve(
        gathered.library,
        GoalRequest(
            goals_of(names, gathered),
            known=gathered.settings.known,
            done=done,
            source=None if names else gathered.source,
        ),
        zone=gathered.zone,
        speeds=gathered.settings.speed,
    )


def _refuse_typed(problems: Iterable[Problem]) -> None:
    """End the command as wrongly used when goals typed on the command line lead nowhere."""
    typed = [problem for problem in problems if problem.place == COMMAND_LINE]
    if typed:
        raise click.BadParameter(
            "; ".join(f"{one.message}; {one.hint}" for one in typed), param_hint="GOAL"
        )


def curriculum_for(
    names: tuple[str, ...], gathered: Workspace, done: frozenset[UnitId] = NOTHING
) -> Curriculum:
    """Return the curriculum that leads to the goals after what is done; end the command when there is a problem.

    Raises:
        click.BadParameter: A goal on the command line names nothing.
    """
    resolution = resolve_goals(names, gathered, done)
    _refuse_typed(resolution.problems)
    require_sound(gathered, *resolution.problems)
    assert resolution.curriculum is not None, "a resolution without a problem has a curriculum"
    return resolution.curriculum
