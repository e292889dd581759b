"""The command that says that sessions were missed."""

from __future__ import annotations

import click

from curriculum.cli.parameters import json_option
from curriculum.cli.past_sessions import PastSessionsName
from curriculum.cli.recorded import show_recorded
from curriculum.services.context import Context
from curriculum.services.following import Sessions, record_missed
from curriculum.services.workspace import Workspace


@click.command("missed")
@click.argument("sessions", required=False, type=PastSessionsName(), metavar="[SESSION|DAYS]")
@json_option
@click.pass_obj
def missed_command(context: Context, sessions: Sessions | None, *, as_json: bool) -> None:
    """Say that sessions were missed.

    Writes to journal.db; 'curriculum done' does not log them, and the next plan reschedules what
    they leave to do. Without an argument, that is every session that is over and not logged.

    \b
    Examples:
      curriculum missed
      curriculum missed 2027-01-05T19:00
      curriculum missed 2027-01-05..2027-01-18
    """
    show_recorded(record_missed(Workspace(context, results="none"), sessions), as_json=as_json)
