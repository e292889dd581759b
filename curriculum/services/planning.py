"""The plan of a workspace, from its files, its journal and its published calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from pathlib import Path

from curriculum import services
from curriculum.availability.skimming import balance_beside_skimming
from curriculum.model.curriculum import Curriculum
from curriculum.model.habits import Sitting, SittingKind
from curriculum.model.identifiers import work_of
from curriculum.model.intervals import Intervals
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import Ledger
from curriculum.model.lived_days import fact_day
from curriculum.model.plan import FreeDay, Plan, PlannedGoal, instant, release_minute
from curriculum.model.problems import CurriculumError, Problem
from curriculum.model.progress import Progress
from curriculum.model.quantities import Moment, minutes
from curriculum.progress.pins import pinned_sessions
from curriculum.progress.session_outcomes import Named, minutes_to_give_back
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.horizon import truncated
from curriculum.schedule.plan_request import PlanRequest, plan_request
from curriculum.schedule.planning import schedule
from curriculum.schedule.slots import monday_of
from curriculum.services.context import LATER
from curriculum.services.exploration_time import (
    Scheduled,
    plan_beside_exploration,
    with_exploration,
)
from curriculum.services.free_hours import FreeHours, HoursRequest, own_uids
from curriculum.services.habit_costs import with_habit_costs
from curriculum.services.orphaned_records import journal_problems
from curriculum.services.past_sessions import PastSessions, past_sessions
from curriculum.services.plan_at_rest import Standing, schedule_at_rest
from curriculum.services.plan_basis import basis_of
from curriculum.services.remaining import balance_owed, remaining_curriculum
from curriculum.services.week_so_far import studied_by_track, studied_in_week, week_so_far
from curriculum.services.workspace import Workspace, require_no_errors

_MOST_FINDINGS = 3
_WEEK = timedelta(weeks=1)


class NothingToPlanError(CurriculumError):
    """A workspace that names no goal and defines no work."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "there is nothing to plan: name goals in 'syllabi/curriculum.yaml' ('curriculum init' "
            "makes one) or on the command line, as in 'curriculum plan ppo-2017'"
        )


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What a person may ask of a plan besides what the settings say.

    Attributes:
        goals: The goals as they are typed; none means those of the settings.
        start: When the plan starts; None means now, or the settings' start if that is later.
        output: Where the calendars are published; None means `calendars/`.
        unfreeze: Whether the sessions of the next hours may move, too.
        oldest: How old a copy of what an address answered may be before it is asked again.
    """

    goals: tuple[str, ...] = ()
    start: Moment | None = None
    output: Path | None = None
    unfreeze: bool = False
    oldest: timedelta = LATER


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with all that was needed to make it.

    Attributes:
        workspace: What it was made from.
        folder: Where its calendars are published.
        curriculum: What is still to be studied.
        plan: When.
        ledger: What was published before.
        over: Published sessions that end by this minute stay as they are.
        past: What became of the published sessions that are over.
        request: What the planner was asked for.
        free: The free hours.
        problems: Warnings about the files it was made from, sorted; an error stops a plan.
        basis: What it was made of, as a digest.
        typed_goals: The goals that were asked for instead of those of the settings.
    """

    workspace: Workspace
    folder: Path
    curriculum: Curriculum
    plan: Plan
    ledger: Ledger
    over: int
    past: PastSessions
    request: PlanRequest
    free: FreeHours
    problems: tuple[Problem, ...]
    basis: str
    typed_goals: tuple[str, ...] = ()

    @property
    def progress(self) -> Progress:
        """What was done."""
        return self.workspace.progress

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """The sittings, from the day on which the plan starts to the day it ends."""
        zone = self.workspace.zone
        first = instant(self.plan.start).astimezone(zone).date()
        last = instant(self.plan.finish or self.plan.start).astimezone(zone).date()
        return (*self.free.sittings(first, last), *self._exploration(first, last))

    def _exploration(self, first: date, last: date) -> Iterator[Sitting]:
        zone = self.workspace.zone
        for start, end in self.free.exploration(first, last):
            day = instant(start).astimezone(zone).date()
            if first <= day <= last:
                yield Sitting("exploration", day, start, end, SittingKind.EXPLORATION)

    @property
    def is_what_if(self) -> bool:
        """Whether it is for goals that were typed, and would replace a published plan."""
        return bool(self.typed_goals and self.ledger.events)


NO_OPTIONS = PlanOptions()


def make_plan(workspace: Workspace, options: PlanOptions = NO_OPTIONS) -> Planned:
    """Return the plan of a workspace, audited.

    Published sessions that begin soon stay in their places, unless the plan is to start on another
    day or `unfreeze`.

    Raises:
        ProblemsError: A file has an error.
        UsageError: A goal that was typed leads nowhere.
        CurriculumError: There is nothing to plan, or a file cannot be read.
    """
    curriculum = remaining_curriculum(workspace, options.goals)
    if not curriculum.goals:
        raise NothingToPlanError
    folder = options.output or workspace.context.calendars
    ledger = workspace.ledger_in(folder)
    now = _start(workspace, options)
    over = min(now, workspace.minute)
    past = past_sessions(workspace, ledger, over)
    standing = _standing(workspace, ledger, curriculum, now)
    basis = basis_of(workspace, options.goals)
    request = _request(workspace, options, standing, now)
    request = replace(
        request,
        missed=_missed(workspace, past, request.start),
        studied=studied_by_track(workspace, request.start),
        so_far=week_so_far(workspace, ledger, past, request.start),
    )
    if ledger.basis not in ("", basis):
        request = replace(request, published=())
    hours = HoursRequest(
        output=folder,
        ours=own_uids(workspace, ledger),
        not_before=_first_minute(request, workspace.zone),
        oldest=options.oldest,
        taken=given_up(workspace.progress),
        pinned=tuple((one.start, one.end) for one in standing.pinned.values()),
    )
    free = FreeHours(workspace, hours)
    explores = _has_candidates(workspace, ledger)
    if not explores:
        free = free.without_exploration()
    asked = request

    def scheduled(hours: FreeHours) -> Scheduled:
        if options.start is None:
            return schedule_at_rest(curriculum, asked, hours, standing)
        return schedule(curriculum, asked, hours), asked

    # Busy calendars are read as far as the planner asks: their problems are known only after it.
    plan, request, free = plan_beside_exploration(scheduled, free, workspace.settings)
    if workspace.settings.explore is not None:
        plan = with_exploration(plan, free, has_candidates=explores)
    plan = replace(plan, goals=_with_days(plan.goals, workspace, curriculum))
    plan = with_habit_costs(plan, free)
    warned = (*workspace.problems, *free.problems, *journal_problems(workspace))
    problems = require_no_errors(warned, workspace.texts)
    planned = Planned(
        workspace,
        folder,
        curriculum,
        plan,
        ledger,
        over,
        past,
        request,
        free,
        problems,
        basis,
        options.goals,
    )
    _require_promises(planned)
    return planned


def _has_candidates(workspace: Workspace, ledger: Ledger) -> bool:
    """Whether there is anything to explore; not looked for where no time is kept for it."""
    if workspace.settings.explore is None:
        return True
    return services.exploration_candidates.has_candidates(workspace, ledger)


def _missed(workspace: Workspace, past: PastSessions, start: int) -> int:
    """Return the minutes missed that the weeks before the start of a plan did not give back."""
    weekly = minutes(workspace.settings.catch_up)
    return minutes_to_give_back(past.outcomes, weekly, start, workspace.zone)


def _with_days(
    goals: Iterable[PlannedGoal], workspace: Workspace, curriculum: Curriculum
) -> tuple[PlannedGoal, ...]:
    """Return goals, those that are done with the day on which the last unit was finished."""
    finished = workspace.progress.finished
    found = []
    for goal, reached in zip(goals, curriculum.goals, strict=True):
        facts = [finished[unit] for unit in reached.units if unit in finished]
        if facts and not goal.units:
            day = max(fact_day(fact, workspace.zone) for fact in facts)
            goal = replace(goal, done_on=day)
        found.append(goal)
    return tuple(found)


def within_horizon(planned: Planned, horizon: timedelta | None) -> Planned:
    """Return a plan of which only the sessions within a span from its start are published."""
    if horizon is None:
        return planned
    end = planned.plan.start + minutes(horizon)
    return replace(planned, plan=truncated(planned.plan, end))


def _start(workspace: Workspace, options: PlanOptions) -> int:
    """Return the minute that the plan is made for."""
    if options.start is None:
        return workspace.minute
    return release_minute(options.start, workspace.zone)


def _standing(workspace: Workspace, ledger: Ledger, curriculum: Curriculum, now: int) -> Standing:
    """Return what is published and pinned."""
    works = workspace.library.works
    tracks = {unit: works[work_of(unit)].track for unit in curriculum.units}
    progress = workspace.progress
    return Standing(
        ledger=ledger,
        progress=progress,
        pinned=pinned_sessions(progress, ledger, tracks, now),
        now=now,
        soon=now + minutes(workspace.settings.freeze),
    )


def _request(
    workspace: Workspace,
    options: PlanOptions,
    standing: Standing,
    now: int,
) -> PlanRequest:
    """Return what the planner is asked for: its start, its terms, and what stays in place."""
    settings = workspace.settings
    settings = settings.model_copy(update={"balance": balance_beside_skimming(settings)})
    published: tuple[Named, ...] = ()
    # With a start of its own, the plan owes nothing to the sessions published for other days.
    if options.start is None:
        published = standing.published()
    else:
        settings = settings.model_copy(update={"start": options.start})
    kept = standing.kept(() if options.unfreeze else published)
    request = plan_request(settings, now, workspace.zone)
    owed = balance_owed(workspace, options.goals, standing.ledger, min(now, workspace.minute))
    sessions = tuple(session for _, session in published)
    return replace(request, owed=owed, published=sessions, kept=kept)


def given_up(progress: Progress) -> Intervals:
    """Return the time of missed sessions: if it were free, they would come back to it."""
    return tuple((fact.start, fact.end) for fact in progress.missed.values())


def _first_minute(request: PlanRequest, zone: tzinfo) -> int:
    """Return the first minute that may be free: on the plan's first day, or at the set start.

    Not the plan's own start: how a window is cut into sittings must not depend on when the plan
    was made.
    """
    day = request.first
    # What a cap takes from a day depends on the whole week.
    if request.caps is not None:
        day = monday_of(day)
    first = release_minute(day, zone)
    start = request.settings.start
    if start is None:
        return first
    return max(first, release_minute(start, zone))


def _require_promises(planned: Planned) -> None:
    """Check a plan by code of its own, before anyone sees it."""
    zone = planned.workspace.zone
    request = planned.request
    terms = AuditTerms(
        curriculum=planned.curriculum,
        free=_hours_of(planned.plan, planned.free, zone),
        settings=request.settings,
        zone=zone,
        kept=request.kept,
        studied=studied_in_week(planned.workspace, planned.plan.start),
        missed=request.missed,
    )
    findings = audit(planned.plan, terms)
    if findings:
        listed = "; ".join(findings[:_MOST_FINDINGS])
        raise AssertionError(f"the plan breaks a promise, please report it: {listed}")


def _hours_of(plan: Plan, free: FreeHours, zone: tzinfo) -> Sequence[FreeDay]:
    """Return the free days that a plan is made of, to the end of the week after it.

    The day before the first one is among them, because a window may reach across midnight; the last
    week is whole, because the time to catch up is that of a week.
    """
    first = instant(plan.start).astimezone(zone).date() - timedelta(days=1)
    last = instant(plan.finish or plan.start).astimezone(zone).date() + _WEEK
    return free(first, last + timedelta(days=6 - last.weekday()))
