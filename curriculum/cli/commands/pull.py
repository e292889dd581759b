"""The command that takes over what was changed on a calendar server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from curriculum.cli import printing
from curriculum.cli.parameters import json_option
from curriculum.cli.waiting import waiting
from curriculum.model.sync import MassDeletion
from curriculum.progress.fact_json import fact_json
from curriculum.services.context import Context
from curriculum.services.pull import AreMissed, Pulled, pull
from curriculum.views import text


@click.command("pull")
@click.option(
    "--vdir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Look there, not on the server, for what khal, vdirsyncer or your phone changed.",
)
@click.option(
    "--missed",
    is_flag=True,
    help="Take sessions for missed even where many were deleted at once, without asking.",
)
@json_option
@click.pass_obj
def pull_command(context: Context, vdir: Path | None, *, missed: bool, as_json: bool) -> None:
    """Take over what you changed on your server or in a vdir.

    A session that you moved there is pinned to its new place, one that you deleted is missed, and a
    check mark in front of its title marks its units as done. If the settings ask for to-dos,
    completing a to-do does the same for its unit. Writes to journal.db; 'curriculum undo' takes it
    back, 'curriculum plan' follows it.

    Where half of a calendar or more was deleted, it asks whether these sessions are missed. Where
    it cannot ask, as in a script, it takes that for an accident and says so; --missed answers yes.

    \b
    Examples:
      curriculum pull && curriculum plan && curriculum push
      curriculum pull --vdir ~/calendars
    """
    pulled = pull(context, waiting, vdir, _are_missed(sure=missed, can_ask=not as_json))
    _show(pulled, as_json=as_json)
    if pulled.failures:
        printing.show_text(text.sync.failure_lines(pulled.failures), err=True)
        sys.exit(1)


def _show(pulled: Pulled, *, as_json: bool) -> None:
    """Show what was recorded, and what was not taken over."""
    notes = [
        *map(text.sync.left_line, pulled.left),
        *map(text.sync.deletion_line, pulled.deletions),
    ]
    notes += map(text.sync.newer_line, pulled.newer)
    if as_json:
        recorded = [fact_json(fact) for fact in pulled.facts]
        printing.show_json({"recorded": recorded, "notes": notes})
        return
    lines = [text.record.record_line(fact, pulled.workspace.library) for fact in pulled.facts]
    if pulled.has_edits and not pulled.facts:
        notes.append(text.sync.ALREADY_RECORDED)
    said = [*lines, *notes]
    if not said and not pulled.failures:
        said = [text.sync.NO_EDITS]
    printing.tell(said)


def _are_missed(*, sure: bool, can_ask: bool) -> AreMissed:
    """Return what answers whether many sessions are missed: the option, else the person."""
    is_asked = can_ask and sys.stdin.isatty() and sys.stderr.isatty()

    def answer(deletion: MassDeletion) -> bool:
        if sure or not is_asked:
            return sure
        question = f"{text.sync.deletion_text(deletion)}\nAre these sessions missed?"
        return click.confirm(question, default=False, err=True)

    return answer
