"""The command that writes the published calendars once more, for import."""

from __future__ import annotations

from pathlib import Path

import click

from curriculum.cli import printing
from curriculum.services.context import Context
from curriculum.services.import_files import write_import_files
from curriculum.services.snapshot import Snapshot
from curriculum.views import text


@click.command("calendar")
@click.option("--tombstones", is_flag=True, help="Include withdrawn events, marked as cancelled.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the files there.  [default: calendars/import]",
)
@click.pass_obj
def calendar_command(context: Context, output: Path | None, *, tombstones: bool) -> None:
    """Write the published calendars once more, for import.

    Reads what 'curriculum plan' published; writes textbooks.ics, papers.ics and deadlines.ics to a
    folder of their own. A program that only imports never removes an event: --tombstones marks
    those that were withdrawn as cancelled.

    \b
    Examples:
      curriculum calendar --tombstones
      curriculum calendar --output ~/Desktop
    """
    done = write_import_files(Snapshot(context), output, tombstones=tombstones)
    line = text.publication.import_line(done.folder, done.written, done.events, done.cancelled)
    printing.tell([line])
