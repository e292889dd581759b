"""Start a workspace, and give out the schemas of its files."""

from __future__ import annotations

import json
from typing import Literal, TypeAlias

from tzlocal import get_localzone

from curriculum.disk.scaffold import start_workspace
from curriculum.disk.workspace import SETTINGS
from curriculum.services.context import Context
from curriculum.syllabus.schema import json_schema
from curriculum.syllabus.templates import starter_settings

FileKind: TypeAlias = Literal["syllabus", "curriculum"]
"""The kinds of file that have a schema: a syllabus, and the settings in `curriculum.yaml`."""


def start(context: Context, title: str) -> tuple[str, ...]:
    """Create the missing folders and files of a workspace, and return what was made.

    Raises:
        CurriculumError: Something cannot be made.
    """
    zone = get_localzone()
    files = {
        SETTINGS: starter_settings(title, context.today(zone), str(zone)),
        "syllabi/syllabus.schema.json": schema_text("syllabus"),
        "syllabi/curriculum.schema.json": schema_text("curriculum"),
    }
    return start_workspace(context.root, files)


def schema_text(kind: FileKind) -> str:
    """Return the JSON Schema of a kind of file."""
    return json.dumps(json_schema(kind), indent=2) + "\n"
