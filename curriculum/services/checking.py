"""What is wrong with the files of a workspace, errors and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from curriculum.graph.goals import GoalRequest
from curriculum.graph.lint import lint
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem, Severity
from curriculum.practice.paper_draft import draft_file
from curriculum.practice.skim_files import SkimFile
from curriculum.services.ablations import ablation_problems, ablation_tables
from curriculum.services.admiration import admired_of
from curriculum.services.busy_sources import busy_file_problems
from curriculum.services.ideas import idea_problems, ideas_of
from curriculum.services.notebook_checks import notebook_problems
from curriculum.services.orphaned_records import journal_problems
from curriculum.services.predictions import predictions_of
from curriculum.services.roads import road_problems, roads_of
from curriculum.services.skims import skim_files, skim_problems
from curriculum.services.taste import taste_problems
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        problems: Everything that is wrong, sorted by place.
        texts: File label to its text, for excerpts.
        works: How many works can be used.
        units: How many units they have.
        short_goals: Each goal of the settings whose work has a longer name, as it is written, and
            the full name of what it means.
    """

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    works: int
    units: int
    short_goals: tuple[tuple[str, str], ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether a plan cannot be made."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def check(workspace: Workspace) -> Checked:
    """Return everything that is wrong with the syllabi, the settings and the busy files they name.

    Addresses are not asked: a check needs no network.

    Raises:
        CurriculumError: A file cannot be read.
    """
    settings = workspace.settings
    request = GoalRequest(settings.goals, settings.known, source=workspace.setting.source)
    busy = busy_file_problems(workspace)
    found = {*workspace.problems, *workspace.rival_problems, *lint(workspace.library, request)}
    found |= set(busy)
    found |= set(notebook_problems(workspace))
    found |= set(journal_problems(workspace))
    ideas = ideas_of(workspace)
    found |= set(idea_problems(workspace, ideas))
    roads = roads_of(workspace.context.root)
    found |= set(road_problems(workspace, roads))
    skims = skim_files(workspace)
    found |= set(skim_problems(workspace, skims))
    predictions, admired = predictions_of(workspace), admired_of(workspace)
    found |= {*taste_problems(workspace, predictions), *admired.problems}
    sources = [predictions.source, admired.source, *(idea.source for idea in ideas)]
    sources += (road.source for road in roads)
    sources += (file.source for file in skims)
    texts = {**workspace.texts, **{source.file: source.text for source in sources}}
    tables = ablation_tables(workspace)
    found |= set(ablation_problems(tables))
    texts |= {table.file: table.text for table in tables}
    found -= set(_of_new_drafts(found, skims))
    works = workspace.library.works
    units = sum(len(work.units) for work in works.values())
    return Checked(tuple(sorted(found)), texts, len(works), units, tuple(_short_goals(workspace)))


def _short_goals(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield the goals that name a work by a part of its name, and what they mean."""
    for written, meant in zip(workspace.settings.goals or (), workspace.goals_in_full, strict=True):
        if written.work is not None and meant.work is not None and written.work != meant.work:
            yield written.work, meant.work


def _of_new_drafts(problems: Iterable[Problem], files: Iterable[SkimFile]) -> Iterator[Problem]:
    """Yield the warnings that no goal reaches a work that was drafted of a paper that came in.

    Whoever drafts it is told to name it in a goal, and may do so when it is its turn.
    """
    drafts = {draft_file(read.skim.work) for file in files for read in file.skims if read.skim.work}
    for problem in problems:
        if problem.code == "unreached-work" and problem.place.file in drafts:
            yield problem
