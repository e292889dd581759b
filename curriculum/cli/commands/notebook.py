"""The command that shows the notebook."""

from __future__ import annotations

from datetime import date

import click

from curriculum.cli import printing
from curriculum.model.settings import DayRange
from curriculum.model.typed_days import EVERY_DAY, past_days
from curriculum.practice.entries import LINE_KINDS, LineKind
from curriculum.practice.notebook import NoteFilter
from curriculum.services.notebook import evening, notebook, require_known
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("notebook")
@click.argument("words", nargs=-1, metavar="[DAYS] [WORK|UNIT]")
@click.option("--kind", type=click.Choice(LINE_KINDS), help="Show only the lines of this kind.")
@click.option(
    "--grep", "wanted", metavar="WORDS", help="Show only the lines that hold these words."
)
@click.option("--json", "as_json", is_flag=True, help="Print the notes as JSON.")
@click.pass_context
def notebook_command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    *,
    kind: LineKind | None,
    wanted: str | None,
    as_json: bool,
) -> None:
    """Show the notebook.

    Reads notebook/*/*.md. Under each day stands what the journal knows of it: time, finished units
    and scores. Days are a date, a week or a range, as 2027-01-04..2027-01-10.

    \b
    Examples:
      curriculum notebook today
      curriculum notebook ppo-2017 --kind finding
    """
    workspace = Workspace(ctx.obj, results="none")
    days, name = _asked(ctx, words, evening(workspace))
    shown = notebook(workspace, days, NoteFilter(name, kind, wanted), with_files=as_json)
    if name is not None and not shown:
        require_known(workspace, name)
    if as_json:
        printing.show_json(json.notebook.notebook_json(shown))
    else:
        is_search = bool(words or kind or wanted)
        printing.show_pages(text.notebook.notebook_lines(shown, is_search=is_search))


def _asked(ctx: click.Context, words: tuple[str, ...], today: date) -> tuple[DayRange, str | None]:
    """Return the days and the work or unit that were asked for.

    Raises:
        click.BadParameter: A word that can only be days names none.
    """
    days = EVERY_DAY
    name = None
    for word in words:
        try:
            days = past_days(word, today)
        except ValueError as error:
            if ".." in word:
                raise click.BadParameter(str(error), ctx) from error
            name = word
    return days, name
