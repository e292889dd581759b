"""The command that shows how good predictions were."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.reproduction.calibration import FEWEST, Calibration
from curriculum.services.context import Context
from curriculum.services.snapshot import Snapshot
from curriculum.services.taste import taste_of
from curriculum.views import json, text


@click.command("taste")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def taste_command(context: Context, *, as_json: bool) -> None:
    """Show how good your predictions were.

    Reads taste/predictions.yaml and taste/admired.yaml: Brier's score with its parts, how often
    came true what you said, your ranges, fields and years. Below 20 decided predictions there are
    too few to say.

    \b
    Examples:
      curriculum taste
      curriculum taste --json
    """
    snapshot = Snapshot(context)
    found = taste_of(snapshot)
    parts = (found.calibration, found.counts)
    if as_json:
        printing.show_json(json.taste.taste_json(*parts, found.admired, snapshot.today))
        return
    printing.show_text(text.taste.count_lines(*parts))
    if found.calibration.decided >= FEWEST:
        _show_calibration(found.calibration)
    printing.show_text(text.taste.range_lines(found.calibration.ranges))
    printing.show_text(text.taste.admired_kinds_lines(found.admired))
    printing.show_text(text.taste.problem_lines(found.problems), err=True)


def _show_calibration(found: Calibration) -> None:
    printing.show_text(text.taste.calibration_lines(found))
    click.echo()
    printing.show(text.taste.bins_table(found))
    click.echo()
    printing.show(text.taste.groups_table("field", found.by_field))
    click.echo()
    printing.show(text.taste.groups_table("year", found.by_year))
    click.echo()
