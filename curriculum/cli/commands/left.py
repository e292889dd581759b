"""The command that says how long a unit still takes."""

from __future__ import annotations

import click

from curriculum.cli.parameters import Name, json_option, when_options
from curriculum.cli.quantities import units_and_hours
from curriculum.cli.recorded import show_recorded
from curriculum.services.marking import estimate_left
from curriculum.services.said_time import SaidTime
from curriculum.services.workspace import Workspace


@click.command("left")
@click.argument("words", nargs=-1, type=Name("unit"), metavar="UNIT... HOURS")
@when_options
@json_option
@click.pass_context
def left_command(
    ctx: click.Context, words: tuple[str, ...], *, said: SaidTime, as_json: bool
) -> None:
    """Say how long a unit still takes.

    Writes to journal.db. Your estimate counts until you give another one; what you log meanwhile is
    taken off it.

    \b
    Examples:
      curriculum left sutton 13 2h
      curriculum left ppo-2017/mujoco 6h
    """
    units, hours = units_and_hours(ctx, words)
    workspace = Workspace(ctx.obj, results="none")
    show_recorded(estimate_left(workspace, units, hours, said), as_json=as_json)
