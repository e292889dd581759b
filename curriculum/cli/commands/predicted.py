"""The command that says how a prediction ended."""

from __future__ import annotations

from datetime import date

import click

from curriculum.cli import printing
from curriculum.cli.parameters import PredictionParameter, json_option
from curriculum.cli.quantities import DAY
from curriculum.model.predictions import PredictionEnd
from curriculum.progress.fact_json import fact_json
from curriculum.services.context import Context
from curriculum.services.predictions import decide_prediction
from curriculum.services.workspace import Workspace
from curriculum.views import json, text

_ENDS = [str(end) for end in PredictionEnd]


@click.command("predicted")
@click.argument("name", type=PredictionParameter(), metavar="ID")
@click.argument("end", type=click.Choice(_ENDS))
@click.option("--evidence", required=True, metavar="TEXT", help="What shows it.")
@click.option(
    "--on", "day", type=DAY, metavar="DATE", help="It was known on this day.  [default: today]"
)
@json_option
@click.pass_obj
def predicted_command(
    context: Context, name: str, end: str, evidence: str, day: date | None, *, as_json: bool
) -> None:
    """Say how a prediction ended.

    Writes the outcome to taste/predictions.yaml. One that cannot be decided is void and counts
    nowhere.

    \b
    Examples:
      curriculum predicted muon-trains true --evidence "model cards of 9 Jan"
      curriculum predicted muon-trains void --evidence "no model cards were published"
    """
    workspace = Workspace(context, results="none")
    found = decide_prediction(workspace, name, PredictionEnd(end), evidence, day)
    if as_json:
        shown = json.predictions.prediction_json(found.prediction, workspace.today)
        facts = [fact_json(fact) for fact in found.facts]
        printing.show_json({"recorded": facts, "prediction": shown})
        return
    printing.tell(text.predictions.predicted_lines(found.prediction))
