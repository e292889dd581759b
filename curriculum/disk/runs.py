"""Find the files of a run's log; they are opened only when they are read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from curriculum.disk.errors import ReadError
from curriculum.disk.reading import require_file
from curriculum.model.problems import CurriculumError
from curriculum.model.runs import LogFile

MOST_FILES = 10_000
"""The most files of one run."""

_BLOCK = 1 << 20


class CrowdedFolderError(CurriculumError):
    """A folder has far more files than a run."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(
            f"'{folder}' holds more than {MOST_FILES} files; name the folder of one run"
        )


def log_files(path: Path) -> tuple[LogFile, ...]:
    """Return the files of a run, sorted by name: a file itself, or all visible ones below a folder.

    Raises:
        CurriculumError: There is no such file or folder, or it holds too many.
    """
    try:
        if not path.is_dir():
            require_file(path)
            return (_log_file(path, path.name),)
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
        folders[:] = filter(_is_visible, folders)  # os.walk() goes into those that are left
        for name in filter(_is_visible, names):
            file = Path(root) / name
            if not file.is_file():
                continue
            count += 1
            if count > MOST_FILES:
                raise CrowdedFolderError(folder)
            yield _log_file(file, file.relative_to(folder).as_posix())


def _is_visible(name: str) -> bool:
    return not name.startswith(".")


def _log_file(path: Path, name: str) -> LogFile:
    return LogFile(name, path.stat().st_size, partial(_opened, path))


def fingerprint_of(files: Sequence[LogFile]) -> str:
    """Return the SHA-256 of files: of their names, lengths and bytes, in order."""
    # Lengths are part of it, so that bytes cannot move from one file to the next unnoticed.
    digest = hashlib.sha256()
    for file in files:
        name = ""  # a run of one file is the same run under any name
        if len(files) > 1:
            name = file.name
        digest.update(f"{name}\0{file.size}\0".encode())
        with file.open() as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def paths_matching(pattern: Path) -> tuple[Path, ...]:
    """Return the path that a pattern names, or those that it finds, in order."""
    if pattern.exists():
        return (pattern,)
    try:
        return tuple(sorted(Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))))
    except (ValueError, OSError):
        return ()
