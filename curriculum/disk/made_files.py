"""Write files for the person to hand on, in the place of older ones of ours and of nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.reading import bytes_of
from curriculum.model.problems import CurriculumError


class NotOursError(CurriculumError):
    """A file that would be replaced was not made by this program."""

    def __init__(self, path: Path) -> None:
        """Build the sentence from the path."""
        super().__init__(
            f"'{path}' was not made by this command; choose another name, or remove it first"
        )


def write_made(path: Path, data: bytes, is_ours: Callable[[bytes], bool]) -> bool:
    """Write a file, and return whether that was needed.

    Args:
        path: Where; a device or a pipe is written to.
        data: What.
        is_ours: Whether the bytes of a file are those of one that may be replaced.

    Raises:
        CurriculumError: Another file is in its place, or it cannot be written.
    """
    if path.is_file():
        old = bytes_of(path)
        if old and not is_ours(old):
            raise NotOursError(path)
    return write(path, data)
