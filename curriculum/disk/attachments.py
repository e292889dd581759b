"""The files that are attached to notes: read from anywhere, taken back."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from curriculum.disk.errors import ReadError
from curriculum.disk.reading import bytes_of, require_file
from curriculum.disk.texts import remove_inside
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


def remove_attachment(root: Path, file: str, digest: str) -> None:
    """Remove a copy, unless it was changed since.

    Raises:
        CurriculumError: It cannot be read or removed.
    """
    data = bytes_of(root / file)
    if data is not None and sha256_of(data) == digest:
        remove_inside(root, file)


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
