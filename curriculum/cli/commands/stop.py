"""The command that stops the timer."""

from __future__ import annotations

from datetime import timedelta

import click

from curriculum.cli.parameters import json_option
from curriculum.cli.quantities import HOURS
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.timer import stop_timer
from curriculum.services.workspace import Workspace


@click.command("stop")
@click.option(
    "--took", type=HOURS, metavar="HOURS", help="Log this much instead of the time that passed."
)
@json_option
@click.pass_obj
def stop_command(context: Context, took: timedelta | None, *, as_json: bool) -> None:
    """Stop the timer and log its time.

    Writes to journal.db the minutes since 'curriculum start'; a change of the time zone or of
    daylight saving does not matter.

    \b
    Examples:
      curriculum stop
      curriculum stop --took 1h30m
    """
    show_recorded(stop_timer(Workspace(context, results="none"), took), as_json=as_json)
