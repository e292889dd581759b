"""The command that lists the ideas on the back burner."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.services.context import Context
from curriculum.services.ideas import ideas_due, ideas_of, missing_of
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("ideas")
@click.option("--due", "only_due", is_flag=True, help="List only those that have come back.")
@click.option("--all", "closed", is_flag=True, help="List those that were adopted or dropped, too.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def ideas_command(context: Context, *, only_due: bool, closed: bool, as_json: bool) -> None:
    """List the ideas on the back burner.

    Reads ideas/*.yaml. Each says when it comes back: on a day, or when what it requires has been
    learned.

    \b
    Examples:
      curriculum ideas
      curriculum ideas --due
    """
    workspace = Workspace(context, results="none")
    every = ideas_of(workspace)
    due = ideas_due(workspace, every)
    if as_json:
        missing = {read.name: missing_of(workspace, read) for read in every}
        printing.show_json(json.ideas.ideas_json(every, due, missing, only_due=only_due))
    elif only_due:
        printing.show_pages(text.ideas.due_lines(due))
    else:
        printing.show_pages(text.ideas.idea_lines(every, due, closed=closed))
