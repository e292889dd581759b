"""The commands that plan: plan, next, why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curriculum.cli.desk import AT_ONCE, LATER, Desk
from curriculum.cli.names import Name, require_name
from curriculum.cli.waiting import waiting
from curriculum.model.problems import CurriculumError

if TYPE_CHECKING:
    from curriculum.cli.gathering import Gathered
    from curriculum.cli.hours import Hours
    from curriculum.graph.history import Done, Missed
    from curriculum.model.curriculum import Curriculum
    from curriculum.model.forecast import Forecast
    from curriculum.model.ledger import Ledger
    from curriculum.model.plan import Plan, Session
    from curriculum.model.progress import Progress
    from curriculum.model.settings import Settings
    from curriculum.render.calendars import Publication
    from curriculum.schedule.planning import Terms


SEED = 1
"""What the forecast of a plan is drawn from: the same plan has the same forecast."""


class NothingToPlanError(CurriculumError):
    """A workspace that names no goal and defines no work."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "there is nothing to plan: name goals in 'syllabi/curriculum.yaml' ('curriculum init' makes one) "
            "or on the command line, as in 'curriculum plan ppo-2017'"
        )


class NothingBeforeError(CurriculumError):
    """A folder in which nothing was published before the last time."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(f"nothing was published to '{folder}' before the last time, so there is nothing to go back to")


class Start(click.ParamType[date]):
    """A date, or a local date-time, on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the moment that the text names."""
        from curriculum.model.quantities import moment

        try:
            return moment(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Span(click.ParamType[timedelta]):
    """A number of weeks or days on the command line, as `12w` or `90d`."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Return the span that the text names."""
        match = re.fullmatch(r"([1-9]\d{0,4})([wd])", value) if isinstance(value, str) else None
        if match is None:
            self.fail(f"'{value}' is not a span of time; write it like '12w' or '90d'", param, ctx)
        return timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))


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
    """

    gathered: Gathered
    curriculum: Curriculum
    plan: Plan
    ledger: Ledger
    progress: Progress
    over: int
    happened: Mapping[str, Done]
    missed: tuple[Missed, ...]
    terms: Terms
    free: Hours


def make_plan(
    desk: Desk,
    goals: tuple[str, ...],
    start: date | None,
    output: Path | None,
    *,
    unfreeze: bool = False,
    oldest: timedelta = LATER,
) -> Planned:
    """Return the plan of the goals, audited; end the command when there is a problem in any file.

    Published sessions that begin soon stay in their places, unless the plan is to start on another day or `unfreeze`.
    """
    from curriculum.cli.gathering import gather

    return plan_gathered(gather(desk), goals, start, output, unfreeze=unfreeze, oldest=oldest)


def plan_gathered(
    gathered: Gathered,
    goals: tuple[str, ...] = (),
    start: date | None = None,
    output: Path | None = None,
    *,
    unfreeze: bool = False,
    oldest: timedelta = LATER,
) -> Planned:
    """Return the plan of what was gathered, after what the journal and the published calendars say."""
    from curriculum.cli.gathering import require_sound
    from curriculum.cli.hours import Hours
    from curriculum.cli.progress import left_for, owed_before, progress_of, whole_efforts
    from curriculum.disk.publication import read_published
    from curriculum.graph.history import happened, missed, missed_minutes
    from curriculum.render.ledgers import ledger_of
    from curriculum.schedule.audit import audit
    from curriculum.schedule.demand import release_minute
    from curriculum.schedule.planning import schedule, terms_of

    desk = gathered.desk
    progress = progress_of(desk)
    curriculum = left_for(goals, gathered, progress)
    if not curriculum.goals:
        raise NothingToPlanError
    folder = output or desk.root / "calendars"
    ledger = ledger_of(read_published(folder), gathered.settings)
    settings = gathered.settings.model_copy(update={"start": start} if start else {})
    now = desk.minute(gathered.zone) if start is None else release_minute(start, gathered.zone)
    terms = terms_of(settings, now, gathered.zone)
    past = tuple(named for named in ledger.sessions() if named[1].end <= min(now, desk.minute(gathered.zone)))
    done = happened(past, progress, whole_efforts(gathered), gathered.zone)
    lost = missed(past, done, progress)
    published = _ahead(ledger, progress, now) if start is None else ()
    terms = replace(
        terms,
        owed=owed_before(goals, gathered, progress, terms.shares),
        published=published,
        kept=(*_pinned(ledger, progress, now), *(() if unfreeze else _frozen(published, now, settings))),
        missed=missed_minutes(lost, now, gathered.zone),
    )
    ours = frozenset(ledger.events) | frozenset(ledger.retired)
    pinned = tuple((session.start, session.end) for session in _pinned(ledger, progress, now))
    free = Hours(gathered, folder, ours, _first_minute(terms, gathered.zone), oldest, _missed(progress), pinned)
    plan = schedule(curriculum, gathered.library, terms, gathered.zone, free)
    require_sound(replace(gathered, problems=()), *free.problems)
    findings = audit(plan, curriculum, free.found, settings, gathered.zone, terms.kept)
    if findings:
        raise AssertionError("the plan breaks a promise, please report it: " + "; ".join(findings[:3]))
    over = min(now, desk.minute(gathered.zone))
    return Planned(gathered, curriculum, plan, ledger, progress, over, done, lost, terms, free)


def _ahead(ledger: Ledger, progress: Progress, now: int) -> tuple[Session, ...]:
    """Return the published sessions that are not over and not missed, in calendar order."""
    return tuple(session for uid, session in ledger.sessions() if session.end > now and uid not in progress.missed)


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
    return tuple((fact.start, fact.end) for fact in progress.missed.values() if fact.start and fact.end)


def _frozen(published: Iterable[Session], now: int, settings: Settings) -> tuple[Session, ...]:
    """Return the published sessions that begin too soon to be moved."""
    until = now + settings.freeze // timedelta(minutes=1)
    return tuple(session for session in published if session.start < until)


def _first_minute(terms: Terms, zone: tzinfo) -> int:
    """Return the first minute that may be free: that of the plan's first day, or of the settings' start.

    Not the plan's own start: the sittings of a window must not depend on when in it the plan was made.
    """
    from curriculum.schedule.demand import release_minute

    start = terms.settings.start
    return max(release_minute(terms.first, zone), release_minute(start, zone) if start is not None else 0)


def forecast_of(planned: Planned, seed: int) -> Forecast:
    """Return when the goals will be finished at the person's own pace, drawn from a seed."""
    from curriculum.graph.pace import samples_of
    from curriculum.schedule.forecast import forecast
    from curriculum.schedule.planning import sittings_until

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
    )


@click.command("plan")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option("--start", type=Start(), metavar="DATE", help="Start on this day.  [default: the settings', or today]")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the calendars there.  [default: calendars]",
)
@click.option(
    "--horizon", type=Span(), metavar="SPAN", help="Publish only so far ahead, as 12w.  [default: everything]"
)
@click.option(
    "--vdir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write a file for each event there, too, for khal and vdirsyncer.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--unfreeze", is_flag=True, help="Let the sessions of the next hours move, too.")
@click.option("--undo", is_flag=True, help="Publish again what was published before the last time.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.pass_obj
def plan_command(
    desk: Desk,
    goals: tuple[str, ...],
    start: date | None,
    output: Path | None,
    horizon: timedelta | None,
    vdir: Path | None,
    *,
    dry_run: bool,
    unfreeze: bool,
    undo: bool,
    as_json: bool,
) -> None:
    """Plan the goals and publish the calendars.

    Reads the syllabi, the settings, the journal and the busy calendars; writes textbooks.ics, papers.ics and
    deadlines.ics, and the ledger of what was published. Without a GOAL, plans the goals of the settings. What is left
    is planned from now on: sessions that are over stay in the calendars as they were.

    \b
    Examples:
      curriculum plan
      curriculum plan ppo-2017 --horizon 12w --dry-run
    """
    folder = output or desk.root / "calendars"
    if undo:
        click.echo(publish_previous(desk, folder))
        return
    with waiting("planning"):
        planned = make_plan(desk, goals, start, output, unfreeze=unfreeze, oldest=AT_ONCE)
        foreseen = None if as_json else forecast_of(planned, SEED)
        if horizon is not None:
            planned = replace(planned, plan=_cut(planned.plan, horizon))
    _print_plan(planned, foreseen)
    for line in publish_plan(planned, folder, dry_run=dry_run):
        click.echo(line, err=as_json)
    if vdir is not None and not dry_run:
        click.echo(publish_vdir(desk, folder, vdir), err=as_json)


def _cut(plan: Plan, horizon: timedelta) -> Plan:
    from curriculum.schedule.horizon import within

    return within(plan, plan.start + horizon // timedelta(minutes=1))


def publish_plan(planned: Planned, folder: Path, *, dry_run: bool) -> Iterator[str]:
    """Publish the calendars of a plan, unless it is a dry run, and yield what changes."""
    from curriculum.disk.publication import publishing, read_published, replace_published
    from curriculum.render.ledgers import ledger_of

    if dry_run:
        yield from _changes(planned, _publication(planned, planned.ledger), planned.ledger)
        return
    with publishing(folder):
        ledger = ledger_of(read_published(folder), planned.gathered.settings)
        publication = _publication(planned, ledger)
        yield from _changes(planned, publication, ledger)
        written = replace_published(folder, publication.files)
    yield told(folder, publication, is_news=bool(written))


def _publication(planned: Planned, ledger: Ledger) -> Publication:
    from curriculum.render.calendars import publish

    gathered = planned.gathered
    return publish(
        planned.plan,
        gathered.library,
        planned.curriculum,
        gathered.settings,
        gathered.zone,
        ledger,
        gathered.desk.now,
        over=planned.over,
        progress=planned.progress,
        happened=planned.happened,
    )


def _changes(planned: Planned, publication: Publication, ledger: Ledger) -> Iterator[str]:
    """Yield what changes against what was published before, in a few lines; nothing the first time."""
    from curriculum.render.changes import changes_lines, changes_of, missed_lines

    zone = planned.gathered.zone
    lines = changes_lines(changes_of(ledger, publication.ledger), zone) if ledger.events else ()
    if lines:
        yield "\n" + "\n".join((*missed_lines(planned.missed, planned.over), *lines))


def publish_vdir(desk: Desk, folder: Path, vdir: Path) -> str:
    """Write what is published to a vdir, and return what changed there."""
    from curriculum.cli.gathering import read_settings_of
    from curriculum.disk.publication import read_published
    from curriculum.disk.vdirs import replace_vdir
    from curriculum.render.ledgers import ledger_of
    from curriculum.render.vdirs import is_ours, vdir_files

    settings = read_settings_of(desk).settings
    ledger = ledger_of(read_published(folder), settings)
    written, removed = replace_vdir(vdir, vdir_files(ledger, settings), lambda name: is_ours(name, ledger))
    return f"Wrote {written} files to {vdir}, removed {removed}"


def publish_previous(desk: Desk, folder: Path) -> str:
    """Publish again what was published before the last time, and return what changed.

    Raises:
        NothingBeforeError: There was no earlier publication.
    """
    from curriculum.cli.gathering import gather
    from curriculum.disk.publication import publishing, read_published, replace_published
    from curriculum.model.ledger import PREVIOUS
    from curriculum.render.ledgers import ledger_of, read_ledger
    from curriculum.render.restoration import restored

    gathered = gather(desk)
    with publishing(folder):
        published = read_published(folder, previous=True)
        if PREVIOUS not in published:
            raise NothingBeforeError(folder)
        previous = read_ledger(published[PREVIOUS], file=PREVIOUS)
        ledger = ledger_of(published, gathered.settings)
        publication = restored(ledger, previous, gathered.settings, desk.minute(gathered.zone), desk.now)
        written = replace_published(folder, publication.files)
    return told(folder, publication, is_news=bool(written))


def told(folder: Path, publication: Publication, *, is_news: bool) -> str:
    """Return what a publication changed, in one line."""
    counts = {
        "new": publication.new,
        "moved": publication.moved,
        "changed": publication.changed,
        "gone": publication.gone,
        "unchanged": publication.unchanged,
    }
    events = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"\nPublished to {folder}: {events if is_news else 'nothing changed'}"


def _print_plan(planned: Planned, foreseen: Forecast | None) -> None:
    """Print a plan with its forecast for a person, without one as JSON."""
    from curriculum.cli.printing import show, show_json

    if foreseen is None:
        from curriculum.render.plan_json import plan_json
        from curriculum.render.uids import names_after, session_uids

        names = names_after(planned.ledger, planned.progress)
        show_json(plan_json(planned.plan, session_uids(planned.plan, names, planned.over)))
        return
    from curriculum.render.forecast_view import forecast_view
    from curriculum.render.plan_view import plan_view

    zone = planned.gathered.zone
    show(plan_view(planned.plan, planned.curriculum, planned.gathered.library, zone))
    if planned.plan.sessions:
        show(forecast_view(foreseen, zone))


@click.command("next")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option("--json", "as_json", is_flag=True, help="Print the units as JSON.")
@click.pass_obj
def next_command(desk: Desk, goals: tuple[str, ...], *, as_json: bool) -> None:
    """List what can be studied now.

    Reads the syllabi and the settings; a unit is listed when all it requires is known or done.

    \b
    Examples:
      curriculum next
      curriculum next ppo-2017 --json
    """
    from curriculum.cli.gathering import gather
    from curriculum.cli.printing import show, show_json
    from curriculum.cli.progress import left_for, progress_of
    from curriculum.graph.progress import ready
    from curriculum.render.library_view import next_json, next_view

    gathered = gather(desk, "none")
    curriculum = left_for(goals, gathered, progress_of(desk))
    units = ready(curriculum)
    if as_json:
        show_json(next_json(units, curriculum, gathered.library))
    else:
        show(next_view(units, curriculum, gathered.library))


@click.command("why")
@click.argument("unit", type=Name("unit"), metavar="UNIT")
@click.pass_obj
def why_command(desk: Desk, unit: str) -> None:
    """Say why a unit is planned when it is.

    Makes the plan without publishing it and names what bound the unit: a prerequisite, a date, a deadline, the balance
    of the tracks, or the order of the goals.

    \b
    Examples:
      curriculum why sutton-barto-2018/13
      curriculum why ppo-2017/read
    """
    from curriculum.render.why_view import why_lines
    from curriculum.schedule.reasons import binding

    planned = make_plan(desk, (), None, None)
    require_name(unit, planned.gathered.library, "UNIT")
    placement = next((one for one in planned.plan.units if one.unit == unit), None)
    if placement is None:
        click.echo(f"'{unit}' is not planned: no goal requires it, or it is known already.")
        return
    unplaced = next((one for one in planned.plan.unplaced if one.unit == unit), None)
    for line in why_lines(placement, binding(placement), unplaced, planned.plan.overload, planned.gathered.zone):
        click.echo(line)
