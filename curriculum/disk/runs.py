"""Find the files of a run's log and give them out unopened; what they hold is not known here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from curriculum.disk.errors import ReadError
from curriculum.model.problems import CurriculumError
from curriculum.model.runs import LogFile

MOST_FILES = 10_000
_BLOCK = 1 << 20


class CrowdedFolderError(CurriculumError):
    """A folder with far more files than a run has."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(
            f"'{folder}' holds more than {MOST_FILES} files; name the folder of one run"
        )


def log_files(path: Path) -> tuple[LogFile, ...]:
    """Return the files of a run, sorted by name: the file itself, or all below a folder that are not hidden.

    Raises:
        CurriculumError: There is no such file or folder, or it holds too many.
    """
    try:
        if not path.is_dir():
            return (LogFile(path.name, path.stat().st_size, partial(_opened, path)),)
        return tuple(sorted(_below(path), key=lambda file: file.name))
    except OSError as error:
        raise ReadError(path, error) from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ReadError(path, error) from error


def _below(folder: Path) -> Iterator[LogFile]:
    count = 0
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(root) / name
            if not name.startswith(".") and file.is_file():
                count += 1
                if count > MOST_FILES:
                    raise CrowdedFolderError(folder)
                yield LogFile(
                    file.relative_to(folder).as_posix(), file.stat().st_size, partial(_opened, file)
                )


def fingerprint_of(files: Sequence[LogFile]) -> str:
    """Return the SHA-256 of files: of their names, lengths and bytes, in order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name if len(files) > 1 else ''}\0{file.size}\0".encode())
        with file.open() as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()
