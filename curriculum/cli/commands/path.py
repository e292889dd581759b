"""The command that lists what leads to a goal."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.graph.longest_chain import longest_chain
from curriculum.model.curriculum import Curriculum
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("path")
@click.argument("goals", nargs=-1, required=True, type=Name("goal"), metavar="GOAL...")
@click.option(
    "--chain", is_flag=True, help="Show the longest chain of units that must follow each other."
)
@click.option("--json", "as_json", is_flag=True, help="Print the path as JSON.")
@click.pass_obj
def path_command(context: Context, goals: tuple[str, ...], *, chain: bool, as_json: bool) -> None:
    """List what leads to a goal.

    A GOAL is a work, a unit, a range of units or a topic. Lists the smallest set of units that
    leads there, without what is known, in an order in which they can be studied, and says how each
    topic was met. With --chain, lists only the units that must follow each other and take the
    longest together: no plan reaches the goal with less.

    \b
    Examples:
      curriculum path ppo-2017
      curriculum path nocedal-wright-2006/1-7 topic:policy-gradient
      curriculum path ppo-2017 --chain
    """
    workspace = Workspace(context)
    curriculum = workspace.curriculum(goals)
    if chain:
        _show_chain(curriculum, as_json=as_json)
    elif as_json:
        printing.show_json(json.library.path_json(curriculum))
    else:
        printing.show(text.library.path_view(curriculum))


def _show_chain(curriculum: Curriculum, *, as_json: bool) -> None:
    chain = longest_chain(curriculum)
    if as_json:
        printing.show_json(json.chain.longest_chain_json(chain, curriculum))
    else:
        printing.show(text.chain.longest_chain_view(chain, curriculum))
