"""The command that writes a page to send."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.quantities import DAY, DAYS
from curriculum.services.context import Context
from curriculum.services.errors import UsageError
from curriculum.services.reports import (
    REPORT_PARTS,
    ReportPart,
    ReportRequest,
    report_days,
    report_values,
    write_report,
)
from curriculum.services.workspace import Workspace
from curriculum.views import json, text
from curriculum.views.html.report_page import report_page


@click.command("report")
@click.option("--of", type=DAYS, metavar="DAYS", help="These days, as 2027-W02.")
@click.option(
    "--since",
    type=DAY,
    metavar="DATE",
    help="The days from this one on.  [default: after the last report]",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the page there.  [default: report.html in the workspace]",
)
@click.option("--with", "parts", metavar="PARTS", help="Show 'ideas', 'taste' or both, too.")
@click.option(
    "--figures", type=click.Choice(["some", "all"]), default="some", help="All: large ones, too."
)
@click.option("--text", "as_text", is_flag=True, help="Print it as text, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, and write nothing.")
@click.pass_obj
def report_command(
    context: Context,
    /,
    *,
    output: Path | None,
    parts: str | None,
    figures: str,
    as_text: bool,
    as_json: bool,
    **named: Any,  # Any: the options that name the days, as `report_days` takes them
) -> None:
    """Write a page to send to your advisor.

    One file, without scripts and with everything in it: what became of the follow-ups of the last
    report, results against the paper, findings and insights with up to six figures, twelve weeks
    of time, your questions, what is next, and when the goals will be finished. Lines that begin
    with 'private:' stay out, and so does all else that is not of one of these kinds. What the page
    listed is kept in reports/, so that the next report follows it up.

    \b
    Examples:
      curriculum report
      curriculum report --of 2027-W02 --output w02.html --with ideas
    """
    workspace = Workspace(context, results="none")
    days = report_days(workspace, **named)
    request = ReportRequest(days, _parts(parts or ""), every_figure=figures == "all")
    values = report_values(workspace, request)
    if as_json:
        printing.show_json(json.report.report_json(values))
    elif as_text:
        printing.show_pages(text.report.report_lines(values))
    else:
        path = output or context.root / "report.html"
        is_new = write_report(workspace, values, report_page(values), path)
        left_out = [one for one in values.figures if one.left_out]
        notes = (f"note: figure '{one.name}' is left out: {one.left_out}" for one in left_out)
        printing.tell(notes, err=True)
        printing.tell([f"wrote {output or path.name}" if is_new else f"{path.name} is as it was"])


def _parts(written: str) -> frozenset[ReportPart]:
    """Return the parts that are written with commas between them.

    Raises:
        UsageError: One is none.
    """
    names = {one.strip() for one in written.split(",") if one.strip()}
    for name in sorted(names - set(REPORT_PARTS)):
        raise UsageError(
            f"'{name}' is not a part; give 'ideas', 'taste' or 'ideas,taste'", "--with"
        )
    return frozenset(part for part in REPORT_PARTS if part in names)
