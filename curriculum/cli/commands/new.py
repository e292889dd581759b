"""The commands that draft syllabi and results of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import click

from curriculum.cli import printing
from curriculum.cli.asking import asked_of_paper, asked_of_result, is_asking
from curriculum.cli.draft_parameters import bytes_given, draft_options
from curriculum.cli.input_file import InputFile
from curriculum.cli.parameters import Name
from curriculum.cli.result_parameters import fields_given, result_options
from curriculum.model.curriculum import WorkKind
from curriculum.services.context import Context
from curriculum.services.draft_sources import DraftSource, NamedBytes, drafts_found
from curriculum.services.drafting import (
    DraftsSaved,
    SaidOfWork,
    decoded,
    save_drafts,
    save_template,
)
from curriculum.services.new_results import add_results, own_paper
from curriculum.services.workspace import Workspace
from curriculum.syllabus.importers.result_rows import ResultRow, read_rows
from curriculum.views import text
from curriculum.views.text.lines import StyledLine


@click.group("new")
def new_command() -> None:
    """Draft a syllabus or a result of your own.

    A draft passes 'check'; what is guessed in it is marked '# guessed'. No file is written over,
    and 'curriculum undo' takes a draft back.

    \b
    Examples:
      curriculum new textbook --pdf ~/books/sums.pdf
      curriculum new paper --bib refs.bib --key schulman2017
    """


@new_command.command("textbook")
@draft_options
@click.pass_obj
def new_textbook_command(
    context: Context, /, *, source: DraftSource, said: SaidOfWork, is_printed: bool
) -> None:
    """Draft the syllabus of a textbook.

    Writes syllabi/textbooks/NAME.yaml with the chapters and pages that the outline of a PDF or the
    contents of an EPUB name. A bibliography or an id says who wrote it. Without any of these,
    writes a template to be filled in. The network is asked with --fetch alone.

    \b
    Examples:
      curriculum new textbook --pdf ~/books/sums.pdf
      curriculum new textbook --epub sums.epub --bib refs.bib --key adder2020
    """
    _draft(context, "textbook", source, said, is_printed=is_printed)


@new_command.command("thesis")
@draft_options
@click.pass_obj
def new_thesis_command(
    context: Context, /, *, source: DraftSource, said: SaidOfWork, is_printed: bool
) -> None:
    """Draft the syllabus of a thesis.

    Writes syllabi/theses/NAME.yaml, as 'new textbook' does; the role of each chapter is guessed
    from its title.

    \b
    Examples:
      curriculum new thesis --pdf schulman.pdf
      curriculum new thesis --title "On Sums" --author "Ada Adder" --year 2020
    """
    _draft(context, "thesis", source, said, is_printed=is_printed)


@new_command.command("paper")
@draft_options
@click.pass_obj
def new_paper_command(
    context: Context, /, *, source: DraftSource, said: SaidOfWork, is_printed: bool
) -> None:
    """Draft the syllabus of a paper.

    Writes syllabi/papers/NAME.yaml with steps to read, implement and compare. Without options, asks
    field by field in a terminal, and writes a template elsewhere. The network is asked with --fetch
    alone.

    \b
    Examples:
      curriculum new paper --arxiv 1707.06347 --fetch
      curriculum new paper --bib refs.bib --all
    """
    if source.is_empty and said.title is None and is_asking():
        source, said = asked_of_paper(said)
    _draft(context, "paper", source, said, is_printed=is_printed)


@new_command.command("result")
@click.argument("paper", type=Name("paper"), metavar="PAPER")
@click.option("--csv", "csv_file", type=InputFile(), metavar="FILE|-", help="A table of results.")
@result_options
@click.option("--print", "is_printed", is_flag=True, help="Print it; write nothing.")
@click.pass_obj
def new_result_command(
    context: Context,
    /,
    paper: str,
    *,
    csv_file: IO[bytes] | None,
    is_printed: bool,
    **fields: Any,  # Any: the fields of a result
) -> None:
    """Add a published result to a paper of your own.

    Writes it below 'results:' in the paper's syllabus. Asks field by field in a terminal, with what
    the paper's last result said as the likely answers. A table of --csv names its columns in its
    first line, as the options are called; an option then holds for every line.

    \b
    Examples:
      curriculum new result my-paper --on CartPole --metric return --value "195 ± 4" --table 1
      curriculum new result my-paper --csv table1.csv --metric return --table 1
    """
    workspace = Workspace(context, results="own")
    target = own_paper(workspace, paper)
    rows = list(_rows(bytes_given(csv_file), fields_given(fields), target.offered))
    added = add_results(workspace, target, rows, write=not is_printed)
    if is_printed:
        printing.show_text(added.lines)
        return
    printing.tell(text.drafts.added_lines(added.file, added.ids, added.guesses))


def _rows(
    table: NamedBytes | None, given: ResultRow, offered: ResultRow
) -> Iterator[tuple[str, ResultRow]]:
    """Yield the results that are meant, each with the place where it is given."""
    if table is not None:
        name = table.name or "the table"
        for number, row in enumerate(read_rows(name, decoded(table.data)), start=1):
            yield f"result {number} of {name}", {**given, **row}
        return
    if "value" in given:
        yield "", given
    elif is_asking():
        yield "", asked_of_result(given, offered)
    else:
        raise click.UsageError("give the result by --value, --on, --metric and --table, or --csv")


def _draft(
    context: Context, kind: WorkKind, source: DraftSource, said: SaidOfWork, *, is_printed: bool
) -> None:
    workspace = Workspace(context, results="none")
    if source.is_empty and said.title is None:
        _show(
            save_template(workspace, kind, said.name, write=not is_printed), is_printed=is_printed
        )
        return
    found = drafts_found(kind, source, said)
    saved = save_drafts(workspace, found.drafts, said.name, write=not is_printed)
    printing.show_text(text.drafts.loss_lines(found.problems), err=True)
    _show(saved, is_printed=is_printed)


def _show(saved: DraftsSaved, *, is_printed: bool) -> None:
    if is_printed:
        for one in saved.drafted:
            click.echo(one.text, nl=False)
        return
    printing.tell(_told(saved))


def _told(saved: DraftsSaved) -> Iterator[str | StyledLine]:
    for one in saved.drafted:
        yield text.drafts.drafted_line(one.file, one.units, one.minutes, one.guesses)
    if saved.passed_over:
        yield text.drafts.passed_over_line(saved.passed_over)
    if len(saved.drafted) == 1:
        (one,) = saved.drafted
        yield from text.drafts.next_steps(
            one.name, is_named_by_rule=one.is_named_by_rule, is_template=not one.units
        )
