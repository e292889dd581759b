"""The public Python API: what the commands do, for a notebook or a program."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from curriculum.graph.search import WorkSearch
from curriculum.model.curriculum import Curriculum
from curriculum.model.quantities import Moment, Pages
from curriculum.model.roads import RoadOutline
from curriculum.model.setting_in_force import SettingInForce
from curriculum.model.settings import DayRange
from curriculum.model.work_page import WorkPage
from curriculum.practice_api import Practice
from curriculum.progress.agenda import Days
from curriculum.progress.commands import RecordedCommand
from curriculum.reproduction.paper_comparison import PaperComparison
from curriculum.reproduction.power import Power
from curriculum.reproduction.readiness import Readiness
from curriculum.services.agenda import agenda_of_today, agenda_of_week
from curriculum.services.chains import PlannedChain, chain_to
from curriculum.services.checking import Checked, check
from curriculum.services.comparisons import compare
from curriculum.services.configuration import chosen_settings, configuration
from curriculum.services.context import AT_ONCE, Context
from curriculum.services.explaining import Explanation, explain
from curriculum.services.forecasting import SEED
from curriculum.services.library import UnitDetails, WorkDetails, WorkList, details_of, works_found
from curriculum.services.marking import log_study, mark_done, reopen, skip
from curriculum.services.next_units import NextUnits, next_units
from curriculum.services.planning import Planned, PlanOptions, make_plan, within_horizon
from curriculum.services.power import power
from curriculum.services.publishing import Published, preview_publication, publish_plan
from curriculum.services.readiness import ready
from curriculum.services.recording import Recorded
from curriculum.services.roads import roads_found
from curriculum.services.said_time import SaidTime
from curriculum.services.score_request import ScoreRequest
from curriculum.services.scoring import RecordedScores, score
from curriculum.services.session_records import SessionRecord, session_records
from curriculum.services.status import Status, status_of
from curriculum.services.study_log import StudyLog, study_log
from curriculum.services.syllabi import SyllabusParser, readings_of_syllabi
from curriculum.services.undoing import TakenBack, undo, undo_list
from curriculum.services.what_if import WhatIf, what_if
from curriculum.services.work_page import work_page
from curriculum.services.workspace import ResultsRead, Workspace


def open_workspace(
    path: str | os.PathLike[str] = ".",
    *,
    now: datetime | None = None,
    today: date | None = None,
) -> OpenWorkspace:
    """Return a workspace to plan, record and compare in.

    Nothing is read before a method asks for it, and every method reads the files as they are then.

    Args:
        path: The folder that holds `syllabi/` and `calendars/`.
        now: The instant of every call, with its zone; None means that of the clock.
        today: The day to take for today; None means that of `now`.

    Raises:
        ValueError: `now` has no zone.
    """
    if now is not None and now.tzinfo is None:
        raise ValueError("'now' has no zone; write it like 'datetime.now(UTC)'")
    return OpenWorkspace(Path(path), now, today)


class OpenWorkspace:
    """A workspace, and what a person can do in it.

    Values come back, nothing is printed. All methods may raise `ProblemsError` when a file of the
    workspace has errors, `UsageError` when a name is not known, and `CurriculumError` for what is
    wrong in the world: a file that cannot be read, a journal that is locked. `check` returns
    problems instead of raising them.

    Attributes:
        root: The folder of the workspace.
        practice: The habits: notebook, reviews, time, ideas, incoming papers, predictions.
    """

    def __init__(self, root: Path, now: datetime | None, today: date | None) -> None:
        self.root = root
        self._now = now
        self._today = today
        # Syllabi that have not changed are not parsed again by the next call.
        self._parser = SyllabusParser(readings_of_syllabi(self.root))
        self.practice = Practice(self._workspace)

    def _workspace(self, results: ResultsRead = "own") -> Workspace:
        now = self._now or datetime.now(UTC)
        return Workspace(Context(self.root, now, self._today), results, self._parser)

    def check(self) -> Checked:
        """Return everything that is wrong with the syllabi and the settings."""
        return check(self._workspace("all"))

    def config(self, key: str | None = None) -> tuple[SettingInForce, ...]:
        """Return the settings in force, each with what decided it: all, or a key and those below.

        Passwords, and what follows the host in the address of a calendar, are hidden.
        """
        return chosen_settings(configuration(self._workspace("none"), os.environ), key)

    def works(self, search: str | WorkSearch = "") -> WorkList:
        """Return the works that a search finds; a text stands for the words of one."""
        return works_found(self._workspace("all"), search)

    def page(self, work: str) -> WorkPage:
        """Return everything that is known of a work."""
        return work_page(self._workspace(), work)

    def roads(self, search: str = "") -> tuple[RoadOutline, ...]:
        """Return the ready-made roads that hold every word of a search."""
        return roads_found(self._workspace(), search)

    def show(self, name: str) -> WorkDetails | UnitDetails:
        """Return what the syllabi say of a work, or of a unit."""
        return details_of(self._workspace("all"), name)

    def path(self, *goals: str) -> Curriculum:
        """Return the smallest set of units that leads to the given goals, or to the settings'."""
        return self._workspace().curriculum(goals)

    def next(self, *goals: str) -> NextUnits:
        """Return the units that can be studied now."""
        return next_units(self._workspace("none"), goals)

    def plan(
        self,
        *goals: str,
        start: Moment | None = None,
        output: Path | None = None,
        horizon: timedelta | None = None,
        unfreeze: bool = False,
    ) -> Planned:
        """Return a plan; nothing is written.

        Args:
            *goals: What to plan for; none means the goals of the settings.
            start: The day or local time at which it starts; None means now.
            output: Where its calendars would be published; None means `calendars/`.
            horizon: How far ahead its sessions are published; None means all of them.
            unfreeze: Whether the sessions of the next hours may move, too.
        """
        options = PlanOptions(goals, start, output, unfreeze, AT_ONCE)
        return within_horizon(make_plan(self._workspace(), options), horizon)

    def what_if(self, *changes: str, goals: Sequence[str] = ()) -> WhatIf:
        """Return a plan with other settings beside the plan without them; nothing is written.

        Args:
            *changes: Lines as in `curriculum.yaml`, like `load: 70%`; each replaces its setting,
                and `away` adds days.
            goals: What both plans are for; none means the goals of the settings.
        """
        return what_if(self._workspace(), changes, PlanOptions(tuple(goals), oldest=AT_ONCE))

    def sessions(self, planned: Planned | None = None) -> list[SessionRecord]:
        """Return the sessions of a plan as records; without a plan, of one that is made now."""
        return session_records(planned or self.plan())

    def preview(self, planned: Planned | None = None) -> Published:
        """Return what publishing a plan would change, by default of one made now.

        Nothing is written. `coming` is how many published sessions are not over, `changes.gone`
        holds those that would be removed.
        """
        return preview_publication(planned or self.plan())

    def publish(self, planned: Planned | None = None) -> Published:
        """Write the calendars of a plan, by default of one made now, and return what changed.

        A plan for goals of its own replaces the published one, as `plan GOAL --publish` does:
        `preview` says beforehand what that removes.
        """
        return publish_plan(planned or self.plan())

    def why(self, unit: str) -> Explanation | None:
        """Return why a unit is planned when it is; None for a unit that is not planned at all."""
        return explain(self._workspace(), unit)

    def chain(self, name: str) -> PlannedChain:
        """Return the units that fix when a unit, a work or what teaches a topic is finished."""
        return chain_to(self._workspace(), name)

    def status(self, *, seed: int = SEED) -> Status:
        """Return how far every work and goal has come, and when the goals will be reached."""
        return status_of(self._workspace(), seed)

    def today(self, on: date | None = None) -> Days:
        """Return the sessions of today, and what was missed before; or those of another day."""
        return agenda_of_today(self._workspace("none"), on)

    def week(self, later: int = 0, on: date | None = None) -> Days:
        """Return the sessions of a week from Monday to Sunday, so many weeks after this one.

        Args:
            later: How many weeks later.
            on: A day of the week to count from; None means today.
        """
        days = None if on is None else DayRange(on, on)
        return agenda_of_week(self._workspace("none"), later, days)

    def study_log(self, first: date = date.min, last: date = date.max) -> StudyLog:
        """Return the study that was recorded from one day to another, both included."""
        return study_log(self._workspace("none"), DayRange(first, last))

    def record(
        self,
        *units: str,
        studied: timedelta | None = None,
        pages: Pages | None = None,
        day: date | None = None,
    ) -> Recorded:
        """Record that units are done, or that one of them was studied.

        Args:
            *units: Their names, in full or in part; none means that the published plan was followed
                until now.
            studied: How long a single unit was studied; None means that the units are done.
            pages: The pages that were read.
            day: The day it was on; None means now.
        """
        workspace = self._workspace("none")
        if studied is None:
            return mark_done(workspace, units, SaidTime(day))
        return log_study(workspace, units, studied, pages, SaidTime(day))

    def skip(self, *units: str) -> Recorded:
        """Record that units are left out of the plan."""
        return skip(self._workspace("none"), units)

    def reopen(self, *units: str) -> Recorded:
        """Record that units are not done."""
        return reopen(self._workspace("none"), units)

    def undo_list(self) -> tuple[RecordedCommand, ...]:
        """Return what can be taken back, the newest first, each with its number."""
        return undo_list(self._workspace("none"))

    def undo(self, number: int = 1) -> TakenBack:
        """Take back what was recorded last, or what has a number in `undo_list`."""
        return undo(self._workspace("none"), number)

    def compare(self, paper: str | None = None, *, seed: int = SEED) -> tuple[PaperComparison, ...]:
        """Return the comparison of a paper, or of every paper with scores, with what it claims."""
        return compare(self._workspace("none"), paper, seed=seed)

    def score(
        self,
        result: str,
        *values: float | str,
        **options: Any,  # Any: the attributes of a ScoreRequest
    ) -> RecordedScores:
        """Record scores of a published result, one for each seed, and return the verdict with them.

        Args:
            result: The result, as `PAPER#RESULT`.
            *values: The scores; with `paths=...`, they are read from logs instead.
            **options: What else is said of them: the attributes of a `ScoreRequest`.
        """
        request = ScoreRequest(values=tuple(map(str, values)), **options)
        return score(self._workspace("none"), result, request)

    def power(
        self, result: str, seeds: Sequence[int] = range(3, 11), sd: float | None = None
    ) -> Power:
        """Return how likely each verdict on a published result is beforehand.

        Args:
            result: The result, as `PAPER#RESULT`.
            seeds: The numbers of runs.
            sd: The standard deviation of the runs; None for that of those so far, or the paper's.
        """
        return power(self._workspace("none"), result, seeds, sd)

    def ready(self, goal: str | None = None) -> Readiness:
        """Return what a goal, a topic or the goals of the settings still require."""
        return ready(self._workspace(), goal)
