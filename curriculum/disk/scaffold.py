"""Create a workspace to start from, never touching what is there already."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.errors import WriteError
from curriculum.disk.journal import JOURNAL
from curriculum.disk.ownership import make_folder
from curriculum.disk.reading import bytes_of
from curriculum.disk.workspace import FOLDERS, SYLLABI

_FOLDERS = (*(f"{SYLLABI}/{folder}" for folder in FOLDERS), "calendars/busy")

GIT_ATTRIBUTES = ".gitattributes"
_MERGE_LINE = f"{JOURNAL} merge=curriculum\n".encode()


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


def let_git_merge_journals(root: Path) -> bool:
    """Name our merge driver for the journal in `.gitattributes`, and return whether that was new.

    A line about merging the journal that is there already is left as it is, as are all others.

    Raises:
        CurriculumError: The file cannot be read or written.
    """
    path = root / GIT_ATTRIBUTES
    before = bytes_of(path) or b""
    if any(map(_says_how_to_merge, before.splitlines())):
        return False
    end_of_line = b"\n" if before and not before.endswith(b"\n") else b""
    return write(path, before + end_of_line + _MERGE_LINE)


def _says_how_to_merge(line: bytes) -> bool:
    """Whether a line of `.gitattributes` says how the journal is merged."""
    pattern, *attributes = line.split() or [b""]
    names = {attribute.lstrip(b"-!").partition(b"=")[0] for attribute in attributes}
    is_about_merging = not names.isdisjoint({b"merge", b"binary"})
    return is_about_merging and pattern.lstrip(b"/") == JOURNAL.encode()


def _made_folder(folder: Path) -> bool:
    try:
        if folder.is_dir():
            return False
        make_folder(folder)
    except OSError as error:
        raise WriteError(folder, error) from error
    return True


def _made_file(path: Path, text: str) -> bool:
    """Create a file and return True; one that is there is left alone, even a broken link."""
    if os.path.lexists(path):
        return False
    return write(path, text.encode())
