"""The command that writes down a prediction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.parameters import PredictionParameter, json_option
from curriculum.cli.quantities import DayAhead, Probability
from curriculum.model.predictions import is_result_name, number_range
from curriculum.model.quantities import UnreadableError
from curriculum.progress.fact_json import fact_json
from curriculum.services.context import Context
from curriculum.services.errors import UsageError
from curriculum.services.predictions import (
    NewPrediction,
    Predicted,
    predict_event,
    revise_prediction,
)
from curriculum.services.score_predictions import (
    NumbersCovered,
    cover_numbers,
    guess_published,
    predict_score,
)
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("predict", context_settings={"ignore_unknown_options": True})
@click.argument(
    "words",
    nargs=-1,
    required=True,
    type=PredictionParameter(results=True),
    metavar="TEXT|PAPER#RESULT LOW..HIGH|ID",
)
@click.option("--p", type=Probability(), metavar="PERCENT", help="How likely it is, as 65%.")
@click.option(
    "--by", type=DayAhead(), metavar="DATE", help="It is decided on this day, as 6w or 2028-01-09."
)
@click.option("--how", metavar="TEXT", help="What will decide it.")
@click.option("--about", metavar="WORK", help="What it is about, as arxiv:2502.16982.")
@click.option("--field", metavar="TEXT", help="The field it belongs to, as scaling.")
@click.option("--why", metavar="TEXT", help="Why it is as likely as that.")
@click.option("--id", "name", metavar="ID", help="What to call it.  [default: made of its words]")
@click.option(
    "--paper", "is_paper", is_flag=True, help="Guess the published number, not your own score."
)
@json_option
@click.pass_obj
def predict_command(
    context: Context,
    /,
    words: tuple[str, ...],
    *,
    is_paper: bool,
    as_json: bool,
    **said: Any,  # Any: what is said of a prediction
) -> None:
    """Predict something with a probability.

    Writes to taste/predictions.yaml. A TEXT needs --by and --how, and 'curriculum predicted' says
    how it ended; with the ID of an open prediction, --p changes its probability. A range of your
    own score is judged by 'curriculum score', by the first attempt that is complete.

    With --paper, a PAPER or PAPER#RESULT alone covers the published numbers in 'curriculum
    results'; with a range it is a guess, which is judged at once and uncovers the number.

    \b
    Examples:
      curriculum predict "Muon trains GPT-6" --p 65% --by 52w --how "its model card"
      curriculum predict td3#td3-hopper 3300..3700 --p 80%
    """
    workspace = Workspace(context, results="none")
    new = NewPrediction(**said)
    if is_paper and len(words) == 1:
        _show_covered(cover_numbers(workspace, words[0]), as_json=as_json)
        return
    found = _predicted(workspace, words, new, is_paper=is_paper)
    if as_json:
        shown = json.predictions.prediction_json(found.prediction, workspace.today)
        facts = [fact_json(fact) for fact in found.facts]
        printing.show_json({"recorded": facts, "prediction": shown, "alike": found.alike})
        return
    printing.tell(
        text.predictions.predicted_lines(found.prediction, found.alike), is_asked=is_paper
    )


def _predicted(
    workspace: Workspace, words: Sequence[str], new: NewPrediction, *, is_paper: bool
) -> Predicted:
    """Write down what the words mean: a score with its range, a known prediction, or an event.

    Raises:
        UsageError: They mean none of these.
    """
    if is_result_name(words[0]):
        return _predicted_score(workspace, words, new, is_paper=is_paper)
    if is_paper:
        raise UsageError(f"'{words[0]}' is not a result; write it like 'ppo#ppo-pong'", "--paper")
    is_name = len(words) == 1 and " " not in words[0].strip()
    if is_name and new.by is None and new.how is None:
        return revise_prediction(workspace, words[0], new)
    return predict_event(workspace, " ".join(words), new)


def _predicted_score(
    workspace: Workspace, words: Sequence[str], new: NewPrediction, *, is_paper: bool
) -> Predicted:
    if len(words) != 2:
        raise UsageError("say what range it lies in, as '3300..3700'", "LOW..HIGH")
    try:
        range_ = number_range(words[1])
    except UnreadableError as error:
        raise UsageError(str(error), "LOW..HIGH") from error
    predict = guess_published if is_paper else predict_score
    return predict(workspace, words[0], range_, new)


def _show_covered(found: NumbersCovered, *, as_json: bool) -> None:
    if as_json:
        facts = [fact_json(fact) for fact in found.facts]
        printing.show_json(
            {"recorded": facts, "covered": list(found.covered), "shown": list(found.shown)}
        )
        return
    printing.tell(text.predictions.covered_lines(found.covered, found.shown), is_asked=True)
