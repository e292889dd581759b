"""Find the workspace that a folder belongs to."""

from __future__ import annotations

import os
from pathlib import Path

from curriculum.disk.errors import ReadError

_MARKS = ("syllabi", "journal.db")
"""What makes a folder a workspace: either is enough."""


def is_workspace(folder: Path) -> bool:
    """Whether a folder holds syllabi or a journal.

    Raises:
        CurriculumError: The folder may not be looked into.
    """
    return any(_is_there(folder / name) for name in _MARKS)


def _is_there(path: Path) -> bool:
    # A link that leads nowhere is there, too: such a workspace is broken, not missing.
    try:
        path.lstat()
    except PermissionError as error:
        raise ReadError(path.parent, error) from error
    except (OSError, ValueError):
        return False
    return True


def workspace_around() -> Path:
    """Return the nearest workspace at or above the working folder; without one, that folder.

    The path is relative, so that messages name files as a person would type them.

    Raises:
        CurriculumError: There is no working folder any more.
    """
    try:
        here = Path.cwd()
    except OSError as error:
        raise ReadError(Path(), error) from error
    for folder in (here, *here.parents):
        if is_workspace(folder):
            return Path(os.path.relpath(folder, here))
    return Path()
