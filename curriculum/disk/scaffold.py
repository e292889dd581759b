"""Create a workspace to start from, never touching what is there already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from curriculum.disk.errors import WriteError
from curriculum.disk.workspace import FOLDERS, SYLLABI

_FOLDERS = (*(f"{SYLLABI}/{folder}" for folder in FOLDERS), "calendars/busy")


def start_workspace(root: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Create the missing folders and files of a workspace, and return what was made.

    Args:
        root: The folder of the workspace.
        files: The texts of the files, by their path from there.

    Raises:
        WriteError: Something cannot be made.
    """
    made: list[str] = []
    for folder in _FOLDERS:
        if _made_folder(root / folder):
            made.append(f"{folder}/")
    for name, text in files.items():
        if _made_file(root / name, text):
            made.append(name)
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
    """Create a file and return True; one that is there is left alone, even a broken link."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise WriteError(path, error) from error
    return True
