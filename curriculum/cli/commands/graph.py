"""The command that prints the prerequisite graph, and the graph of ideas."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.graph.idea_graph import opened_doors
from curriculum.services.context import Context
from curriculum.services.idea_graphs import ideas_graph
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("graph")
@click.argument("goals", nargs=-1, type=Name("goal"), metavar="[GOAL]...")
@click.option(
    "--ideas",
    "of_ideas",
    is_flag=True,
    help="Print whose ideas works build on; of one work, what leads to it and on from it.",
)
@click.option(
    "--ranking", is_flag=True, help="With --ideas, list the works whose ideas opened doors."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["dot", "mermaid", "json"]),
    default="dot",
    show_default=True,
    help="For Graphviz, for Mermaid, or for programs.",
)
@click.pass_obj
def graph_command(
    context: Context, goals: tuple[str, ...], form: str, *, of_ideas: bool, ranking: bool
) -> None:
    """Print the prerequisite graph.

    With --ideas, print which works build on whose ideas, by 'builds_on' in their syllabi and of the
    papers that came in. It never blocks, and says how many in the end go back to each work.

    \b
    Examples:
      curriculum graph ppo-2017 | dot -Tsvg > ppo.svg
      curriculum graph --ideas --ranking
    """
    if of_ideas:
        _show_ideas(context, goals, form, ranking=ranking)
        return
    if ranking:
        raise click.UsageError("'--ranking' goes with '--ideas'")
    workspace = Workspace(context)
    curriculum = workspace.curriculum(goals)
    match form:
        case "json":
            printing.show_json(json.graph.graph_json(curriculum))
        case "mermaid":
            click.echo(text.graphs.graph_mermaid(curriculum, workspace.library))
        case _:
            click.echo(text.graphs.graph_dot(curriculum, workspace.library))


def _show_ideas(context: Context, works: tuple[str, ...], form: str, *, ranking: bool) -> None:
    if len(works) > 1:
        raise click.UsageError("'--ideas' takes one work")
    graph = ideas_graph(Workspace(context, results="none"), works[0] if works else None)
    if form == "json":
        printing.show_json(json.graph.idea_graph_json(graph))
    elif ranking:
        printing.show_pages(text.graphs.door_lines(opened_doors(graph)))
    elif form == "mermaid":
        click.echo(text.graphs.idea_graph_mermaid(graph))
    else:
        click.echo(text.graphs.idea_graph_dot(graph))
