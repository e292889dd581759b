"""The command `power`."""

from __future__ import annotations

import click

from curriculum import services
from curriculum.cli import printing
from curriculum.cli.parameters import json_option
from curriculum.cli.score_parameters import SeedCounts, result_argument
from curriculum.cli.waiting import waiting
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("power")
@result_argument
@click.option(
    "--seeds",
    type=SeedCounts(),
    default="3..10",
    show_default=True,
    metavar="FROM..TO",
    help="The numbers of runs to look at.",
)
@click.option(
    "--sd",
    type=click.FloatRange(min=0, min_open=True),
    metavar="NUMBER",
    help="The standard deviation of your runs.  [default: that of your runs, or the paper's]",
)
@json_option
@click.pass_obj
def power_command(
    context: Context, /, result: str, seeds: range, sd: float | None, *, as_json: bool
) -> None:
    """Say beforehand how likely each verdict is.

    With so many runs, declared and looked at once: what is said of a method that equals the
    paper's, or is worse or better by some margins. Near a metric's bound attempts are simulated,
    which takes seconds.

    \b
    Examples:
      curriculum power td3#td3-hopper
      curriculum power ppo-2017#ppo-pong --seeds 3..20 --sd 0.8 --json
    """
    with waiting("judging attempts"):
        found = services.power.power(Workspace(context, results="none"), result, seeds, sd)
    if as_json:
        printing.show_json(json.power.power_json(found))
        return
    printing.show_text(text.power.power_lines(found))
    printing.show(text.power.power_table(found))
    printing.tell(text.power.power_advice(found))
