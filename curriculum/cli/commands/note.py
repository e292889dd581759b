"""The command that writes a note."""

from __future__ import annotations

from datetime import date, time

import click

from curriculum.cli.parameters import Name, json_option
from curriculum.cli.quantities import CLOCK, DAY
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.notebook import add_note
from curriculum.services.said_time import SaidTime
from curriculum.services.workspace import Workspace


@click.command("note")
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
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
@json_option
@click.pass_obj
def note_command(
    context: Context,
    words: tuple[str, ...],
    *,
    unit: str | None,
    day: date | None,
    clock: time | None,
    as_json: bool,
) -> None:
    """Write a note into the notebook.

    Adds it at the end of notebook/YEAR/DATE.md, which is yours to edit. A note that begins with
    'finding:', 'insight:', 'code:', 'question:', 'idea:' or 'next:' becomes a line of that kind.

    \b
    Examples:
      curriculum note ran 3 seeds of Pong, KL below 0.02
      curriculum note finding: clip 0.1 is enough --unit ppo-2017/train
    """
    workspace = Workspace(context, results="none")
    recorded = add_note(workspace, " ".join(words), unit, SaidTime(day, clock))
    show_recorded(recorded, as_json=as_json)
