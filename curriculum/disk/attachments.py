"""The files that are attached to notes: read from anywhere, copied into the notebook."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.errors import ReadError, WriteError
from curriculum.disk.ownership import make_folder
from curriculum.disk.reading import bytes_of, require_file
from curriculum.disk.texts import require_inside
from curriculum.model.problems import CurriculumError


class TooLargeToAttachError(CurriculumError):
    """A file that is too large to be copied into the notebook."""

    def __init__(self, path: Path, most: int) -> None:
        """Build the sentence from the path and the bytes that are allowed."""
        super().__init__(
            f"'{path}' is larger than {most // 1_000_000} MB; refer to it with --link instead"
        )


def read_attachment(path: Path, most: int) -> bytes:
    """Return the bytes of a file, or of standard input for `-`.

    Args:
        path: The file.
        most: The most bytes that it may have.

    Raises:
        TooLargeToAttachError: It has more.
        ReadError: It cannot be read, or is empty.
    """
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            require_file(path)
            with path.open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        raise ReadError(path, error) from error
    if len(data) > most:
        raise TooLargeToAttachError(path, most)
    return data


def write_attachment(root: Path, file: str, data: bytes) -> None:
    """Write a copy into the workspace.

    Raises:
        CurriculumError: It cannot be written, or a link leads out of the workspace.
    """
    require_inside(root, file)
    path = root / file
    try:
        if not path.parent.is_dir():
            make_folder(path.parent)
    except OSError as error:
        raise WriteError(path, error) from error
    write(path, data)


def remove_attachment(root: Path, file: str, digest: str) -> None:
    """Remove a copy, unless it was changed since.

    Raises:
        CurriculumError: It cannot be read or removed.
    """
    path = root / file
    data = bytes_of(path)
    if data is None or sha256_of(data) != digest:
        return
    require_inside(root, file)
    try:
        path.unlink()
    except OSError as error:
        raise WriteError(path, error) from error


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
