"""The command `results`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import click

from curriculum import services
from curriculum.cli import printing
from curriculum.cli.parameters import Name, json_option
from curriculum.model.results import Result
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
    workspace = Workspace(context, results="none")
    found = published_results(workspace, paper)
    covered = services.shown_numbers.covered_of(workspace, found.judged.work)
    if as_json:
        _note_shown(workspace, found, found.judged.results, covered)
        judged = found.judged
        printing.show_json(
            json.results.paper_results_json(judged.work, judged.results, found.margins, covered)
        )
    elif not found.judged.results:
        printing.show_text([f"the syllabus of {found.judged.work} holds no results"])
    else:
        judged = found.judged
        everything = tuple(judged.results.values())
        chosen = everything if is_all else primary_of(everything)
        _note_shown(workspace, found, [result.id for result in chosen], covered)
        _show_results(found, chosen, covered)


def _note_shown(
    workspace: Workspace, found: PublishedResults, names: Iterable[str], covered: Collection[str]
) -> None:
    work = found.judged.work
    shown = [f"{work}#{name}" for name in names if name not in covered]
    services.shown_numbers.note_shown(workspace, shown)


def _show_results(
    found: PublishedResults, chosen: Sequence[Result], covered: Collection[str]
) -> None:
    judged = found.judged
    everything = tuple(judged.results.values())
    outcomes = {name: verdict.outcome for name, verdict in judged.verdicts.items()}
    printing.show_lines(text.results.results_lines(chosen, outcomes, covered))
    if any(result.id in covered for result in chosen):
        guess = f"curriculum predict {judged.work}#RESULT LOW..HIGH --p 70% --paper"
        printing.tell([f"? is covered until you guess it: {guess}"])
    hidden = len(everything) - len(chosen)
    if hidden:
        supporting = "supporting result" if hidden == 1 else "supporting results"
        printing.tell([f"and {hidden} {supporting}: 'curriculum results {judged.work} --all'"])
