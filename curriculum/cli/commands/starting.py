"""The commands that start: init, schema."""

from __future__ import annotations

import json

import click

from curriculum.services.context import Context

KINDS = ("syllabus", "curriculum")
"""The kinds of file that have a schema."""


@click.command("init")
@click.option(
    "--title",
    default="My curriculum",
    show_default=True,
    metavar="TEXT",
    help="What the plan is called.",
)
@click.pass_obj
def init_command(desk: Context, title: str) -> None:
    """Start a workspace in this folder.

    Creates syllabi/ with the settings file syllabi/curriculum.yaml, and calendars/busy/ for calendars that say when you
    are busy. What is there already stays as it is.

    \b
    Examples:
      curriculum init
      curriculum --workspace ~/study init --title "Policy gradients"
    """
    from tzlocal import get_localzone

    from curriculum.disk.scaffold import start_workspace
    from curriculum.disk.workspace import SETTINGS
    from curriculum.syllabus.templates import starter_settings

    zone = get_localzone()
    files = {
        SETTINGS: starter_settings(title, desk.today(zone), str(zone)),
        **{f"syllabi/{kind}.schema.json": _schema(kind) for kind in KINDS},
    }
    made = start_workspace(desk.root, files)
    for name in made:
        click.echo(f"made {name}")
    if not made:
        click.echo("everything is there already; nothing was changed")
    else:
        click.echo("Next: name your goals in syllabi/curriculum.yaml, then run 'curriculum plan'.")


def _schema(kind: str) -> str:
    from curriculum.syllabus.schema import json_schema

    return (
        json.dumps(json_schema("syllabus" if kind == "syllabus" else "curriculum"), indent=2) + "\n"
    )


@click.command("schema")
@click.argument(
    "kind", type=click.Choice(KINDS), default="syllabus", metavar="[syllabus|curriculum]"
)
def schema_command(kind: str) -> None:
    """Print the JSON Schema of the YAML files.

    Editors that know YAML schemas complete and check the files with it: save it where the first line of a syllabus
    points to, as 'curriculum init' does.

    \b
    Examples:
      curriculum schema > syllabi/syllabus.schema.json
      curriculum schema curriculum > syllabi/curriculum.schema.json
    """
    click.echo(_schema(kind), nl=False)
