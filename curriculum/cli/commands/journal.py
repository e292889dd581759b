"""The commands that export, import and merge the journal."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from curriculum.cli import printing
from curriculum.cli.input_file import InputFile
from curriculum.model.formatting import counted
from curriculum.services.context import Context
from curriculum.services.journal import (
    export_journal,
    exported_lines,
    import_journal,
    merge_journals,
)
from curriculum.services.snapshot import Snapshot

_STDOUT = Path("-")


@click.group("journal")
def journal_command() -> None:
    """Export, import or merge the journal.

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
    printing.tell([f"exported {counted(count, 'fact')} to {file}"])


@journal_command.command("import")
@click.argument("file", type=InputFile(), metavar="FILE")
@click.pass_obj
def import_command(context: Context, file: IO[bytes]) -> None:
    """Record every fact of a file that is not known yet.

    Reads what 'journal export' wrote, or the journal.db of another machine; all of it or, if a
    line is wrong, nothing. FILE may be '-' for lines.

    \b
    Examples:
      curriculum journal import /mnt/laptop/journal.db
      ssh laptop curriculum journal export | curriculum journal import -
    """
    imported = import_journal(Snapshot(context), file.name, file.read())
    facts = counted(imported.added, "fact")
    printing.tell([f"imported {facts}; already known: {imported.known}"])


@journal_command.command("merge")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
def merge_command(base: Path, ours: Path, theirs: Path) -> None:
    """Merge two journals for git.

    Writes to OURS the facts of OURS and of THEIRS. BASE, what both grew from, is not read: facts
    are never changed, so that there is never a conflict. If a file is damaged, OURS stays as it is
    and the exit status is 1.

    \b
    Examples:
      git config merge.curriculum.driver 'curriculum journal merge %O %A %B'
      curriculum journal merge base.db journal.db laptop.db
    """
    count = merge_journals(ours, theirs)
    printing.tell([f"merged the journals: {counted(count, 'fact')}"])
