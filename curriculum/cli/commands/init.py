"""The command that starts a workspace."""

from __future__ import annotations

from collections.abc import Iterator

import click

from curriculum.cli import printing
from curriculum.services.context import Context
from curriculum.services.scaffold import MERGE_DRIVER, StartedWorkspace, start


@click.command("init")
@click.option(
    "--title",
    default="My curriculum",
    show_default=True,
    metavar="TEXT",
    help="What the plan is called.",
)
@click.pass_obj
def init_command(context: Context, title: str) -> None:
    """Start a workspace in this folder.

    Creates syllabi/ with the settings file syllabi/curriculum.yaml, and calendars/busy/ for
    calendars that say when you are busy. What is there already stays as it is. A line in
    .gitattributes has git merge what two machines recorded with 'curriculum journal merge'.

    \b
    Examples:
      curriculum init
      curriculum --workspace ~/study init --title "Policy gradients"
    """
    printing.tell(_told(start(context, title)))


def _told(started: StartedWorkspace) -> Iterator[str]:
    """Yield what was made, and what to do next."""
    for name in started.made:
        yield f"made {name}"
    for name in started.extended:
        yield f"added a line to {name}"
    if started.made:
        yield "Next: name your goals in syllabi/curriculum.yaml, then run 'curriculum plan'."
    elif not started.extended:
        yield "everything is there already; nothing was changed"
    yield f"To merge journals with git, run once on each machine: {MERGE_DRIVER}"
