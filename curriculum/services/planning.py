"""The plan of a workspace: what its files, its journal and its published calendars say, poured into the free hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from pathlib import Path

from curriculum.model.curriculum import Curriculum
from curriculum.model.forecast import Attendance, Forecast
from curriculum.model.formatting import local
from curriculum.model.ledger import Ledger
from curriculum.model.plan import Plan, Session, release_minute
from curriculum.model.problems import CurriculumError, Problem
from curriculum.model.progress import Progress
from curriculum.model.settings import Settings
from curriculum.progress.attendance import attendance_of
from curriculum.progress.pace import samples_of
from curriculum.progress.session_outcomes import (
    Done,
    Missed,
    actual_minutes,
    missed,
    missed_minutes,
)
from curriculum.schedule.audit import audit
from curriculum.schedule.forecast.forecast import forecast
from curriculum.schedule.planning import PlanRequest, plan_request, schedule, sittings_until
from curriculum.services.context import LATER
from curriculum.services.free_hours import Hours
from curriculum.services.remaining import left_for, owed_before
from curriculum.services.workspace import Workspace, require_no_errors


class NothingToPlanError(CurriculumError):
    """A workspace that names no goal and defines no work."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "there is nothing to plan: name goals in 'syllabi/curriculum.yaml' ('curriculum init' makes one) "
            "or on the command line, as in 'curriculum plan ppo-2017'"
        )


@dataclass(frozen=True)
class Planned:
    """A plan with all that was needed to make it.

    Attributes:
        gathered: The workspace.
        curriculum: What is still to be studied.
        plan: When.
        ledger: What was published before.
        progress: What was done.
        over: The minute of now: published sessions that end by then stay as they are.
        happened: UID of a session that is over to what was really done in it.
        missed: The sessions that are over and not accounted for.
        terms: The terms the plan was made on.
        free: The hours it was made of.
        problems: What is doubtful about the files it was made from: warnings, for errors stop it.
    """

    gathered: Workspace
    curriculum: Curriculum
    plan: Plan
    ledger: Ledger
    progress: Progress
    over: int
    happened: Mapping[str, Done]
    missed: tuple[Missed, ...]
    terms: PlanRequest
    free: Hours
    problems: tuple[Problem, ...] = ()


def make_plan(
    gathered: Workspace,
    goals: tuple[str, ...] = (),
    start: date | None = None,
    output: Path | None = None,
    *,
    unfreeze: bool = False,
    oldest: timedelta = LATER,
) -> Planned:
    """Return the plan of what was gathered, after what the journal and the published calendars say, audited.

    Ends the command when there is a problem in any file. Published sessions that begin soon stay in their places,
    unless the plan is to start on another day or `unfreeze`.
    """
    desk, zone = gathered.context, gathered.zone
    progress = gathered.progress
    curriculum = left_for(goals, gathered, progress)
    if not curriculum.goals:
        raise NothingToPlanError
    folder = output or desk.calendars
    ledger = gathered.ledger_in(folder)
    settings = gathered.settings.model_copy(update={"start": start} if start else {})
    now = desk.minute(zone) if start is None else release_minute(start, zone)
    over = min(now, desk.minute(zone))
    done, lost = _lived(ledger, over, progress, gathered)
    pinned, published = (
        _pinned(ledger, progress, now),
        _ahead(ledger, progress, now) if start is None else (),
    )
    terms = plan_request(settings, now, zone)
    terms = replace(
        terms,
        owed=owed_before(goals, gathered, progress, terms.shares),
        published=published,
        kept=(*pinned, *(() if unfreeze else _frozen(published, now, settings))),
        missed=missed_minutes(lost, now, zone),
    )
    free = Hours(
        gathered,
        folder,
        ours=frozenset(ledger.events) | frozenset(ledger.retired),
        not_before=_first_minute(terms, zone),
        oldest=oldest,
        taken=_missed(progress),
        pinned=tuple((session.start, session.end) for session in pinned),
    )
    plan = schedule(curriculum, gathered.library, terms, zone, free)
    problems = require_no_errors(free.problems, gathered.texts)
    findings = audit(plan, curriculum, free.found, settings, zone, terms.kept)
    if findings:
        raise AssertionError(
            "the plan breaks a promise, please report it: " + "; ".join(findings[:3])
        )
    return Planned(
        gathered, curriculum, plan, ledger, progress, over, done, lost, terms, free, problems
    )


def _lived(
    ledger: Ledger, over: int, progress: Progress, gathered: Workspace
) -> tuple[Mapping[str, Done], tuple[Missed, ...]]:
    """Return what was really done in the published sessions that are over, and which are not accounted for."""
    past = tuple(named for named in ledger.sessions() if named[1].end <= over)
    done = actual_minutes(past, progress, gathered.efforts, gathered.zone)
    return done, missed(past, done, progress)


def _ahead(ledger: Ledger, progress: Progress, now: int) -> tuple[Session, ...]:
    """Return the published sessions that are not over and not missed, in calendar order."""
    return tuple(
        session
        for uid, session in ledger.sessions()
        if session.end > now and uid not in progress.missed
    )


def _pinned(ledger: Ledger, progress: Progress, now: int) -> tuple[Session, ...]:
    """Return the published sessions that are pinned and not over, each where it is held."""
    found = []
    for uid, session in ledger.sessions():
        pin = progress.pins.get(uid)
        if pin is not None and pin.start is not None and pin.end is not None and pin.end > now:
            found.append(session.held(pin.start, pin.end))
    return tuple(sorted(found, key=lambda one: one.start))


def _missed(progress: Progress) -> tuple[tuple[int, int], ...]:
    """Return the time of the sessions that are not held: it is not free, or they would come back to it."""
    return tuple(
        (fact.start, fact.end) for fact in progress.missed.values() if fact.start and fact.end
    )


def _frozen(published: Iterable[Session], now: int, settings: Settings) -> tuple[Session, ...]:
    """Return the published sessions that begin too soon to be moved."""
    until = now + settings.freeze // timedelta(minutes=1)
    return tuple(session for session in published if session.start < until)


def _first_minute(terms: PlanRequest, zone: tzinfo) -> int:
    """Return the first minute that may be free: that of the plan's first day, or of the settings' start.

    Not the plan's own start: the sittings of a window must not depend on when in it the plan was made.
    """
    start = terms.settings.start
    return max(
        release_minute(terms.first, zone), release_minute(start, zone) if start is not None else 0
    )


def forecast_of(planned: Planned, seed: int) -> Forecast:
    """Return when the goals will be finished at the person's own pace, drawn from a seed."""
    plan, gathered = planned.plan, planned.gathered
    span = ((plan.finish or plan.start) - plan.start) // 1440
    return forecast(
        plan,
        planned.curriculum,
        gathered.library,
        samples_of(planned.progress, gathered.library, gathered.settings.speed),
        sittings_until(planned.terms, planned.free, 2 * span + 28),
        gathered.zone,
        seed=seed,
        attendance=_attendance(planned),
    )


def _attendance(planned: Planned) -> Attendance | None:
    """Return how much of the planned study was done in the sessions of the days before today."""
    zone = planned.gathered.zone
    today = local(planned.over, zone).date()
    past = [named for named in planned.ledger.sessions() if named[1].end <= planned.over]
    return attendance_of(past, planned.happened, planned.progress, today, zone)
