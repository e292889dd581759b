"""Start a workspace, and give out the schemas of its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from curriculum.disk.scaffold import GIT_ATTRIBUTES, let_git_merge_journals, start_workspace
from curriculum.disk.workspace import SETTINGS
from curriculum.services.context import Context
from curriculum.services.settings import machine_zone
from curriculum.syllabus.schema import json_schema
from curriculum.syllabus.templates import starter_settings

FileKind: TypeAlias = Literal["syllabus", "curriculum", "road"]
"""The kinds of file that have a schema: a syllabus, `curriculum.yaml`, and a road."""


MERGE_DRIVER = "git config merge.curriculum.driver 'curriculum journal merge %O %A %B'"
"""What makes git merge the journals of two machines, where `.gitattributes` names the driver."""


@dataclass(frozen=True, slots=True)
class StartedWorkspace:
    """What starting a workspace changed.

    Attributes:
        made: The folders and files that were missing, by their path.
        extended: The files that were there and have a new line at their end.
    """

    made: tuple[str, ...]
    extended: tuple[str, ...]


def start(context: Context, title: str) -> StartedWorkspace:
    """Create the missing folders and files of a workspace, and return what was changed.

    Raises:
        CurriculumError: Something cannot be made.
    """
    zone = machine_zone()
    files = {
        SETTINGS: starter_settings(title, context.today(zone), str(zone)),
        "syllabi/syllabus.schema.json": schema_text("syllabus"),
        "syllabi/curriculum.schema.json": schema_text("curriculum"),
    }
    made = start_workspace(context.root, files)
    was_there = (context.root / GIT_ATTRIBUTES).exists()
    if not let_git_merge_journals(context.root):
        return StartedWorkspace(made, ())
    if was_there:
        return StartedWorkspace(made, (GIT_ATTRIBUTES,))
    return StartedWorkspace((*made, GIT_ATTRIBUTES), ())


def schema_text(kind: FileKind) -> str:
    """Return the JSON Schema of a kind of file."""
    return json.dumps(json_schema(kind), indent=2) + "\n"
