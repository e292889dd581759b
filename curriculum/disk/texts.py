"""The texts of the workspace that the person and the program both write, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.errors import WriteError
from curriculum.disk.ownership import make_folder
from curriculum.disk.reading import bytes_of
from curriculum.model.problems import CurriculumError


class NotTextError(CurriculumError):
    """A file that is not UTF-8, and so cannot be changed without harm."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's path in the workspace."""
        super().__init__(f"'{file}' is not UTF-8 text and was left as it is; convert it first")


class OutsideError(CurriculumError):
    """A file that a link leads out of the workspace."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's path in the workspace."""
        super().__init__(f"'{file}' leads out of the workspace by a link and was not written")


def workspace_text(root: Path, file: str) -> str:
    """Return a text exactly as it is, line ends included; empty when there is no such file.

    Raises:
        NotTextError: It is not UTF-8.
        ReadError: It is there and cannot be read.
    """
    data = bytes_of(root / file)
    try:
        return (data or b"").decode()
    except UnicodeDecodeError as error:
        raise NotTextError(file) from error


def shown_text(root: Path, file: str) -> str:
    """Return a text to be looked at, with a mark in place of what is not UTF-8.

    Raises:
        ReadError: It is there and cannot be read.
    """
    return (bytes_of(root / file) or b"").decode(errors="replace")


def write_text(root: Path, file: str, text: str) -> None:
    """Write a text, in one step; an empty one is removed.

    Raises:
        OutsideError: A link leads out of the workspace.
        WriteError: It cannot be written.
    """
    if text:
        write_inside(root, file, text.encode())
    else:
        remove_inside(root, file)


def write_inside(root: Path, file: str, data: bytes) -> None:
    """Write a file of the workspace, in one step, with the folders it needs.

    Raises:
        OutsideError: A link leads out of the workspace.
        WriteError: It cannot be written.
    """
    path = root / file
    _require_inside(root, file)
    try:
        if not path.parent.is_dir():
            make_folder(path.parent)
    except OSError as error:
        raise WriteError(path, error) from error
    write(path, data)


def remove_inside(root: Path, file: str) -> None:
    """Remove a file of the workspace, if it is there.

    Raises:
        OutsideError: A link leads out of the workspace.
        WriteError: It cannot be removed.
    """
    path = root / file
    _require_inside(root, file)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(path, error) from error


def _require_inside(root: Path, file: str) -> None:
    home = os.path.realpath(root)
    if os.path.commonpath([home, os.path.realpath(root / file)]) != home:
        raise OutsideError(file)


def is_there(root: Path, file: str) -> bool:
    """Whether something is in the place of a file of the workspace, even a broken link."""
    return os.path.lexists(root / file)


def has_any(root: Path, folders: Iterable[str]) -> bool:
    """Whether one of some folders of the workspace is there."""
    return any((root / folder).is_dir() for folder in folders)


def files_below(root: Path, folder: str, suffix: str) -> Iterator[str]:
    """Yield the files below a folder with a suffix, by their path in the workspace, sorted."""
    for path in sorted((root / folder).rglob(f"*{suffix}")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(root).as_posix()
