"""The commands that draft syllabi and results of one's own."""

from __future__ import annotations

from collections.abc import Iterator

import click

from curriculum.cli import printing
from curriculum.cli.asking import asked_of_paper, is_asking
from curriculum.cli.draft_parameters import draft_options
from curriculum.model.curriculum import WorkKind
from curriculum.services.context import Context
from curriculum.services.draft_sources import DraftSource, drafts_found
from curriculum.services.drafting import DraftsSaved, SaidOfWork, save_drafts, save_template
from curriculum.services.workspace import Workspace
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
