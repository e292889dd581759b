"""The command that prints the schemas of the YAML files."""

from __future__ import annotations

from typing import get_args

import click

from curriculum.services.scaffold import FileKind, schema_text


@click.command("schema")
@click.argument(
    "kind",
    type=click.Choice(get_args(FileKind)),
    default="syllabus",
    metavar="[syllabus|curriculum|road]",
)
def schema_command(kind: FileKind) -> None:
    """Print the JSON Schema of the YAML files.

    Editors that know YAML schemas complete and check the files with it: save it where the first
    line of a syllabus points to, as 'curriculum init' does.

    \b
    Examples:
      curriculum schema > syllabi/syllabus.schema.json
      curriculum schema curriculum > syllabi/curriculum.schema.json
    """
    click.echo(schema_text(kind), nl=False)
