"""The commands that plan: plan, next, why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.cli.quantities import MOMENT, Span
from curriculum.cli.waiting import waiting
from curriculum.services.context import AT_ONCE, Context

if TYPE_CHECKING:
    from curriculum.model.forecast import Forecast
    from curriculum.services.planning import Planned

SEED = 1
"""What the forecast of a plan is drawn from: the same plan has the same forecast."""


@click.command("plan")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option(
    "--start",
    type=MOMENT,
    metavar="DATE",
    help="Start on this day.  [default: the settings', or today]",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the calendars there.  [default: calendars]",
)
@click.option(
    "--horizon",
    type=Span(),
    metavar="SPAN",
    help="Publish only so far ahead, as 12w.  [default: everything]",
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
    desk: Context,
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
    from curriculum.schedule.horizon import truncated
    from curriculum.services.planning import forecast_of, make_plan
    from curriculum.services.publishing import publish_plan, publish_previous, publish_vdir
    from curriculum.services.workspace import Workspace

    folder = output or desk.calendars
    if undo:
        click.echo(publish_previous(desk, folder))
        return
    with waiting("planning"):
        planned = make_plan(
            Workspace(desk), goals, start, output, unfreeze=unfreeze, oldest=AT_ONCE
        )
        foreseen = None if as_json else forecast_of(planned, SEED)
        if horizon is not None:
            end = planned.plan.start + horizon // timedelta(minutes=1)
            planned = replace(planned, plan=truncated(planned.plan, end))
    printing.show_problems(planned.problems, planned.gathered.texts)
    _print_plan(planned, foreseen)
    for line in publish_plan(planned, folder, dry_run=dry_run):
        click.echo(line, err=as_json)
    if vdir is not None and not dry_run:
        click.echo(publish_vdir(planned.gathered.settings, folder, vdir), err=as_json)


def _print_plan(planned: Planned, foreseen: Forecast | None) -> None:
    """Print a plan with its forecast for a person, without one as JSON."""
    from curriculum.cli.printing import show, show_json

    if foreseen is None:
        from curriculum.calendars.uids import names_after, session_uids
        from curriculum.views.json.plan import plan_json

        names = names_after(planned.ledger, planned.progress)
        show_json(plan_json(planned.plan, session_uids(planned.plan, names, planned.over)))
        return
    from curriculum.views.text.forecast import forecast_view
    from curriculum.views.text.plan import plan_view

    zone = planned.gathered.zone
    show(plan_view(planned.plan, planned.curriculum, planned.gathered.library, zone))
    if planned.plan.sessions:
        show(forecast_view(foreseen, zone))


@click.command("next")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option("--json", "as_json", is_flag=True, help="Print the units as JSON.")
@click.pass_obj
def next_command(desk: Context, goals: tuple[str, ...], *, as_json: bool) -> None:
    """List what can be studied now.

    Reads the syllabi and the settings; a unit is listed when all it requires is known or done.

    \b
    Examples:
      curriculum next
      curriculum next ppo-2017 --json
    """
    from curriculum.cli.printing import show, show_json
    from curriculum.graph.frontier import ready_units
    from curriculum.services.remaining import left_for
    from curriculum.services.workspace import Workspace
    from curriculum.views.json.library import next_json
    from curriculum.views.text.library import next_view

    gathered = Workspace(desk, results="none")
    curriculum = left_for(goals, gathered, gathered.progress)
    units = ready_units(curriculum)
    if as_json:
        show_json(next_json(units, curriculum, gathered.library))
    else:
        show(next_view(units, curriculum, gathered.library))


@click.command("why")
@click.argument("unit", type=Name("unit"), metavar="UNIT")
@click.pass_obj
def why_command(desk: Context, unit: str) -> None:
    """Say why a unit is planned when it is.

    Makes the plan without publishing it and names what bound the unit: a prerequisite, a date, a deadline, the balance
    of the tracks, or the order of the goals.

    \b
    Examples:
      curriculum why sutton-barto-2018/13
      curriculum why ppo-2017/read
    """
    from curriculum.schedule.reasons import binding
    from curriculum.services.planning import make_plan
    from curriculum.services.unit_names import require_name
    from curriculum.services.workspace import Workspace
    from curriculum.views.text.why import why_lines

    planned = make_plan(Workspace(desk))
    printing.show_problems(planned.problems, planned.gathered.texts)
    require_name(unit, planned.gathered.library, "UNIT")
    placement = next((one for one in planned.plan.units if one.unit == unit), None)
    if placement is None:
        click.echo(f"'{unit}' is not planned: no goal requires it, or it is known already.")
        return
    unplaced = next((one for one in planned.plan.unplaced if one.unit == unit), None)
    for line in why_lines(
        placement, binding(placement), unplaced, planned.plan.overload, planned.gathered.zone
    ):
        click.echo(line)
