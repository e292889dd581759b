"""The command that renames a work."""

from __future__ import annotations

from collections.abc import Iterator

import click

from curriculum.cli import printing
from curriculum.cli.parameters import Name
from curriculum.model.formatting import hours_text
from curriculum.services.context import Context
from curriculum.services.renaming import RenamedWork, rename_work
from curriculum.services.workspace import Workspace


@click.command("rename")
@click.argument("work", type=Name("work"), metavar="WORK")
@click.argument("new", metavar="NEW")
@click.pass_obj
def rename_command(context: Context, work: str, new: str) -> None:
    """Rename a work of the workspace.

    Renames its syllabus, the references to it in syllabi, roads, ideas and settings, and what was
    recorded of it: no hour is lost. 'curriculum undo' takes it back. Of a file that you renamed
    yourself, 'formerly: OLD' in the syllabus says the same.

    \b
    Examples:
      curriculum rename sums adding-2020
      curriculum rename my-ppo clipped-2027
    """
    printing.tell(_told(rename_work(Workspace(context, results="none"), work, new)))


def _told(renamed: RenamedWork) -> Iterator[str]:
    yield f"renamed {renamed.before} to {renamed.after}: {renamed.file}"
    for file in renamed.changed:
        yield f"changed {file}"
    if renamed.minutes:
        yield f"{hours_text(renamed.minutes)} of study count for {renamed.after}"
