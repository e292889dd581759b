"""The commands that carry the journal from one place to another: journal export, journal import."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from curriculum.services.context import Context


@click.group("journal")
def journal_command() -> None:
    """Carry the journal to another place and back.

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
def export_command(desk: Context, file: Path) -> None:
    """Write every fact as a line of JSON.

    Without a FILE, or to '-', prints them.

    \b
    Examples:
      curriculum journal export journal.jsonl
      curriculum journal export | jq .unit
    """
    from curriculum.disk.atomic import write
    from curriculum.disk.journal import JOURNAL, read_facts
    from curriculum.progress.json_lines import journal_lines

    facts = read_facts(desk.root / JOURNAL)
    if str(file) == "-":
        click.echo(journal_lines(facts), nl=False)
        return
    write(file, journal_lines(facts).encode())
    click.echo(f"exported {len(facts)} facts to {file}")


@journal_command.command("import")
@click.argument("file", type=click.File("rb"), metavar="FILE")
@click.pass_obj
def import_command(desk: Context, file: IO[bytes]) -> None:
    """Record every fact of a file that is not known yet.

    Reads what 'journal export' wrote; all of it or, if a line is wrong, nothing. FILE may be '-'.

    \b
    Examples:
      curriculum journal import journal.jsonl
      ssh desk curriculum journal export | curriculum journal import -
    """
    from curriculum.disk.journal import JOURNAL, writing
    from curriculum.progress.json_lines import BrokenLineError, additions, read_lines

    try:
        text = file.read().decode()
    except UnicodeDecodeError as error:
        raise BrokenLineError(file.name, 1, "this is not UTF-8") from error
    facts = read_lines(file.name, text)
    with writing(desk.root / JOURNAL) as book:
        added = additions(file.name, facts, book.facts)
        book.append(added)
    click.echo(f"imported {len(added)} facts; {len(facts) - len(added)} were known already")
