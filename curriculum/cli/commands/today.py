"""The command that shows what is on today."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.services.agenda import agenda_of_today
from curriculum.services.context import Context
from curriculum.services.snapshot import Snapshot
from curriculum.views import json, text


@click.command("today")
@click.option("--json", "as_json", is_flag=True, help="Print the sessions as JSON.")
@click.pass_obj
def today_command(context: Context, *, as_json: bool) -> None:
    """Show what is on today, and what was missed.

    Reads what 'curriculum plan' published last, and the journal; nothing is planned again.

    \b
    Examples:
      curriculum today
      curriculum today --json
    """
    days = agenda_of_today(Snapshot(context))
    if as_json:
        printing.show_json(json.today.days_json(days))
    else:
        printing.show_text(text.today.day_lines(days))
