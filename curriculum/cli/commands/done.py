"""The command that marks units as done."""

from __future__ import annotations

from datetime import date, timedelta

import click

from curriculum.cli.parameters import Name, json_option, on_option
from curriculum.cli.quantities import HOURS
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.marking import mark_done
from curriculum.services.workspace import Workspace


@click.command("done")
@click.argument("units", nargs=-1, type=Name("unit"), metavar="[UNIT]...")
@on_option
@click.option("--took", type=HOURS, metavar="HOURS", help="What it took in all, as 2h30m.")
@json_option
@click.pass_obj
def done_command(
    context: Context,
    units: tuple[str, ...],
    day: date | None,
    took: timedelta | None,
    *,
    as_json: bool,
) -> None:
    """Mark units as done.

    Writes to journal.db. Without a UNIT, you followed the plan until now: every session that is
    over is logged as it was planned, as far as it is not in the journal yet, and what that finishes
    is done. A UNIT is a chapter or a step, a range of them, or a whole work; any part of a name
    that is unambiguous will do. What it took is shared among several units by their efforts.

    \b
    Examples:
      curriculum done
      curriculum done sutton-barto-2018/3-5 --on 2027-01-09 --took 6h
    """
    workspace = Workspace(context, results="none")
    show_recorded(mark_done(workspace, units, day, took), as_json=as_json)
