"""The command that lists what was to be done next."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.services.context import Context
from curriculum.services.followups import list_follow_ups
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("followups")
@click.option("--all", "closed", is_flag=True, help="List those that are closed, too.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def followups_command(context: Context, *, closed: bool, as_json: bool) -> None:
    """List what was to be done next.

    Reads the lines 'next: ...' of the notebook and of the reviews, the oldest first, and gives each
    an id there by which 'curriculum followup' can close it.

    \b
    Examples:
      curriculum followups
      curriculum followups --all
    """
    workspace = Workspace(context, results="none")
    found = list_follow_ups(workspace, closed=closed)
    if as_json:
        printing.show_json(json.review.follow_ups_json(found, workspace.today))
    else:
        printing.show_pages(text.review.follow_up_lines(found, workspace.today))
