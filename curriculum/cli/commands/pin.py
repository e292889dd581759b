"""The command that holds a session in its place."""

from __future__ import annotations

from datetime import datetime

import click

from curriculum.cli.parameters import json_option, session_argument
from curriculum.cli.quantities import LocalTime
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.pins import pin
from curriculum.services.workspace import Workspace


@click.command("pin")
@session_argument
@click.option("--at", "moment", type=LocalTime(), metavar="MOMENT", help="Hold it there instead.")
@json_option
@click.pass_obj
def pin_command(context: Context, session: str, moment: datetime | None, *, as_json: bool) -> None:
    """Hold a session where it is.

    Writes to journal.db; the next plans leave the session in its place. A SESSION is the time at
    which it starts, or its UID up to the first dot.

    \b
    Examples:
      curriculum pin 2027-01-05T19:00
      curriculum pin 'tomorrow 19:00' --at 'sat 10:00'
    """
    show_recorded(pin(Workspace(context, results="none"), session, moment), as_json=as_json)
