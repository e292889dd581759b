"""The command that logs time of study."""

from __future__ import annotations

from datetime import date, timedelta

import click

from curriculum.cli.parameters import json_option, on_option, units_argument
from curriculum.cli.quantities import HOURS, PAGES
from curriculum.cli.recorded import show_recorded
from curriculum.model.quantities import Pages
from curriculum.services.context import Context
from curriculum.services.marking import log_study
from curriculum.services.workspace import Workspace


@click.command("log")
@units_argument
@click.argument("hours", type=HOURS, metavar="HOURS")
@click.option("--pages", type=PAGES, metavar="PAGES", help="The pages that were read, as 47-60.")
@on_option
@json_option
@click.pass_obj
def log_command(
    context: Context,
    units: tuple[str, ...],
    hours: timedelta,
    pages: Pages | None,
    day: date | None,
    *,
    as_json: bool,
) -> None:
    """Log time that was studied.

    Writes to journal.db; the next plan goes on from what is left.

    \b
    Examples:
      curriculum log sutton 13 45m
      curriculum log ppo-2017/read 1h30m --on yesterday
    """
    workspace = Workspace(context, results="none")
    show_recorded(log_study(workspace, units, hours, pages, day), as_json=as_json)
