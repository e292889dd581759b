"""The command that says how long a unit still takes."""

from __future__ import annotations

from datetime import timedelta

import click

from curriculum.cli.parameters import json_option, units_argument
from curriculum.cli.quantities import HOURS
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.marking import estimate_left
from curriculum.services.workspace import Workspace


@click.command("left")
@units_argument
@click.argument("hours", type=HOURS, metavar="HOURS")
@json_option
@click.pass_obj
def left_command(
    context: Context, units: tuple[str, ...], hours: timedelta, *, as_json: bool
) -> None:
    """Say how long a unit still takes.

    Writes to journal.db. Your estimate counts until you give another one; what you log meanwhile is
    taken off it.

    \b
    Examples:
      curriculum left sutton 13 2h
      curriculum left ppo-2017/mujoco 6h
    """
    workspace = Workspace(context, results="none")
    show_recorded(estimate_left(workspace, units, hours), as_json=as_json)
