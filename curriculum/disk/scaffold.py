"""Create a workspace to start from, never touching what is already there; what day it is is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from curriculum.disk.errors import WriteError
from curriculum.disk.workspace import FOLDERS, SYLLABI

FOLDERS_MADE = (*(f"{SYLLABI}/{folder}" for folder in FOLDERS), "calendars/busy")


def start_workspace(root: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Create the folders and files of a workspace, so far as they are missing, and return what was made.

    Args:
        root: The folder of the workspace.
        files: What the files say, by their path from there.

    Raises:
        WriteError: Something cannot be made.
    """
    made = [f"{folder}/" for folder in FOLDERS_MADE if _made_folder(root / folder)]
    made += [name for name, text in files.items() if _made_file(root / name, text)]
    return tuple(made)


def _made_folder(folder: Path) -> bool:
    try:
        if folder.is_dir():
            return False
        folder.mkdir(parents=True)
    except OSError as error:
        raise WriteError(folder, error) from error
    return True


def _made_file(path: Path, text: str) -> bool:
    """Create a file and tell so, or leave alone the one that is there, even if it is a link that leads nowhere."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise WriteError(path, error) from error
    return True
