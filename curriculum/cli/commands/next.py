"""The command that lists what can be studied now."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.services.context import Context
from curriculum.services.next_units import next_units
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("next")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option("--json", "as_json", is_flag=True, help="Print the units as JSON.")
@click.pass_obj
def next_command(context: Context, goals: tuple[str, ...], *, as_json: bool) -> None:
    """List what can be studied now.

    Reads the syllabi, the settings and the journal; a unit is listed when all it requires is known
    or done. Says for which goal it is studied, when it is due, and what it unlocks.

    \b
    Examples:
      curriculum next
      curriculum next ppo-2017 --json
    """
    workspace = Workspace(context, results="none")
    found = next_units(workspace, goals)
    if as_json:
        printing.show_json(json.next_units.next_json(found.reasons, found.curriculum))
    else:
        view = text.next_units.next_view(found.reasons, found.curriculum, workspace.zone)
        printing.show(view)
