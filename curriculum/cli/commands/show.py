"""The command that shows a work or a unit."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.services.context import Context
from curriculum.services.library import WorkDetails, details_of
from curriculum.services.workspace import Workspace
from curriculum.views.text.library import unit_view, work_view


@click.command("show")
@click.argument("name", type=Name("work|unit"), metavar="WORK|UNIT")
@click.pass_obj
def show_command(context: Context, name: str) -> None:
    """Show a work or a unit.

    \b
    Examples:
      curriculum show sutton-barto-2018
      curriculum show ppo-2017/read
    """
    found = details_of(Workspace(context, results="all"), name)
    if isinstance(found, WorkDetails):
        printing.show(work_view(found.name, found.work, found.efforts))
    else:
        printing.show(unit_view(found.unit, found.library, found.effort, found.dependants))
