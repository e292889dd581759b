"""A workspace during one command: each file is read once, and only when it is needed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Literal, TypeAlias

from curriculum import graph
from curriculum.disk.workspace import SETTINGS
from curriculum.model.curriculum import Curriculum
from curriculum.model.efforts import efforts_of
from curriculum.model.first_readings import is_first_reading
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.journal import Fact
from curriculum.model.late_patterns import late_pattern
from curriculum.model.library import Library
from curriculum.model.plan import instant
from curriculum.model.problems import CurriculumError, Problem, Severity
from curriculum.model.results import Result
from curriculum.model.settings import Goal
from curriculum.model.works import Paper
from curriculum.progress.state import replay_more
from curriculum.services.context import Context
from curriculum.services.errors import ProblemsError, UsageError
from curriculum.services.settings import Setting
from curriculum.services.snapshot import Snapshot
from curriculum.services.syllabi import (
    SyllabusParser,
    SyllabusTexts,
    readings_of_syllabi,
    syllabus_texts,
)
from curriculum.syllabus.baselines import rival_flaws, rival_papers, with_rivals
from curriculum.syllabus.library import LibraryRead, SyllabusText, chosen_syllabi, read_library
from curriculum.syllabus.located_problems import with_places
from curriculum.syllabus.work_read import WorkRead

ResultsRead: TypeAlias = Literal["all", "own", "none"]
"""Whose published results are looked at with the library: those of all papers, which then hold
them; of the workspace's own, for mistakes alone; of none."""

_KIND_OF_PAPER = late_pattern(r"""^["']?kind["']?\s*:\s*["']?paper\b""", re.MULTILINE)

NOTHING: frozenset[UnitId] = frozenset()

_OF_SYLLABI = (
    "setting", "zone", "own_files", "former_names", "_syllabi", "_chosen", "_read", "library",
    "problems",
)  # fmt: skip
"""What is read of syllabi and settings alone."""

_OF_UNITS = ("catalogue", "library_graph", "efforts")
"""What rests on syllabi, settings and the first readings that were recorded."""


class Workspace(Snapshot):
    """A workspace with its works, and the built-in library behind them.

    Attributes:
        context: Where and when the command runs.
        results: The papers whose published results are read with the library. Mistakes in results
            that are not read are not reported: they stop a plan, but not the recording of a fact.
    """

    def __init__(
        self,
        context: Context,
        results: ResultsRead = "own",
        parser: SyllabusParser | None = None,
    ) -> None:
        """Read nothing yet; a parser that was used before knows what has not changed."""
        super().__init__(context)
        self.results: ResultsRead = results
        self._parser = parser or SyllabusParser(readings_of_syllabi(context.root))
        self._resolutions: dict[
            tuple[tuple[str, ...], frozenset[UnitId]], graph.resolution.Resolution
        ] = {}
        self._former: Workspace | None = None

    def after(self, facts: Iterable[Fact]) -> Workspace:
        """Return the workspace as it would be if more facts were recorded."""
        # What was read of the files does not depend on the facts.
        later = copy(self)
        later.progress = replay_more(self.progress, facts)
        return later

    def at(self, context: Context) -> Workspace:
        """Return the workspace at another moment; what was read of it is not read again."""
        later = copy(self)
        later.context = context
        return later

    def read_again(
        self, context: Context, *, keeps_journal: bool = False, keeps_syllabi: bool = False
    ) -> Workspace:
        """Return the workspace read again; a syllabus that did not change is not parsed again.

        Args:
            context: Where and when.
            keeps_journal: Whether the journal did not change, and is not read again either.
            keeps_syllabi: Whether neither a syllabus nor the settings changed.
        """
        again = Workspace(context, self.results, self._parser)
        again.facts_before = self.facts_before
        if keeps_syllabi:
            again._take_over(self, _OF_SYLLABI)
            again._former = self if "catalogue" in vars(self) else self._former
        if keeps_journal:
            again._take_over(self, ("facts",))
        if keeps_journal and keeps_syllabi:
            again._take_over(self, ("progress",))
        return again

    def _take_over(self, other: Workspace, names: Iterable[str]) -> None:
        """Take over what another workspace read already."""
        self.__dict__.update((name, vars(other)[name]) for name in names if name in vars(other))

    def _taken_over(self, name: str) -> Any:
        """Return what was found of the units before, when they were the same; None otherwise."""
        self._take_units_over()
        return vars(self).get(name)

    def _take_units_over(self) -> None:
        former, self._former = self._former, None
        # Which first readings are units depends on what was recorded of them.
        if former is not None and former._read_once == self._read_once:
            self._take_over(former, _OF_UNITS)
            # What was done may have changed; what leads to the goals from the beginning did not.
            self._resolutions |= {
                key: found for key, found in former._resolutions.items() if key[1] == NOTHING
            }

    def with_setting(self, setting: Setting) -> Workspace:
        """Return the workspace as it would be at this minute with other settings.

        Its syllabi, its journal and what is published are not read again.
        """
        context = replace(self.context, now=instant(self.minute), day=None)
        changed = Workspace(context, self.results, self._parser)
        changed.setting = setting
        changed.progress = self.progress
        changed.facts = self.facts
        changed._folders = self._folders
        changed._syllabi = self._syllabi
        changed._read = self._read
        return changed

    @cached_property
    def _syllabi(self) -> SyllabusTexts:
        return syllabus_texts(self.context.root, self.own_files)

    @cached_property
    def _chosen(self) -> Mapping[str, SyllabusText]:
        chosen, _ = chosen_syllabi(self._syllabi.texts)
        return chosen

    @property
    def names(self) -> Collection[str]:
        """The names of all works; none is parsed."""
        return self._chosen.keys()

    def syllabus_text(self, work: str) -> SyllabusText:
        """Return the text that defines a work.

        Raises:
            KeyError: None does.
        """
        return self._chosen[work]

    @property
    def paper_names(self) -> Collection[str]:
        """The names of the works whose syllabi say at the start of a line that they are papers."""
        return [name for name, one in self._chosen.items() if _KIND_OF_PAPER.search(one.text)]

    @property
    def preferred(self) -> frozenset[str]:
        """The works that are meant rather than others: the goals, and the workspace's own."""
        own = {name for name, syllabus in self._chosen.items() if syllabus.is_own}
        return frozenset(own | {work_of_goal(goal) for goal in self.settings.goals or ()})

    def units_of(self, work: str) -> tuple[str, ...]:
        """Return the ids of the units of a work, in its order; only its syllabus is parsed."""
        syllabus = self._chosen.get(work)
        found = self._parser.outline(syllabus).work if syllabus is not None else None
        return tuple(unit.id for unit in found.units) if found is not None else ()

    @cached_property
    def _read(self) -> LibraryRead:
        found = read_library(self._syllabi.texts, self._parsed)
        self._parser.keep()
        return found

    def _parsed(self, syllabus: SyllabusText) -> WorkRead:
        # Results are more than half of the text of the library.
        if self.results == "all":
            return self._parser.in_full(syllabus)
        if self.results == "own" and syllabus.is_own:
            return self._parser.checked_outline(syllabus)
        return self._parser.outline(syllabus)

    @cached_property
    def library(self) -> Library:
        """The works without a problem; whether papers hold their results depends on which are read.

        Raises:
            CurriculumError: A file is there and cannot be read.
        """
        library = self._read.library
        return replace(library, unread=library.unread | self._syllabi.undecoded)

    @property
    def _read_once(self) -> frozenset[str]:
        """The works of which first readings were recorded."""
        try:
            progress = self.progress
        except CurriculumError:
            # Works can be looked at although the journal cannot be read.
            return frozenset()
        units = (*progress.studied, *progress.done, *progress.left)
        return frozenset(work_of(unit) for unit in units if is_first_reading(unit))

    @cached_property
    def catalogue(self) -> graph.catalogue.Catalogue:
        """The units of the library, numbered."""
        known: graph.catalogue.Catalogue | None = self._taken_over("catalogue")
        return known or graph.catalogue.catalogue_of(self.library, self._read_once)

    @cached_property
    def library_graph(self) -> graph.library_graph.LibraryGraph:
        """What each unit of the library needs after what the settings say is known."""
        known: graph.library_graph.LibraryGraph | None = self._taken_over("library_graph")
        if known is not None:
            return known
        settings = self.settings
        return graph.library_graph.library_graph(self.catalogue, settings.known, settings.speed)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the files, sorted."""
        return tuple(
            sorted((*self._syllabi.problems, *self._read.problems, *self.setting.problems))
        )

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """File label to its text, for the excerpts of problems."""
        texts = {SETTINGS: self.setting.text}
        if self.setting.changes is not None:
            label, text = self.setting.changes
            texts[label] = text
        for syllabus in self._syllabi.texts:
            texts[syllabus.file] = syllabus.text
        return texts

    @cached_property
    def efforts(self) -> Mapping[UnitId, int]:
        """Every unit's effort as the syllabi and the settings give it, in minutes."""
        known: Mapping[UnitId, int] | None = self._taken_over("efforts")
        return known or efforts_of(self.library, self.settings.speed, self._read_once)

    def efforts_of_works(self, works: Collection[str]) -> Mapping[UnitId, int]:
        """Return every unit's effort of some works; only the syllabi of these are parsed."""
        found = syllabus_texts(self.context.root, self.own_files, works)
        chosen, _ = chosen_syllabi(found.texts)
        library = read_library(chosen.values(), self._parsed).library
        return efforts_of(library, self.settings.speed, works)

    def paper_results(self, work: str) -> Mapping[str, Result] | None:
        """Return a paper's published results by id, in its order; only its syllabus is read.

        None for what is not a paper, and for a paper whose syllabus has a problem.
        """
        paper = self._paper(work)
        if paper is None or self._rival_problems(work):
            return None
        return {result.id: result for result in with_rivals(paper, self._rivals(paper)).results}

    def _paper(self, work: str) -> Paper | None:
        """Return a paper with its results; None for what is not one, or has a problem."""
        syllabus = self._chosen.get(work)
        paper = self._parser.in_full(syllabus).work if syllabus is not None else None
        return paper if isinstance(paper, Paper) else None

    def _rivals(self, paper: Paper) -> Mapping[str, Paper | None]:
        """Return the other papers whose results are baselines of a paper, by name."""
        return {name: self._paper(name) for name in rival_papers(paper)}

    def _rival_problems(self, work: str) -> tuple[Problem, ...]:
        """Return what is wrong with the baselines of a paper that are in other papers."""
        paper = self._paper(work)
        if paper is None:
            return ()
        flaws = rival_flaws(paper, self._rivals(paper))
        return with_places(flaws, self._parser.in_full(self._chosen[work]).source)

    @property
    def rival_problems(self) -> tuple[Problem, ...]:
        """What is wrong with all baselines that are in other papers; every paper is read."""
        return tuple(one for work in self.paper_names for one in self._rival_problems(work))

    def work_problems(self, work: str) -> tuple[Problem, ...]:
        """Return what is wrong with the syllabus of a work, its published results included."""
        problems = [
            one for one in self._syllabi.problems if PurePosixPath(one.place.file).stem == work
        ]
        if work in self._chosen:
            problems.extend(self._parser.in_full(self._chosen[work]).problems)
            problems.extend(self._rival_problems(work))
        return tuple(sorted(problems))

    def require_sound(self, *more: Problem) -> tuple[Problem, ...]:
        """Return the warnings about the files, and of what was found besides.

        Raises:
            ProblemsError: One of the problems is an error.
        """
        return require_no_errors((*self.problems, *more), self.texts)

    def resolution(
        self, names: tuple[str, ...] = (), done: frozenset[UnitId] = NOTHING
    ) -> graph.resolution.Resolution:
        """Return the curriculum that is left to the goals, or what is wrong with them.

        Args:
            names: Goals as typed, with `topic:NAME` for a topic; none means the settings' goals.
            done: Units that are finished or left out.
        """
        # A plan asks for the goals after what is done, its balance for the goals as a whole.
        key = (names, done)
        self._take_units_over()
        if key not in self._resolutions:
            request = graph.goals.GoalRequest(
                self._goals(names),
                known=self.settings.known,
                done=done,
                source=None if names else self.setting.source,
                shares=self.settings.balance.shares,
            )
            found = graph.resolution.resolve_goals(self.library_graph, request, self.zone)
            self._resolutions[key] = found
        return self._resolutions[key]

    def curriculum(
        self, names: tuple[str, ...] = (), done: frozenset[UnitId] = NOTHING
    ) -> Curriculum:
        """Return the curriculum that leads to the goals after what is done.

        Raises:
            ProblemsError: The files have errors.
            UsageError: A goal that was typed leads nowhere.
        """
        resolution = self.resolution(names, done)
        _refuse_typed(resolution.problems)
        self.require_sound(*resolution.problems)
        assert resolution.curriculum is not None, "a resolution without a problem has a curriculum"
        return resolution.curriculum

    def _goals(self, names: Sequence[str]) -> tuple[Goal, ...] | None:
        """Return the goals typed, else the settings'; a goal that is in both keeps its dates."""
        in_settings = self.settings.goals
        if not names:
            return in_settings
        in_full = self.goals_in_full
        known = {str(goal): goal for goal in in_full}
        preferred = self.library.own | {work_of_goal(goal) for goal in in_full}
        typed = [self._in_full(_goal(name), preferred) for name in names]
        return tuple(known.get(str(goal), goal) for goal in typed)

    @property
    def goals_in_full(self) -> tuple[Goal, ...]:
        """The goals of the settings, each with the full name of its work where that is clear."""
        return tuple(self._in_full(goal, self.library.own) for goal in self.settings.goals or ())

    def _in_full(self, goal: Goal, preferred: frozenset[str]) -> Goal:
        # A goal whose name is ambiguous is reported when it is resolved, with its place.
        try:
            return graph.unit_lookup.goal_in_full(goal, self.catalogue, preferred)
        except graph.unit_lookup.UnclearNameError:
            return goal


def workspace_of(snapshot: Snapshot) -> Workspace:
    """Return a workspace with its works; what was read of it already is not read again."""
    if isinstance(snapshot, Workspace):
        return snapshot
    workspace = Workspace(snapshot.context, results="none")
    workspace.__dict__.update(snapshot.__dict__)
    return workspace


def require_no_errors(problems: Sequence[Problem], texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return the warnings among some problems, sorted.

    Raises:
        ProblemsError: One of the problems is an error.
    """
    found = tuple(sorted(set(problems)))
    if any(problem.severity is Severity.ERROR for problem in found):
        raise ProblemsError(found, texts)
    return found


def work_of_goal(goal: Goal) -> str:
    """Return the work that a goal names; the empty string for a topic."""
    return (goal.work or "").partition("/")[0]


def _goal(name: str) -> Goal:
    """Return the goal that was typed.

    Raises:
        UsageError: It cannot be the name of anything.
    """
    topic = name.removeprefix("topic:")
    try:
        return Goal(work=name) if topic == name else Goal(topic=topic)
    except ValueError as error:
        message = f"'{name}' is not a goal; 'curriculum help goal' says how goals are written"
        raise UsageError(message, "GOAL") from error


def _refuse_typed(problems: Sequence[Problem]) -> None:
    """Refuse goals that were typed and lead nowhere.

    Raises:
        UsageError: There is one.
    """
    typed = [problem for problem in problems if problem.place == graph.goals.COMMAND_LINE]
    if typed:
        raise UsageError("; ".join(f"{one.message}; {one.hint}" for one in typed), "GOAL")
