"""The command that says what is explored this week."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import CandidateName
from curriculum.services.context import Context
from curriculum.services.exploration import explore
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("explore")
@click.argument("name", required=False, type=CandidateName(), metavar="[ID]")
@click.option("--again", is_flag=True, help="Draw once more, something else.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def explore_command(context: Context, name: str | None, *, again: bool, as_json: bool) -> None:
    """Say what is explored this week, and why.

    Once a week it is drawn from the ideas that came back, and from the works that share no topic
    with what the next four weeks study: mostly the idea with the largest upside, sometimes by lot.
    The draw is recorded in the journal. ID, an idea or a work, is chosen instead. 'explore' in the
    settings keeps time for it.

    \b
    Examples:
      curriculum explore
      curriculum explore --again
      curriculum explore gan-2014
    """
    if name is not None and again:
        raise click.UsageError("'--again' draws; leave it out, or the ID")
    workspace = Workspace(context, results="none")
    found = explore(workspace, name, again=again)
    if as_json:
        printing.show_json(json.exploration.exploration_json(found))
    else:
        printing.show_pages(text.exploration.exploration_lines(found, workspace.zone))
