"""The command `results`."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name, json_option
from curriculum.reproduction.papers import primary_of
from curriculum.services.comparisons import PublishedResults, published_results
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("results")
@click.argument("paper", type=Name("paper"), metavar="PAPER")
@click.option("--all", "is_all", is_flag=True, help="Show the supporting results, too.")
@json_option
@click.pass_obj
def results_command(context: Context, paper: str, *, is_all: bool, as_json: bool) -> None:
    """Show what a paper claims.

    Reads its syllabus: each result with its spread and runs, how it was measured, where it is
    printed and how sure that is. A star marks the primary results, which decide on the paper.

    \b
    Examples:
      curriculum results ppo-2017
      curriculum results td3 --all --json
    """
    found = published_results(Workspace(context, results="none"), paper)
    if as_json:
        printing.show_json(
            json.results.paper_results_json(found.judged.work, found.judged.results, found.margins)
        )
    elif not found.judged.results:
        printing.show_text([f"the syllabus of {found.judged.work} holds no results"])
    else:
        _show_results(found, is_all=is_all)


def _show_results(found: PublishedResults, *, is_all: bool) -> None:
    judged = found.judged
    everything = tuple(judged.results.values())
    chosen = everything if is_all else primary_of(everything)
    outcomes = {name: verdict.outcome for name, verdict in judged.verdicts.items()}
    printing.show_lines(text.results.results_lines(chosen, outcomes))
    hidden = len(everything) - len(chosen)
    if hidden:
        supporting = "supporting result" if hidden == 1 else "supporting results"
        printing.tell([f"and {hidden} {supporting}: 'curriculum results {judged.work} --all'"])
