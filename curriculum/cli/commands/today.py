"""The command that shows what is on today."""

from __future__ import annotations

from datetime import date

import click

from curriculum.cli import printing
from curriculum.cli.quantities import DAY
from curriculum.practice.waiting import NOTHING_WAITS
from curriculum.services.agenda import agenda_of_today
from curriculum.services.context import Context
from curriculum.services.snapshot import Snapshot
from curriculum.services.what_waits import what_waits
from curriculum.views import json, text


@click.command("today")
@click.option("--on", "day", type=DAY, metavar="DATE", help="Show this past day instead.")
@click.option("--json", "as_json", is_flag=True, help="Print the sessions as JSON.")
@click.pass_obj
def today_command(context: Context, day: date | None, *, as_json: bool) -> None:
    """Show what is on today, and what was missed.

    Reads what 'curriculum plan' published last, and the journal; nothing is planned again.

    \b
    Examples:
      curriculum today
      curriculum today --on yesterday
    """
    snapshot = Snapshot(context)
    days = agenda_of_today(snapshot, day)
    waiting = what_waits(snapshot) if day is None else NOTHING_WAITS
    if as_json:
        printing.show_json(json.today.days_json(days) | json.waiting.waiting_json(waiting))
        return
    printing.show_text(text.today.day_lines(days))
    printing.tell(text.waiting.waiting_lines(waiting))
