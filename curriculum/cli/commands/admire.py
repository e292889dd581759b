"""The command that notes a work that the person admires."""

from __future__ import annotations

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name, json_option
from curriculum.cli.recorded import show_recorded
from curriculum.practice.admiration import ADMIRED
from curriculum.services.admiration import admire, admired_of
from curriculum.services.context import Context
from curriculum.services.errors import UsageError
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace
from curriculum.views import json, text


@click.command("admire")
@click.argument("work", required=False, type=Name("unit"), metavar="[WORK]")
@click.option("--kind", metavar="TEXT", help="What kind of thing it is, as algorithm.")
@click.option("--why", metavar="TEXT", help="What you admire about it.")
@json_option
@click.pass_obj
def admire_command(
    context: Context, work: str | None, kind: str | None, why: str | None, *, as_json: bool
) -> None:
    """Note a work that you admire, and what for.

    Writes to taste/admired.yaml; without a WORK, lists what is there. A work that no syllabus
    describes is named with its source, as arxiv:2502.16982.

    \b
    Examples:
      curriculum admire trpo-2015 --kind algorithm --why "one knob, monotone"
      curriculum admire
    """
    if work is None:
        _show_list(Snapshot(context), as_json=as_json)
        return
    if why is None:
        raise UsageError("say what for, as '--why \"one knob, monotone\"'", "--why")
    show_recorded(admire(Workspace(context, results="none"), work, why, kind), as_json=as_json)


def _show_list(snapshot: Snapshot, *, as_json: bool) -> None:
    listed = admired_of(snapshot)
    if as_json:
        printing.show_json(json.taste.admired_json(listed))
        return
    printing.show_pages(text.taste.admired_list_lines(listed))
    if listed.problems:
        printing.show_problems(listed.problems, {ADMIRED: listed.source.text})
