"""The command `compare`."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name, json_option
from curriculum.services.comparisons import compare
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("compare")
@click.argument("paper", required=False, type=Name("paper"), metavar="[PAPER]")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    default=1,
    show_default=True,
    help="Draw the bootstrap of suites from this seed.",
)
@json_option
@click.pass_obj
def compare_command(context: Context, paper: str | None, seed: int, *, as_json: bool) -> None:
    """Compare your scores with the published ones.

    Reads the journal and the syllabi; without a PAPER, of every paper that you recorded scores of.
    D is how much better yours is, in brackets its interval of two one-sided tests; Δ is the
    smallest gap that matters.

    \b
    Examples:
      curriculum compare
      curriculum compare ppo-2017 --json
    """
    papers = compare(Workspace(context, results="none"), paper, seed=seed)
    if as_json:
        printing.show_json([json.verdict.comparison_json(paper) for paper in papers])
        return
    if not papers:
        printing.show_text([text.verdict.NO_SCORES])
    for number, found in enumerate(papers):
        if number:
            click.echo()
        printing.show_lines(text.verdict.comparison_lines(found))
