"""The command that shows the sessions of a week."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.quantities import DAYS
from curriculum.model.settings import DayRange
from curriculum.services.agenda import agenda_of_week
from curriculum.services.context import Context
from curriculum.services.snapshot import Snapshot
from curriculum.views import json, text


@click.command("week")
@click.option(
    "--on",
    "days",
    type=DAYS,
    metavar="DATE|WEEK",
    help="Show the week of this day, or these days, as 2027-01-04..2027-01-10.",
)
@click.option("--next", "is_next", is_flag=True, help="Show the week after this one.")
@click.option("--json", "as_json", is_flag=True, help="Print the sessions as JSON.")
@click.pass_obj
def week_command(context: Context, days: DayRange | None, *, is_next: bool, as_json: bool) -> None:
    """Show the sessions of this week.

    Reads what 'curriculum plan' published last, and the journal; a week begins on Monday.

    \b
    Examples:
      curriculum week
      curriculum week --on 2027-W02
    """
    shown = agenda_of_week(Snapshot(context), later=int(is_next), days=days)
    if as_json:
        printing.show_json(json.today.days_json(shown))
    else:
        printing.show_text(text.today.day_lines(shown))
