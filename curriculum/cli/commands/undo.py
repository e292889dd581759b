"""The command that takes back what was recorded last."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import json_option
from curriculum.progress.fact_json import fact_json
from curriculum.services.context import Context
from curriculum.services.marking import undo
from curriculum.services.workspace import Workspace
from curriculum.views import text


@click.command("undo")
@json_option
@click.pass_obj
def undo_command(context: Context, *, as_json: bool) -> None:
    """Take back what was recorded last.

    Writes to journal.db that the last command does not count. Repeat it to take back the command
    before that one.

    \b
    Examples:
      curriculum undo
      curriculum undo --json
    """
    undone = undo(Workspace(context, results="none"))
    if as_json:
        printing.show_json({"taken_back": [fact_json(fact) for fact in undone.facts]})
        return
    lines = text.record.fact_lines(undone.facts, undone.workspace.library)
    printing.show_text(f"took back: {line}" for line in lines)
