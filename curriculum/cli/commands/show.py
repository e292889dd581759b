"""The command that shows a work or a unit."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.services.context import Context
from curriculum.services.library import UnitDetails, WorkDetails, details_of
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("show")
@click.argument("words", nargs=-1, required=True, type=Name("work|unit"), metavar="WORK|UNIT")
@click.option("--json", "as_json", is_flag=True, help="Print what is shown as JSON.")
@click.pass_obj
def show_command(context: Context, words: tuple[str, ...], *, as_json: bool) -> None:
    """Show a work or a unit.

    \b
    Examples:
      curriculum show sutton-barto-2018
      curriculum show ppo read
    """
    found = details_of(Workspace(context, results="all"), "/".join(words))
    if as_json:
        printing.show_json(_tree(found))
    else:
        _show(found)


def _tree(found: WorkDetails | UnitDetails) -> object:
    if isinstance(found, WorkDetails):
        tree = json.details.work_json(found.name, found.work, found.efforts)
    else:
        tree = json.details.unit_json(found.unit, found.library, found.effort, found.dependants)
    return {**tree, **json.time_spent.spent_json(found.spent)}


def _show(found: WorkDetails | UnitDetails) -> None:
    if isinstance(found, WorkDetails):
        printing.show(text.library.work_view(found.name, found.work, found.efforts))
    else:
        dependants = found.dependants
        printing.show(text.library.unit_view(found.unit, found.library, found.effort, dependants))
    if found.spent.total:
        spent = text.time_spent.spent_text(found.spent.total, found.spent.assumed)
        printing.show_text([f"Spent so far: {spent}"])
