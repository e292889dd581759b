"""The command `score`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.parameters import json_option
from curriculum.cli.score_parameters import ReducerParameter, RunTag, ValueOrRun, result_argument
from curriculum.services.context import Context
from curriculum.services.score_request import ScoreRequest
from curriculum.services.scoring import (
    PreparedScores,
    RecordedScores,
    prepare_scores,
    record_scores,
)
from curriculum.services.workspace import Workspace
from curriculum.views import json, text

_NO_REASON = "it did not finish"


@click.command("score", context_settings={"ignore_unknown_options": True})
@result_argument
@click.argument("values", nargs=-1, type=ValueOrRun(), metavar="[VALUE]...")
@click.option(
    "--from",
    "path",
    type=click.Path(path_type=Path),
    metavar="PATH...",
    help="Read runs: a file or folder each.",
)
@click.option(
    "--tag",
    type=RunTag(),
    metavar="NAME",
    help="The quantity to read; at first all are listed.  [default: as the last time]",
)
@click.option(
    "--pattern",
    metavar="REGEX",
    help="Read any text, line by line: 'step (?P<x>\\d+).* loss (?P<y>\\S+)'.",
)
@click.option(
    "--x",
    metavar="NAME",
    help="The column to take for x, or 'row'.  [default: the one known to count steps]",
)
@click.option(
    "--seed-from",
    metavar="RULE",
    help="'order', 'column:NAME', or a pattern with a group: 'seed-(\\d+)'.",
)
@click.option(
    "--reducer",
    type=ReducerParameter(),
    help="How a curve becomes a number.  [default: the paper's]",
)
@click.option(
    "--val-tag",
    type=RunTag(),
    metavar="NAME",
    help="For best-val: what chooses the point; 'NAME:lower' where less is better.",
)
@click.option("--accept-sampled", is_flag=True, help="Take a history that may be a sample.")
@click.option("--unit", metavar="UNIT", help="The unit of the values, where it is not the paper's.")
@click.option(
    "--seed", multiple=True, metavar="SEED", help="The seed of each value, in their order."
)
@click.option(
    "--sd",
    type=click.FloatRange(min=0),
    metavar="NUMBER",
    help="The standard deviation (n - 1) of the runs a mean is over.",
)
@click.option(
    "--runs",
    type=click.IntRange(min=2),
    metavar="COUNT",
    help="How many runs a mean is over; without --sd, of unknown spread.",
)
@click.option(
    "--deviation",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Where your runs differ, as on.version=v4.",
)
@click.option(
    "--why",
    multiple=True,
    metavar="TEXT",
    help="Why that is acceptable; without it there is no verdict.",
)
@click.option(
    "--failed",
    multiple=True,
    is_flag=False,
    flag_value=_NO_REASON,
    metavar="[REASON]",
    help="A run that crashed.",
)
@click.option("--commit", metavar="HASH", help="The commit of your code.")
@click.option(
    "--seeds",
    type=click.IntRange(min=2),
    metavar="COUNT",
    help="Declare how many runs there will be, before the first.",
)
@click.option(
    "--looks",
    type=click.IntRange(min=1),
    metavar="COUNT",
    help="Declare how often the verdict will be looked at.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be recorded, and record nothing.")
@click.option("--new", is_flag=True, help="Start a new attempt; earlier ones stay in the history.")
@json_option
@click.pass_obj
def score_command(
    context: Context,
    /,
    result: str,
    values: tuple[str, ...],
    path: Path | None,
    *,
    as_json: bool,
    dry_run: bool,
    **options: Any,  # Any: the options, whose names are those of a ScoreRequest
) -> None:
    """Record scores of your reimplementation.

    Writes to journal.db one VALUE per seed, or reads them by the paper's own reducer from logs
    (TensorBoard, CSV, JSON, MLflow, W&B exports, NumPy), and prints the verdict. With --from,
    everything after it is a path, and how each run was read is printed before it is recorded.

    \b
    Examples:
      curriculum score ppo-2017#ppo-pong 20.1 20.7 19.8
      curriculum score td3-2018#td3-hopper --from runs/hopper-1 runs/hopper-2 --tag eval/return
    """
    if path is None:
        request = ScoreRequest(values=values, **options)
    else:
        request = ScoreRequest(paths=(path, *map(Path, values)), **options)
    workspace = Workspace(context, results="none")
    prepared = prepare_scores(workspace, result, request)
    if dry_run:
        _show_prepared(prepared, as_json=as_json)
        return
    if not as_json:
        printing.tell(text.score.reading_lines(prepared.runs_read))
    recorded = record_scores(workspace, prepared)
    _show_recorded(prepared, recorded, as_json=as_json)


def _show_prepared(prepared: PreparedScores, *, as_json: bool) -> None:
    parts = (prepared.full_name, prepared.entry, prepared.runs_read, prepared.budget)
    if as_json:
        printing.show_json(json.score.prepared_json(*parts))
    else:
        printing.show_text(text.score.prepared_lines(*parts))


def _show_recorded(prepared: PreparedScores, recorded: RecordedScores, *, as_json: bool) -> None:
    case, verdict = recorded.case, recorded.verdict
    if as_json:
        shown = json.score.recorded_json(recorded.entry, case, verdict, prepared.runs_read)
        judged = [one.prediction for one in recorded.predictions.judged]
        printing.show_json(shown | json.predictions.judged_json(judged))
        return
    printing.tell(text.score.score_lines(recorded.entry, case))
    if case.attempt.runs:
        printing.show_lines(text.verdict.verdict_lines(case, verdict))
    printing.show_text(text.predictions.judged_lines(recorded.predictions.judged))
    if recorded.predictions.fault is not None:
        fault = f"note: no prediction was judged: {recorded.predictions.fault}"
        printing.show_text([fault], err=True)
