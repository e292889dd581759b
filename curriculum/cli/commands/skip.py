"""The command that leaves units out of the plan."""

from __future__ import annotations

import click

from curriculum.cli.parameters import json_option, units_argument
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.marking import skip
from curriculum.services.workspace import Workspace


@click.command("skip")
@units_argument
@json_option
@click.pass_obj
def skip_command(context: Context, units: tuple[str, ...], *, as_json: bool) -> None:
    """Leave units out of the plan.

    Writes to journal.db; what requires them is planned as if they were done. 'curriculum reopen'
    brings them back.

    \b
    Examples:
      curriculum skip sutton 16
      curriculum skip cover-thomas-2006/3-4
    """
    show_recorded(skip(Workspace(context, results="none"), units), as_json=as_json)
