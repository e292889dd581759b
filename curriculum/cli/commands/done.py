"""The command that marks units as done."""

from __future__ import annotations

from datetime import date, timedelta

import click

from curriculum.cli.parameters import Name, json_option, when_options
from curriculum.cli.past_sessions import days_in
from curriculum.cli.quantities import DAY, HOURS
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.following import DaySpan, record_followed
from curriculum.services.marking import mark_done
from curriculum.services.recording import Recorded
from curriculum.services.said_time import NOW, SaidTime
from curriculum.services.workspace import Workspace


@click.command("done")
@click.argument("units", nargs=-1, type=Name("unit"), metavar="[UNIT|DAY|SESSION]...")
@when_options
@click.option(
    "--since", "since_day", type=DAY, metavar="DATE", help="The plan was followed since this day."
)
@click.option("--took", type=HOURS, metavar="HOURS", help="What it took in all, as 2h30m.")
@json_option
@click.pass_obj
def done_command(
    context: Context,
    units: tuple[str, ...],
    since_day: date | None,
    took: timedelta | None,
    *,
    said: SaidTime,
    as_json: bool,
) -> None:
    """Mark units or planned sessions as done.

    Writes to journal.db. Without a UNIT, you followed the plan until now: every session that is
    over is logged as it was planned, as far as it is not in the journal yet, and what that finishes
    is done. Sessions that you missed, or that a later plan rescheduled, are not logged, unless you
    name the session or its day, or a day since which you followed the plan. A UNIT is a chapter or
    a step, a range of them, or a whole work; any part of a name that is unambiguous will do. What
    it took is shared among several units by their efforts. Without --took, a unit of which nothing
    was logged counts as having taken its effort: that time is shown as assumed.

    \b
    Examples:
      curriculum done
      curriculum done --since 2027-01-04
      curriculum done sutton-barto-2018/3-5 --on 2027-01-09 --took 6h
    """
    workspace = Workspace(context, results="none")
    show_recorded(_done(workspace, units, since_day, said, took), as_json=as_json)


def _done(
    workspace: Workspace,
    units: tuple[str, ...],
    since: date | None,
    said: SaidTime,
    took: timedelta | None,
) -> Recorded:
    if since is not None:
        if units or said != NOW or took is not None:
            raise click.UsageError("'--since' goes with no UNIT and no other option")
        return record_followed(workspace, DaySpan(since))
    days = None
    if len(units) == 1 and said == NOW and took is None:
        days = days_in(units[0], click.get_current_context())
    if days is not None:
        return record_followed(workspace, days)
    return mark_done(workspace, units, said, took)
