"""The commands that export and import the journal."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from curriculum.model.formatting import counted
from curriculum.services.context import Context
from curriculum.services.journal import export_journal, exported_lines, import_journal
from curriculum.services.snapshot import Snapshot

_STDOUT = Path("-")


@click.group("journal")
def journal_command() -> None:
    """Export or import the journal.

    \b
    Examples:
      curriculum journal export journal.jsonl
      curriculum journal import journal.jsonl
    """


@journal_command.command("export")
@click.argument(
    "file",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    metavar="[FILE]",
)
@click.pass_obj
def export_command(context: Context, file: Path) -> None:
    """Write every fact as a line of JSON.

    Without a FILE, or to '-', prints them.

    \b
    Examples:
      curriculum journal export journal.jsonl
      curriculum journal export | jq .unit
    """
    snapshot = Snapshot(context)
    if file == _STDOUT:
        click.echo(exported_lines(snapshot), nl=False)
        return
    count = export_journal(snapshot, file)
    click.echo(f"exported {counted(count, 'fact')} to {file}")


@journal_command.command("import")
@click.argument("file", type=click.File("rb"), metavar="FILE")
@click.pass_obj
def import_command(context: Context, file: IO[bytes]) -> None:
    """Record every fact of a file that is not known yet.

    Reads what 'journal export' wrote; all of it or, if a line is wrong, nothing. FILE may be '-'.

    \b
    Examples:
      curriculum journal import journal.jsonl
      ssh laptop curriculum journal export | curriculum journal import -
    """
    imported = import_journal(Snapshot(context), file.name, file.read())
    click.echo(f"imported {counted(imported.added, 'fact')}; already known: {imported.known}")
