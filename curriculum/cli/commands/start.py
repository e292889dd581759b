"""The command that starts the timer."""

from __future__ import annotations

import click

from curriculum.cli.parameters import json_option, units_argument
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.timer import start_timer
from curriculum.services.workspace import Workspace


@click.command("start")
@units_argument
@json_option
@click.pass_obj
def start_command(context: Context, units: tuple[str, ...], *, as_json: bool) -> None:
    """Start the timer on a unit.

    Writes to journal.db. A timer that is running already is stopped first, and its time logged.

    \b
    Examples:
      curriculum start sutton 13
      curriculum start ppo-2017/read
    """
    show_recorded(start_timer(Workspace(context, results="none"), units), as_json=as_json)
