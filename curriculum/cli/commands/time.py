"""The command that shows where the time went."""

from __future__ import annotations

from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.quantities import DAY, DAYS
from curriculum.practice.review_text import time_lines
from curriculum.practice.time_rows import RowKind
from curriculum.services.context import Context
from curriculum.services.time_audit import audit_time, days_asked
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("time")
@click.option(
    "--of",
    "of",
    type=DAYS,
    metavar="DAYS",
    help="These days, as 2027-W02 or 2027-01-04..2027-01-10.",
)
@click.option("--since", type=DAY, metavar="DATE", help="The days from this one on.")
@click.option("--until", type=DAY, metavar="DATE", help="The days up to this one.")
@click.option(
    "--weeks", type=click.IntRange(1, 520), metavar="N", help="The last N weeks, this one included."
)
@click.option(
    "--by",
    type=click.Choice(["day", "week", "work", "unit"]),
    help="A row for each of these, rather than for each track.",
)
@click.option(
    "--md", "as_markdown", is_flag=True, help="Print the table as Markdown, as a review has it."
)
@click.option("--json", "as_json", is_flag=True, help="Print the minutes as JSON.")
@click.pass_obj
def time_command(
    context: Context,
    /,
    *,
    by: RowKind | None,
    as_markdown: bool,
    as_json: bool,
    **named: Any,  # Any: the options that name the days, as `days_asked` takes them
) -> None:
    """Show where the time went.

    Reads the journal and what 'curriculum plan' published. Planned are the sessions that are over,
    real is what was studied; what was planned and not studied is missed, what was studied and not
    planned is off plan. Without an option, shows this week.

    \b
    Examples:
      curriculum time
      curriculum time --weeks 12 --by week
    """
    workspace = Workspace(context, results="none")
    audit = audit_time(workspace, days_asked(workspace, **named))
    if as_json:
        printing.show_json(json.time_audit.audit_json(audit, by))
    elif as_markdown:
        click.echo("\n".join(time_lines(audit, by)))
    else:
        printing.show(*text.time_audit.audit_parts(audit, by))
