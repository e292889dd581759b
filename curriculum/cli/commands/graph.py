"""The command that prints the prerequisite graph."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("graph")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["dot", "mermaid", "json"]),
    default="dot",
    show_default=True,
    help="For Graphviz, for Mermaid, or for programs.",
)
@click.pass_obj
def graph_command(context: Context, goals: tuple[str, ...], form: str) -> None:
    """Print the prerequisite graph.

    \b
    Examples:
      curriculum graph ppo-2017 | dot -Tsvg > ppo.svg
      curriculum graph --format mermaid
    """
    workspace = Workspace(context)
    curriculum = workspace.curriculum(goals)
    match form:
        case "json":
            printing.show_json(json.graph.graph_json(curriculum))
        case "mermaid":
            click.echo(text.graphs.graph_mermaid(curriculum, workspace.library))
        case _:
            click.echo(text.graphs.graph_dot(curriculum, workspace.library))
