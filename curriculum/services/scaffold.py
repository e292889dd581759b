"""Start a workspace, and give out the schemas of its files."""

from __future__ import annotations

import json
from typing import Literal, TypeAlias

from curriculum.disk.scaffold import GIT_ATTRIBUTES, let_git_merge_journals, start_workspace
from curriculum.disk.workspace import SETTINGS, read_settings_file
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.services.context import Context
from curriculum.services.roads import road_meant
from curriculum.services.settings import machine_zone
from curriculum.syllabus.schema import json_schema
from curriculum.syllabus.templates import starter_settings

FileKind: TypeAlias = Literal["syllabus", "curriculum", "road"]
"""The kinds of file that have a schema: a syllabus, `curriculum.yaml`, and a road."""

DEFAULT_TITLE = "My curriculum"

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


class StartedBeforeError(CurriculumError):
    """A road that is to begin a workspace which has its settings already."""

    def __init__(self, road: str) -> None:
        """Build the sentence from the name of the road."""
        super().__init__(
            f"'{SETTINGS}' is there already and was left as it is; start the road in an empty "
            f"folder, or write its goals there: 'curriculum library --roads {road}' shows them"
        )


def start(context: Context, title: str | None, road: str | None = None) -> StartedWorkspace:
    """Create the missing folders and files of a workspace, and return what was changed.

    Args:
        context: Where and when.
        title: What the plan is called; None means as the road, or without one a plain title.
        road: The ready-made road whose goals to begin with, or its beginning.

    Raises:
        UsageError: No road is called that.
        StartedBeforeError: A road is wanted, and there are settings already.
        CurriculumError: Something cannot be made.
    """
    zone = machine_zone()
    chosen = None if road is None else road_meant(context.root, road)
    taken = None if chosen is None else chosen.road
    if chosen is not None and read_settings_file(context.root) is not None:
        raise StartedBeforeError(chosen.name)
    title = title or (DEFAULT_TITLE if taken is None else taken.title)
    files = {
        SETTINGS: starter_settings(title, context.today(zone), str(zone), taken),
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
