"""The command that takes back what was recorded."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.progress.fact_json import fact_json
from curriculum.services.context import Context
from curriculum.services.undoing import TakenBack, undo, undo_list
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("undo")
@click.argument("number", type=click.IntRange(min=1), required=False, metavar="[N]")
@click.option(
    "--list", "is_list", is_flag=True, help="List what can be taken back, the newest first."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print what was taken back, or the list, as JSON."
)
@click.pass_obj
def undo_command(context: Context, number: int | None, *, is_list: bool, as_json: bool) -> None:
    """Take back what was recorded last.

    Writes to journal.db that the last command does not count; repeat it to take back the one
    before. With a number N from --list, takes back that command alone, unless a later one depends
    on it. With --list, writes nothing.

    \b
    Examples:
      curriculum undo
      curriculum undo --list
      curriculum undo 3
    """
    workspace = Workspace(context, results="none")
    if is_list:
        if number is not None:
            raise click.UsageError("'--list' takes no number; 'curriculum undo N' takes one back")
        _list(workspace, as_json=as_json)
        return
    undone = undo(workspace, number or 1)
    if as_json:
        facts = [fact_json(fact) for fact in undone.facts]
        printing.show_json({"taken_back": facts, "notes": _notes(undone)})
        return
    lines = text.record.fact_lines(undone.facts, workspace.library)
    printing.tell([*(f"took back: {line}" for line in lines), *_notes(undone)])


def _list(workspace: Workspace, *, as_json: bool) -> None:
    commands = undo_list(workspace)
    library, zone = workspace.library, workspace.zone
    if as_json:
        printing.show_json(json.commands.commands_json(commands, library, zone))
    else:
        printing.show_pages(text.commands.commands_lines(commands, library, zone))


def _notes(undone: TakenBack) -> list[str]:
    if undone.timer is None:
        return []
    return [text.record.running_note(undone.timer)]
