"""The command that marks units as not done again."""

from __future__ import annotations

import click

from curriculum.cli.parameters import json_option, units_argument
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.marking import reopen
from curriculum.services.workspace import Workspace


@click.command("reopen")
@units_argument
@json_option
@click.pass_obj
def reopen_command(context: Context, units: tuple[str, ...], *, as_json: bool) -> None:
    """Mark units as not done again.

    Writes to journal.db. The time that went into them stays; 'undo' takes back a mark made by
    mistake, with its time.

    \b
    Examples:
      curriculum reopen sutton 3
      curriculum reopen ppo-2017
    """
    show_recorded(reopen(Workspace(context, results="none"), units), as_json=as_json)
