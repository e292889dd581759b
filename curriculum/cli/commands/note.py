"""The command that writes a note."""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path
from typing import Any

import click

from curriculum.cli.editor import has_editor, open_in_editor
from curriculum.cli.parameters import Name, json_option
from curriculum.cli.quantities import CLOCK, DAY
from curriculum.cli.recorded import show_recorded
from curriculum.practice.notebook import entry_file
from curriculum.services.context import Context
from curriculum.services.notebook_files import Attachments
from curriculum.services.noting import NoteRequest, add_note, begin_entry
from curriculum.services.said_time import SaidTime
from curriculum.services.workspace import Workspace

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("note")
@click.argument("words", nargs=-1, metavar="[TEXT]...")
@click.option(
    "--unit",
    type=Name("unit"),
    metavar="UNIT",
    help="It is about this unit.  [default: the timer's]",
)
@click.option("--on", "day", type=DAY, metavar="DATE", help="It was on this day.  [default: today]")
@click.option(
    "--at", "clock", type=CLOCK, metavar="TIME", help="It was at this time.  [default: now]"
)
@click.option(
    "--attach",
    "copied",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Copy this file into the notebook; - is standard input.",
)
@click.option("--as", "name", metavar="NAME", help="What the copy is called, as plot.png.")
@click.option(
    "--link", "linked", multiple=True, type=_FILE, metavar="FILE", help="Refer to this file."
)
@click.option(
    "--table", "tables", multiple=True, type=_FILE, metavar="FILE", help="Show this CSV or TSV."
)
@json_option
@click.pass_obj
def note_command(
    context: Context,
    /,
    words: tuple[str, ...],
    *,
    unit: str | None,
    day: date | None,
    clock: time | None,
    as_json: bool,
    **files: Any,  # Any: the files, as `Attachments` takes them
) -> None:
    """Write a note into the notebook.

    Adds it at the end of notebook/YEAR/DATE.md, which is yours to edit. A note that begins with
    'finding:', 'insight:', 'code:', 'question:', 'idea:' or 'next:' becomes a line of that kind.
    Without a TEXT, opens the entry of the day in your editor, or takes the text from a pipe.

    \b
    Examples:
      curriculum note ran 3 seeds of Pong, KL below 0.02
      curriculum note finding: clip 0.1 is enough --unit ppo-2017/train --attach kl.png
    """
    workspace = Workspace(context, results="none")
    attached = Attachments(**files)
    text = " ".join(words)
    if not words and attached == Attachments():
        if sys.stdin.isatty():
            _edit(workspace, SaidTime(day, clock))
            return
        text = sys.stdin.read()
    request = NoteRequest(text, unit, SaidTime(day, clock), attached)
    show_recorded(add_note(workspace, request), as_json=as_json)


def _edit(workspace: Workspace, said: SaidTime) -> None:
    """Open the entry of a day in the person's editor."""
    if not has_editor():
        raise click.UsageError("give the TEXT of the note, or set EDITOR to write it there")
    day = begin_entry(workspace, said)
    open_in_editor(workspace.context.root / entry_file(day))
