"""Hold a folder, so that runs that write the same files take turns."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curriculum.disk.errors import BusyFolderError

try:
    import fcntl
except ImportError:
    # Windows: two runs at once are not kept apart there, but each file is still whole.
    fcntl = None  # type: ignore[assignment]

FOLDER_PATIENCE = 20.0
"""Seconds to wait for another run to finish writing."""

_BETWEEN_ATTEMPTS = 0.05
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}


@contextmanager
def holding(folder: Path, patience: float = FOLDER_PATIENCE) -> Iterator[None]:
    """Keep other runs out of a folder; the system lets it go however the run ends.

    Raises:
        OSError: The folder cannot be opened.
        BusyFolderError: Another run did not finish within `patience` seconds.
    """
    # The folder itself is locked, so that no lock file is left in what the person sees.
    handle = os.open(folder, os.O_RDONLY) if fcntl is not None else None
    try:
        if handle is not None:
            _wait(handle, folder, patience)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _wait(handle: int, folder: Path, patience: float) -> None:
    last = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > last:
                raise BusyFolderError(folder, patience) from None
            time.sleep(_BETWEEN_ATTEMPTS)
        except OSError:  # a network disk without locks: better written than refused
            return


def has_locks(folder: Path) -> bool:
    """Whether parts of files can be locked on a folder's disk; yes when that cannot be tried."""
    try:
        # Tried on a file of our own: closing a file gives up all locks this run has on it.
        with tempfile.TemporaryFile(dir=folder) as file:
            if fcntl is not None:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    return True
