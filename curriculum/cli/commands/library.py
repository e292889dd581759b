"""The commands about works at hand: find them, show one, copy one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, get_args

import click

from curriculum.cli import printing
from curriculum.cli.inside import in_workspace
from curriculum.cli.own_syllabi import copied_line
from curriculum.cli.parameters import Name
from curriculum.cli.quantities import HOURS, YEARS
from curriculum.cli.search_group import SearchGroup
from curriculum.graph.search import Scale, WorkSearch
from curriculum.model.works import Work
from curriculum.services.context import Context
from curriculum.services.library import works_found, works_read
from curriculum.services.own_syllabi import copy_work
from curriculum.services.roads import roads_found
from curriculum.services.work_page import work_page
from curriculum.services.workspace import Workspace
from curriculum.views import json, text
from curriculum.views.documents.bibliography import bibtex_text, csl_text

_BIBLIOGRAPHIES = {"bibtex": bibtex_text, "csl": csl_text}
_NOTHING_TO_READ = (
    "there are no goals, so nothing is on the way to them; name a work or a word of it"
)


@click.group("library", cls=SearchGroup, invoke_without_command=True)
@click.argument("words", nargs=-1, metavar="[SEARCH]...")
@click.option("--topic", metavar="TOPIC", help="A unit of it teaches this topic.")
@click.option(
    "--year", "years", type=YEARS, metavar="YEARS", help="It is of this year, or of 2015..2018."
)
@click.option("--author", metavar="NAME", help="An author is called that, or a part of it.")
@click.option(
    "--scale",
    type=click.Choice(get_args(Scale)),
    help="It has a published result that such a machine can compute; cpu is a laptop.",
)
@click.option(
    "--hours", "most", type=HOURS, metavar="HOURS", help="It takes no longer than this as a whole."
)
@click.option("--roads", is_flag=True, help="List ready-made roads: goals in order, with reasons.")
@click.option("--json", "form", flag_value="json", help="Print what was found as JSON.")
@click.option("--bibtex", "form", flag_value="bibtex", help="Print what was found as BibTeX.")
@click.option("--csl", "form", flag_value="csl", help="Print what was found as CSL JSON.")
@click.pass_context
def library_command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    *,
    roads: bool,
    form: str | None,
    **filters: Any,  # Any: what `_search` takes
) -> None:
    """List the available works.

    Reads the workspace's syllabi and the built-in ones behind them. SEARCH is looked for in names,
    titles, authors and topics; every word of it must be found, and so must all that the options
    ask for. 'on cpu' counts the published results that a laptop can try. A single road is shown
    with its goals; 'curriculum init --road NAME' starts a workspace with it.

    --bibtex and --csl without a search print the works on the way to your goals, each under its
    name as the key.

    \b
    Examples:
      curriculum library policy gradient --year 2015.. --scale cpu
      curriculum library show ppo-2017
      curriculum library --bibtex > reading.bib
    """
    if ctx.invoked_subcommand is not None:
        return
    if roads:
        _show_roads(ctx.obj, " ".join(words), form)
    elif form in _BIBLIOGRAPHIES:
        _show_bibliography(ctx.obj, _search(words, **filters), form)
    else:
        _show_works(ctx.obj, _search(words, **filters), as_json=form == "json")


def _search(
    words: tuple[str, ...],
    topic: str | None,
    years: tuple[int, int] | None,
    author: str | None,
    scale: Scale | None,
    most: timedelta | None,
) -> WorkSearch:
    minutes = None if most is None else most // timedelta(minutes=1)
    return WorkSearch(" ".join(words), topic, years, author, scale, minutes)


def _show_works(context: Context, search: WorkSearch, *, as_json: bool) -> None:
    found = works_found(Workspace(context), search)
    rows = (found.works, found.minutes, found.own, found.on_cpu)
    if as_json:
        printing.show_json(json.library.library_json(*rows))
    elif found.works:
        printing.show(text.library.library_view(*rows))
    else:
        printing.show_text([_nothing_found(search)])


def _nothing_found(search: WorkSearch) -> str:
    if search == WorkSearch(search.words):
        return f"no work has '{search.words}' in its name, title, authors or topics"
    return "no work has all that was asked for; leave out an option"


def _show_bibliography(context: Context, search: WorkSearch, form: str) -> None:
    works: Mapping[str, Work]
    if search == WorkSearch(""):
        works = works_read(Workspace(context, results="none"))
    else:
        works = works_found(Workspace(context), search, with_results=False).works
    if not works:
        is_all = search == WorkSearch("")
        printing.tell([_NOTHING_TO_READ if is_all else _nothing_found(search)], err=True)
    printing.show_text(_BIBLIOGRAPHIES[form](works).splitlines())


def _show_roads(context: Context, search: str, form: str | None) -> None:
    if form in _BIBLIOGRAPHIES:
        raise click.UsageError(f"a road has no place in a bibliography: leave out '--{form}'")
    found = roads_found(Workspace(context, results="none"), search)
    if form == "json":
        printing.show_json(json.roads.roads_json(found))
    elif found:
        printing.show(text.roads.roads_view(found))
    else:
        printing.show_text([f"no road has '{search}' in its name, title or goals"])


@library_command.command("show")
@click.argument("words", nargs=-1, required=True, type=Name("work"), metavar="WORK")
@click.option("--json", "as_json", is_flag=True, help="Print the page as JSON.")
@click.pass_obj
def page_command(context: Context, words: tuple[str, ...], *, as_json: bool) -> None:
    """Show one work with everything that is known of it.

    What its syllabus says, its units and published results, which works require it, whose ideas it
    builds on and which it opened, the roads that lead to it, and the time that went into it.

    \b
    Examples:
      curriculum library show ppo-2017
      curriculum library show sutton --json
    """
    page = work_page(Workspace(context, results="none"), " ".join(words))
    if as_json:
        printing.show_json(json.work_page.work_page_json(page))
    else:
        printing.show(text.work_page.work_page_view(page))


@click.command("copy")
@click.argument("work", type=Name("work"), metavar="WORK")
@click.pass_obj
def copy_command(context: Context, work: str) -> None:
    """Copy a built-in work into the workspace, to change it.

    Writes its syllabus to syllabi/, where it takes the place of the built-in one: everything is
    planned as before until you change it. 'curriculum undo' takes the copy back.

    \b
    Examples:
      curriculum library copy ppo-2017
      curriculum library copy sutton-barto-2018
    """
    printing.tell([copied_line(copy_work(Workspace(context, results="none"), work))])


library_command.add_command(in_workspace(copy_command))
