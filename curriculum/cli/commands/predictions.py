"""The command that lists predictions."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.practice.predictions import PREDICTIONS, due_predictions
from curriculum.services.context import Context
from curriculum.services.predictions import predictions_of
from curriculum.services.snapshot import Snapshot
from curriculum.views import json, text


@click.command("predictions")
@click.option("--due", "only_due", is_flag=True, help="List only those that are to be decided.")
@click.option("--all", "is_all", is_flag=True, help="List those that have ended, too.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON: all of them, or --due.")
@click.pass_obj
def predictions_command(context: Context, *, only_due: bool, is_all: bool, as_json: bool) -> None:
    """List your predictions.

    Reads taste/predictions.yaml: the open ones with their probability and what decides them.

    \b
    Examples:
      curriculum predictions
      curriculum predictions --due
    """
    snapshot = Snapshot(context)
    found = predictions_of(snapshot)
    due = due_predictions(found.entries, snapshot.today)
    shown = due if only_due else found.entries
    if not (only_due or is_all or as_json):
        shown = tuple(one for one in shown if one.value.outcome is None)
    if as_json:
        printing.show_json(json.predictions.predictions_json(shown, snapshot.today))
        return
    lines = text.predictions.prediction_list_lines(shown, snapshot.today, is_all=is_all)
    printing.show_pages([*lines, *text.predictions.due_advice(due)])
    if found.problems:
        printing.show_problems(found.problems, {PREDICTIONS: found.source.text})
