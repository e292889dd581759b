"""The commands that take papers in, and decide about them."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name, SkimName, json_option
from curriculum.cli.quantities import HOURS
from curriculum.cli.recorded import show_recorded
from curriculum.model.skims import NEED_A_DOUBT, SkimMark
from curriculum.practice.skim_files import SkimRead
from curriculum.practice.skim_queue import unread_skims
from curriculum.services.context import Context
from curriculum.services.skim_import import import_skims
from curriculum.services.skim_promotion import promote_skim, work_of_skim
from curriculum.services.skims import (
    SkimJudgement,
    abstract_of,
    mark_skim,
    record_skimming,
    skims_of,
)
from curriculum.services.workspace import Workspace
from curriculum.views import json, text

_MARKS = [str(mark) for mark in SkimMark]
_KEYS = {
    "p": SkimMark.PASS,
    "w": SkimMark.WATCH,
    "r": SkimMark.READ,
    "x": SkimMark.REPRODUCE,
}
_LATER = "s"
_QUIT = ("q", "\x03", "\x04", "\x1b")
_ASKED = "p pass, w watch, r read, x reproduce, s later, q quit: "


@click.group("skim", invoke_without_command=True)
@click.option("--count", is_flag=True, help="Log the time it takes as study of the papers.")
@click.pass_context
def skim_command(ctx: click.Context, *, count: bool) -> None:
    """Look at the papers that came in, and decide about them.

    Shows each unread paper and waits for a key: p pass, w watch, r read, x reproduce, s later, q
    quit. A paper to read or to reproduce needs a doubt: its weakest point. What is decided goes
    into skim/MONTH.yaml, which is yours to edit; what is unread for four weeks is not shown again.

    \b
    Examples:
      curriculum skim import cs.LG.xml refs.bib
      curriculum skim
    """
    if ctx.invoked_subcommand is not None:
        return
    workspace = Workspace(ctx.obj, results="none")
    waiting = unread_skims(skims_of(workspace), workspace.today)
    if not waiting:
        printing.tell(["No paper is unread; 'curriculum skim import FILE' takes papers in."])
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("keys need a terminal; use 'curriculum skim mark ID MARK' here")
    began = time.monotonic()
    decided = _ask_about(workspace, waiting)
    minutes = max(1, round((time.monotonic() - began) / 60))
    printing.tell([f"{decided} of {len(waiting)} decided"])
    if count and decided:
        show_recorded(record_skimming(workspace, minutes), as_json=False)


def _ask_about(workspace: Workspace, waiting: Sequence[SkimRead]) -> int:
    """Show papers until the person quits, and return how many were decided about."""
    decided = 0
    for number, read in enumerate(waiting, start=1):
        abstract = abstract_of(workspace, read.skim)
        known = work_of_skim(workspace, read.skim)
        printing.show_text(text.skims.shown_paper_lines(read.skim, abstract, known))
        key = _key(f"[{number}/{len(waiting)}] {_ASKED}")
        if key in _QUIT:
            break
        if key != _LATER:
            mark = _KEYS[key]
            doubt = _doubt() if mark in NEED_A_DOUBT else None
            mark_skim(workspace, read.skim.id, SkimJudgement(mark, doubt=doubt))
            decided += 1
    return decided


def _key(question: str) -> str:
    """Return the key that was pressed; others than those that are named do nothing."""
    click.echo(question, nl=False)
    while True:
        try:
            pressed = click.getchar().lower()
        except (KeyboardInterrupt, EOFError):
            pressed = _QUIT[0]
        # Keys pressed quickly come together; an arrow comes as an escape with more behind it.
        keys = (pressed,) if pressed.startswith("\x1b") else tuple(pressed)
        for key in keys:
            if key in (*_KEYS, _LATER, *_QUIT):
                click.echo(key if key.isprintable() else "")
                return key


def _doubt() -> str:
    """Return the weakest point of a paper, which has to be said."""
    while True:
        said: str = click.prompt("What is its weakest point?", default="", show_default=False)
        if said.strip():
            return said


@skim_command.command("import")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE...",
)
@json_option
@click.pass_obj
def import_skims_command(context: Context, paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Take in the papers of feeds, bibliographies and lists.

    FILE is a feed (RSS, Atom), BibTeX, CSL JSON, or a list of arXiv ids, DOIs and addresses, one a
    line; '-' is standard input. Papers are added to skim/MONTH.yaml, each once under all its names,
    and abstracts to skim/abstracts/MONTH.json. What of a file cannot be read is named.

    \b
    Examples:
      curriculum skim import cs.LG.xml refs.bib
      curl -s https://rss.arxiv.org/rss/cs.LG | curriculum skim import -
    """
    imported = import_skims(Workspace(context, results="none"), paths)
    if as_json:
        printing.show_json(json.skims.imported_json(imported))
        return
    printing.show_problems(imported.problems, {})
    printing.tell(text.skims.imported_lines(imported))


@skim_command.command("mark")
@click.argument("name", type=SkimName(), metavar="ID")
@click.argument("mark", type=click.Choice(_MARKS), metavar="MARK")
@click.option("--claim", metavar="TEXT", help="What it claims.")
@click.option("--doubt", metavar="TEXT", help="Its weakest point; needed to read or reproduce it.")
@click.option("--uses", multiple=True, metavar="NAME", help="What it uses, as rms-norm.")
@click.option(
    "--builds-on",
    multiple=True,
    type=Name("paper"),
    metavar="WORK:IDEA",
    help="Whose idea it builds on, as ppo-2017:clipping.",
)
@click.option(
    "--count", "took", type=HOURS, metavar="HOURS", help="Log this time as study of the papers."
)
@json_option
@click.pass_obj
def mark_command(
    context: Context, /, name: str, mark: str, *, as_json: bool, **thoughts: Any
) -> None:  # Any: what `SkimJudgement` takes
    """Write down what you think of a paper.

    MARK is pass, watch, read or reproduce; read and reproduce need a doubt.

    \b
    Examples:
      curriculum skim mark 2701.01234 read --claim "half the compute" --doubt "three seeds"
      curriculum skim mark 2701.01234 watch --builds-on ppo-2017:clipping --uses rms-norm
    """
    workspace = Workspace(context, results="none")
    recorded = mark_skim(workspace, name, SkimJudgement(SkimMark(mark), **thoughts))
    show_recorded(recorded, as_json=as_json)


@skim_command.command("promote")
@click.argument("name", type=SkimName(), metavar="ID")
@click.option("--as", "wanted", metavar="NAME", help="What the syllabus is called.")
@click.pass_obj
def promote_command(context: Context, name: str, wanted: str | None) -> None:
    """Draft the syllabus of a paper.

    Writes syllabi/papers/NAME.yaml with what is known of the paper, and the steps read, implement,
    train and compare.

    \b
    Examples:
      curriculum skim promote 2701.01234
      curriculum skim promote 2701.01234 --as half-compute-2027
    """
    promoted = promote_skim(Workspace(context, results="none"), name, wanted)
    printing.tell(text.skims.promoted_lines(promoted))
