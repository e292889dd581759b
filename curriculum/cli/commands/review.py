"""The command that writes the review of a week or two."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.editor import open_in_editor
from curriculum.cli.quantities import DAY, DAYS
from curriculum.model.settings import DayRange
from curriculum.services.context import Context
from curriculum.services.reviews import days_to_make, make_review
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("review")
@click.option(
    "--of",
    "of",
    type=DAYS,
    metavar="DAYS",
    help="Review these days, as 2027-W02.  [default: since the last review]",
)
@click.option("--since", type=DAY, metavar="DATE", help="Review the days from this one on.")
@click.option("--until", type=DAY, metavar="DATE", help="Review the days up to this one.")
@click.option("--refresh", is_flag=True, help="Fill in again what you did not edit.")
@click.option("--ours", is_flag=True, help="With --refresh, write over what you edited, too.")
@click.option("--no-edit", is_flag=True, help="Do not open the review in your editor.")
@click.option("--json", "as_json", is_flag=True, help="Print what it is filled in with as JSON.")
@click.pass_obj
def review_command(
    context: Context,
    /,
    *,
    of: DayRange | None,
    since: date | None,
    until: date | None,
    as_json: bool,
    **options: Any,  # Any: whether to fill in again, and whether to open the editor
) -> None:
    """Write the review of the last week or two.

    Writes notebook/reviews/YEAR-WEEK.md and opens it in your editor: follow-ups, where the time
    went, findings, insights, questions, and what was finished and scored. A review that is there
    stays as it is; --refresh fills in again what stands between its marks, unless you edited it.

    \b
    Examples:
      curriculum review
      curriculum review --of 2027-W02 --refresh
    """
    workspace = Workspace(context)
    no_edit = options.pop("no_edit")
    made = make_review(workspace, days_to_make(workspace, of, since, until), **options)
    if as_json:
        printing.show_json(json.review.review_json(made.content, made.file))
        return
    printing.tell(text.review.review_lines_said(made.file, made.kept, is_new=made.is_new))
    printing.tell(text.review.unread_lines(made.content.unread), err=True)
    if not no_edit:
        open_in_editor(context.root / made.file)
