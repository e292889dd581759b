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
    metavar="TEXT",
    help="What the plan is called.  [default: My curriculum, or as the road]",
)
@click.option("--road", metavar="NAME", help="Begin with the goals of a road: 'library --roads'.")
@click.pass_obj
def init_command(context: Context, title: str | None, road: str | None) -> None:
    """Start a workspace in this folder.

    Creates syllabi/ with the settings file syllabi/curriculum.yaml, and calendars/busy/ for
    calendars that say when you are busy. What is there already stays as it is. A line in
    .gitattributes has git merge what two machines recorded with 'curriculum journal merge'.
    With --road, the settings begin with the goals of a ready-made road, each with its reason.

    \b
    Examples:
      curriculum init
      curriculum init --road policy-gradients
      curriculum --workspace ~/study init --title "Policy gradients"
    """
    printing.tell(_told(start(context, title, road), road))


def _told(started: StartedWorkspace, road: str | None) -> Iterator[str]:
    """Yield what was made, and what to do next."""
    for name in started.made:
        yield f"made {name}"
    for name in started.extended:
        yield f"added a line to {name}"
    if started.made and road is not None:
        yield "Next: say in syllabi/curriculum.yaml when you can study, then run 'curriculum plan'."
    elif started.made:
        yield "Next: name your goals in syllabi/curriculum.yaml, then run 'curriculum plan'."
    elif not started.extended:
        yield "everything is there already; nothing was changed"
    yield f"To merge journals with git, run once on each machine: {MERGE_DRIVER}"
