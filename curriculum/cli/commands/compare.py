"""The command `compare`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from curriculum import services
from curriculum.cli import printing
from curriculum.cli.parameters import json_option
from curriculum.cli.score_parameters import PaperOrResult
from curriculum.reproduction.paper_comparison import PaperComparison
from curriculum.services.comparisons import compare
from curriculum.services.context import Context
from curriculum.services.workspace import Workspace
from curriculum.views import documents, json, text


@click.command("compare")
@click.argument("paper", required=False, type=PaperOrResult(), metavar="[PAPER|PAPER#RESULT]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "latex", "csv"]),
    help="For a person, for programs, or a table for a README, a paper or a spreadsheet.  "
    "[default: text, or what the ending of --output means]",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the table there: .md, .tex or .csv.",
)
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
def compare_command(
    context: Context,
    /,
    paper: str | None,
    form: str | None,
    output: Path | None,
    seed: int,
    *,
    as_json: bool,
) -> None:
    """Compare your scores with the published ones.

    Reads the journal and the syllabi; without a PAPER, of every paper that you recorded scores of.
    D is how much better yours is, in brackets its interval of two one-sided tests; Δ is the
    smallest gap that matters. A FILE that is there is replaced only if this command made it.

    \b
    Examples:
      curriculum compare ppo-2017
      curriculum compare td3 --format markdown
      curriculum compare td3#td3-hopper --output hopper.tex
    """
    form = _format(form, output, as_json=as_json)
    papers = compare(Workspace(context, results="none"), paper, seed=seed)
    match form:
        case "text":
            _show(papers)
        case "json":
            printing.show_json([json.verdict.comparison_json(paper) for paper in papers])
        case _:
            _hand_on(papers, form, output)


def _format(form: str | None, output: Path | None, *, as_json: bool) -> str:
    """Return the format that is meant.

    Raises:
        click.UsageError: The options contradict each other.
    """
    if as_json and (output is not None or form not in (None, "json")):
        raise click.UsageError("'--json' goes neither with another '--format' nor with '--output'")
    if output is not None and form in ("text", "json"):
        raise click.UsageError("'--output' writes a table: '--format' markdown, latex or csv")
    if form is None and output is not None:
        return services.tables.format_of_file(output)
    return form or ("json" if as_json else "text")


def _show(papers: Sequence[PaperComparison]) -> None:
    if not papers:
        printing.show_text([text.verdict.NO_SCORES])
    for number, found in enumerate(papers):
        if number:
            click.echo()
        printing.show_lines(text.verdict.comparison_lines(found))


def _hand_on(papers: Sequence[PaperComparison], form: str, output: Path | None) -> None:
    """Print or write a table; nothing where no score was recorded."""
    if not any(paper.results for paper in papers):
        printing.show_text([text.verdict.NO_SCORES], err=True)
        return
    match form:
        case "markdown":
            table = documents.markdown.markdown_text(papers)
        case "latex":
            table = documents.latex.latex_text(papers)
        case _:
            table = documents.csv.csv_text(papers)
    if output is None:
        click.echo(table, nl=False)
        return
    is_new = services.tables.write_table(output, table)
    printing.tell([f"wrote {output}" if is_new else f"{output} is as it was"])
