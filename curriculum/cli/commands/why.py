"""The command that says why a unit is planned when it is."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.services.context import Context
from curriculum.services.explaining import explain
from curriculum.services.workspace import Workspace
from curriculum.views.text.why import why_lines


@click.command("why")
@click.argument("unit", type=Name("unit"), metavar="UNIT")
@click.pass_obj
def why_command(context: Context, unit: str) -> None:
    """Say why a unit is planned when it is.

    Makes the plan without publishing it and names what bound the unit: a prerequisite, a date, a
    deadline, the balance of the tracks, or the order of the goals.

    \b
    Examples:
      curriculum why sutton-barto-2018/13
      curriculum why ppo-2017/read
    """
    workspace = Workspace(context)
    found = explain(workspace, unit)
    if found is None:
        click.echo(f"'{unit}' is not planned: no goal requires it, or it is known already.")
        return
    if found.planned.problems:
        printing.show_problems(found.planned.problems, workspace.texts)
    overload = found.planned.plan.overload
    lines = why_lines(found.placement, found.reason, found.unplaced, overload, workspace.zone)
    for line in lines:
        click.echo(line)
