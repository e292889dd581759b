"""The command that starts a workspace."""

from __future__ import annotations

import click

from curriculum.services.context import Context
from curriculum.services.scaffold import MERGE_DRIVER, start


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
    started = start(context, title)
    for name in started.made:
        click.echo(f"made {name}")
    for name in started.extended:
        click.echo(f"added a line to {name}")
    if started.made:
        click.echo("Next: name your goals in syllabi/curriculum.yaml, then run 'curriculum plan'.")
    elif not started.extended:
        click.echo("everything is there already; nothing was changed")
    click.echo(f"To merge journals with git, run once on each machine: {MERGE_DRIVER}")
