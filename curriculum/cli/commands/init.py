"""The command that starts a workspace."""

from __future__ import annotations

import click

from curriculum.services.context import Context
from curriculum.services.scaffold import start


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
    calendars that say when you are busy. What is there already stays as it is.

    \b
    Examples:
      curriculum init
      curriculum --workspace ~/study init --title "Policy gradients"
    """
    made = start(context, title)
    for name in made:
        click.echo(f"made {name}")
    if made:
        click.echo("Next: name your goals in syllabi/curriculum.yaml, then run 'curriculum plan'.")
    else:
        click.echo("everything is there already; nothing was changed")
