"""The command `scores`."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import json_option
from curriculum.cli.score_parameters import result_argument
from curriculum.services.comparisons import score_history
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("scores")
@result_argument
@json_option
@click.pass_obj
def scores_command(context: Context, result: str, *, as_json: bool) -> None:
    """Show the history of your scores.

    Reads the journal: every attempt with its runs, and each verdict as it was given.

    \b
    Examples:
      curriculum scores ppo-2017#ppo-pong
      curriculum scores td3-2018#td3-hopper --json
    """
    name, attempts = score_history(Workspace(context, results="none"), result)
    if as_json:
        printing.show_json(json.attempts.attempts_json(attempts))
        return
    if not attempts:
        printing.show_text([f"no scores yet of {name}"])
    printing.show_text(text.history.history_lines(attempts))
