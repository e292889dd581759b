"""The commands that plan: plan, next, why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curriculum.cli.desk import Desk
from curriculum.cli.names import Name, require_name
from curriculum.cli.waiting import waiting
from curriculum.model.problems import CurriculumError

if TYPE_CHECKING:
    from curriculum.cli.gathering import Gathered
    from curriculum.model.curriculum import Curriculum
    from curriculum.model.ledger import Ledger
    from curriculum.model.plan import Plan


class NothingToPlanError(CurriculumError):
    """A workspace that names no goal and defines no work."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            "there is nothing to plan: name goals in 'syllabi/curriculum.yaml' ('curriculum init' makes one) "
            "or on the command line, as in 'curriculum plan ppo-2017'"
        )


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
    """A plan with all that was needed to make it."""

    gathered: Gathered
    curriculum: Curriculum
    plan: Plan
    ledger: Ledger


def make_plan(desk: Desk, goals: tuple[str, ...], start: date | None, output: Path | None) -> Planned:
    """Return the plan of the goals, audited; end the command when there is a problem in any file."""
    from curriculum.cli.gathering import curriculum_for, gather, require_sound
    from curriculum.cli.hours import Hours
    from curriculum.disk.publication import read_published
    from curriculum.render.ledgers import ledger_of
    from curriculum.schedule.audit import audit
    from curriculum.schedule.planning import schedule, terms_of

    gathered = gather(desk)
    curriculum = curriculum_for(goals, gathered)
    if not curriculum.goals:
        raise NothingToPlanError
    folder = output or desk.root / "calendars"
    ledger = ledger_of(read_published(folder), gathered.settings)
    settings = gathered.settings.model_copy(update={"start": start} if start else {})
    terms = terms_of(settings, _day(start) or gathered.today, gathered.zone)
    free = Hours(gathered, folder, frozenset(ledger.events) | ledger.retired, terms.start)
    plan = schedule(curriculum, gathered.library, terms, gathered.zone, free)
    require_sound(replace(gathered, problems=()), *free.problems)
    findings = audit(plan, curriculum, free.found, settings, gathered.zone)
    if findings:
        raise AssertionError("the plan breaks a promise, please report it: " + "; ".join(findings[:3]))
    return Planned(gathered, curriculum, plan, ledger)


def _day(start: date | None) -> date | None:
    return start.date() if isinstance(start, datetime) else start


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
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.pass_obj
def plan_command(
    desk: Desk,
    goals: tuple[str, ...],
    start: date | None,
    output: Path | None,
    horizon: timedelta | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Plan the goals and publish the calendars.

    Reads the syllabi, the settings and the busy calendars; writes textbooks.ics, papers.ics and deadlines.ics, and
    the ledger of what was published. Without a GOAL, plans the goals of the settings.

    \b
    Examples:
      curriculum plan
      curriculum plan ppo-2017 --horizon 12w --dry-run
    """
    with waiting("planning"):
        planned = make_plan(desk, goals, start, output)
        if horizon is not None:
            planned = replace(planned, plan=_cut(planned.plan, horizon))
        said = None if dry_run else publish_plan(planned, output or desk.root / "calendars")
    _print_plan(planned, as_json=as_json)
    if said is not None:
        click.echo(said, err=as_json)


def _cut(plan: Plan, horizon: timedelta) -> Plan:
    from curriculum.schedule.horizon import within

    return within(plan, plan.start + horizon // timedelta(minutes=1))


def publish_plan(planned: Planned, folder: Path) -> str:
    """Publish the calendars of a plan and return what changed, in one line."""
    from curriculum.disk.publication import publishing, read_published, replace_published
    from curriculum.render.calendars import publish
    from curriculum.render.ledgers import ledger_of

    gathered = planned.gathered
    with publishing(folder):
        ledger = ledger_of(read_published(folder), gathered.settings)
        publication = publish(
            planned.plan,
            gathered.library,
            planned.curriculum,
            gathered.settings,
            gathered.zone,
            ledger,
            gathered.desk.now,
        )
        written = replace_published(folder, publication.files)
    counts = {
        "new": publication.new,
        "changed": publication.changed,
        "gone": publication.gone,
        "unchanged": publication.unchanged,
    }
    events = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"\nPublished to {folder}: {events if written else 'nothing changed'}"


def _print_plan(planned: Planned, *, as_json: bool) -> None:
    from curriculum.cli.printing import show, show_json

    if as_json:
        from curriculum.render.plan_json import plan_json
        from curriculum.render.uids import session_uids

        show_json(plan_json(planned.plan, session_uids(planned.plan, planned.ledger)))
        return
    from curriculum.render.plan_view import plan_view

    show(plan_view(planned.plan, planned.curriculum, planned.gathered.library, planned.gathered.zone))


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
    from curriculum.cli.gathering import curriculum_for, gather
    from curriculum.cli.printing import show, show_json
    from curriculum.graph.progress import ready
    from curriculum.render.library_view import next_json, next_view

    gathered = gather(desk)
    curriculum = curriculum_for(goals, gathered)
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
