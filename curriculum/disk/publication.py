"""Read and replace the published calendars and their ledger, as one set.

The ledger takes its place before the calendars. The bytes of a calendar follow from the ledger and
the settings, so a run that is killed between the two leaves names and SEQUENCEs claimed that no
calendar shows yet, and the next run writes just those. The other way round, a calendar could show
names that no ledger knows, and they could be given twice. The previous ledger takes its place first
of all: until the ledger follows, the two are the same, and there is nothing to take back.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from curriculum.disk.atomic import remove_leftovers, write_all
from curriculum.disk.errors import BusyFolderError, WriteError
from curriculum.disk.reading import bytes_of
from curriculum.model.ledger import CALENDARS, LEDGER, PREVIOUS

try:
    import fcntl
except ImportError:
    # Windows: two runs at once are not kept apart there, but each file is still whole.
    fcntl = None  # type: ignore[assignment]

PUBLISHING_PATIENCE = 20.0
"""Seconds to wait for another run to finish publishing."""

_BETWEEN_ATTEMPTS = 0.05


@contextmanager
def publishing(folder: Path, patience: float = PUBLISHING_PATIENCE) -> Iterator[None]:
    """Create a folder and keep other runs from publishing there until the ledger is replaced.

    Raises:
        WriteError: The folder cannot be made.
        BusyFolderError: Another run did not finish within `patience` seconds.
    """
    handle = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The folder itself is locked, so that no lock file is left in what the person sees.
        handle = os.open(folder, os.O_RDONLY) if fcntl is not None else None
    except OSError as error:
        raise WriteError(folder, error) from error
    try:
        if handle is not None:
            _wait(handle, folder, patience)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _wait(handle: int, folder: Path, patience: float) -> None:
    """Lock the folder; the system unlocks it however the run ends."""
    last = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > last:
                raise BusyFolderError(folder, patience) from None
            time.sleep(_BETWEEN_ATTEMPTS)
        except OSError:  # a network disk without locks: better published than refused
            return


def read_published(folder: Path, *, previous: bool = False) -> dict[str, bytes]:
    """Return the ledger and the calendars of a folder by name, as far as they exist.

    Args:
        folder: Where they are published.
        previous: Whether to return the ledger of the publication before, too.

    Raises:
        ReadError: One of them exists and cannot be read.
    """
    names = (LEDGER, *CALENDARS)
    if previous:
        names = (PREVIOUS, *names)
    found: dict[str, bytes] = {}
    for name in names:
        data = bytes_of(folder / name)
        if data is not None:
            found[name] = data
    return found


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write files to a folder, made if missing; return the names of those that changed.

    Raises:
        WriteError: One of them cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(folder, error) from error
    changed = write_all({folder / name: data for name, data in files.items()})
    return tuple(path.name for path in changed)


def replace_published(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Replace the ledgers, then the calendars; return the names of the files that changed.

    Call it within `publishing`.

    Raises:
        WriteError: One of them cannot be written.
    """
    order = (PREVIOUS, LEDGER, *CALENDARS)
    remove_leftovers(folder / name for name in order)
    changed = write_all({folder / name: files[name] for name in order if name in files})
    return tuple(path.name for path in changed)
