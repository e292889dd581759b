"""The command that lists what changes gained and cost."""

from __future__ import annotations

from collections.abc import Sequence

import click

from curriculum import services
from curriculum.cli import printing
from curriculum.cli.parameters import ProjectName
from curriculum.reproduction.frontier import JudgedChange
from curriculum.services.context import Context
from curriculum.services.snapshot import Snapshot
from curriculum.views import json, text


@click.command("ablations")
@click.argument("project", required=False, type=ProjectName(), metavar="[PROJECT]")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def ablations_command(context: Context, project: str | None, *, as_json: bool) -> None:
    """List what changes gained and cost.

    Reads ablations/*.tsv. A change is on the frontier when no other one on the same task gains as
    much with as few lines. What cannot be told from nothing is compared with none. 'worth' in the
    settings draws a line: worth: [{lines: 2, gain: 10%}, {lines: 10, gain: 50%}].

    \b
    Examples:
      curriculum ablations
      curriculum ablations td3-hopper --json
    """
    judged = services.ablations.judged_tables(Snapshot(context), project)
    if as_json:
        rows = [json.ablations.ablations_json(one.table, one.changes) for one in judged]
        printing.show_json([row for table in rows for row in table])
        return
    _show([change for one in judged for change in one.changes])
    for one in judged:
        if one.table.problems:
            printing.show_problems(one.table.problems, {one.table.file: one.table.text})


def _show(changes: Sequence[JudgedChange]) -> None:
    if not changes:
        printing.show_text([text.ablations.NO_ABLATIONS])
    for number, table in enumerate(text.ablations.change_tables(changes)):
        if number:
            click.echo()
        printing.show(table)
    printing.tell(text.ablations.frontier_lines(changes))
