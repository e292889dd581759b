"""Read whole files, and nothing that only looks like one: a pipe or a device would never end."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from curriculum.disk.errors import ReadError


def require_file(path: Path) -> None:
    """Refuse what is there and is not a file: a pipe, a device, a socket.

    Raises:
        OSError: It is one of these, or a folder, or is missing.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if stat.S_ISFIFO(mode):
        raise OSError(errno.EINVAL, "it is a pipe and not a file")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a device and not a file")


def bytes_of(path: Path) -> bytes | None:
    """Return the bytes of a file; None when there is none.

    Raises:
        ReadError: It is there and cannot be read.
    """
    try:
        require_file(path)
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ReadError(path, error) from error
