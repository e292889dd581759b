"""The command that lets a session move again."""

from __future__ import annotations

import click

from curriculum.cli.parameters import SessionName, json_option
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.pins import unpin
from curriculum.services.workspace import Workspace


@click.command("unpin")
@click.argument("session", type=SessionName(pinned=True), metavar="SESSION")
@json_option
@click.pass_obj
def unpin_command(context: Context, session: str, *, as_json: bool) -> None:
    """Let a session move again.

    Writes to journal.db.

    \b
    Examples:
      curriculum unpin 2027-01-05T19:00
      curriculum unpin sutton-barto-2018_13-2
    """
    show_recorded(unpin(Workspace(context, results="none"), session), as_json=as_json)
