"""The command that lists works."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.services.context import Context
from curriculum.services.library import works_found
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("library")
@click.argument("search", required=False, metavar="[SEARCH]")
@click.option("--json", "as_json", is_flag=True, help="Print the works as JSON.")
@click.pass_obj
def library_command(context: Context, search: str | None, *, as_json: bool) -> None:
    """List the available works.

    Reads the workspace's syllabi and the built-in ones behind them. SEARCH is looked for in names,
    titles, authors and topics; every word of it must be found.

    \b
    Examples:
      curriculum library
      curriculum library "policy gradient"
    """
    found = works_found(Workspace(context, results="all"), search or "")
    if as_json:
        printing.show_json(json.library.library_json(found.works, found.minutes, found.own))
    elif found.works:
        printing.show(text.library.library_view(found.works, found.minutes, found.own))
    else:
        printing.show_text([f"no work has '{search}' in its name, title, authors or topics"])
