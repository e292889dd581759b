"""Say in one sentence why a file could not be read or written."""

from __future__ import annotations

import errno
from pathlib import Path

from curriculum.model.problems import CurriculumError

_REASONS = {
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "it is on a read-only disk",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "it would be larger than a file may be here",
    errno.EIO: "the disk gives an error",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of the path is a file and not a folder",
    errno.EISDIR: "a folder is in its place",
    errno.EEXIST: "a file is in its place",
    errno.ELOOP: "its links lead in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}


def reason(error: OSError) -> str:
    """Return what went wrong in plain words."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or str(error)).lower()


class ReadError(CurriculumError):
    """A file or folder cannot be read."""

    def __init__(self, path: Path, error: OSError) -> None:
        """Build the sentence from the path and what the system said."""
        super().__init__(f"cannot read '{path}': {reason(error)}")


class WriteError(CurriculumError):
    """A file or folder cannot be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        """Build the sentence from the path and what the system said."""
        super().__init__(f"cannot write '{path}': {reason(error)}")


class BusyFolderError(CurriculumError):
    """Another run is writing to a folder."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """Build the sentence from the folder and the time that was waited."""
        super().__init__(
            f"another run has been publishing to '{folder}' for more than {seconds:g} seconds; "
            "wait for it to end, then try again"
        )
