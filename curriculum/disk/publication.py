"""Read and replace the published calendars and their ledger, as one set.

The ledger takes its place before the calendars. The bytes of a calendar follow from the ledger and
the settings, so a run that is killed between the two leaves names and SEQUENCEs claimed that no
calendar shows yet, and the next run writes just those. The other way round, a calendar could show
names that no ledger knows, and they could be given twice. The previous ledger takes its place first
of all: until the ledger follows, the two are the same, and there is nothing to take back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from curriculum.disk.atomic import remove_leftovers, write_all, write_in_turn
from curriculum.disk.errors import WriteError
from curriculum.disk.folder_lock import FOLDER_PATIENCE, holding
from curriculum.disk.ownership import make_folder
from curriculum.disk.reading import bytes_of
from curriculum.model.ledger import CALENDARS, LEDGER, MORE_CALENDARS, PREVIOUS


@contextmanager
def publishing(folder: Path, patience: float = FOLDER_PATIENCE) -> Iterator[None]:
    """Create a folder and keep other runs from publishing there until the ledger is replaced.

    Raises:
        WriteError: The folder cannot be made.
        BusyFolderError: Another run did not finish within `patience` seconds.
    """
    with ExitStack() as stack:
        try:
            make_folder(folder)
            stack.enter_context(holding(folder, patience))
        except OSError as error:
            raise WriteError(folder, error) from error
        yield


def read_published(folder: Path, *, previous: bool = False) -> dict[str, bytes]:
    """Return the ledger and the calendars of a folder by name, as far as they exist.

    Args:
        folder: Where they are published.
        previous: Whether to return the ledger of the publication before, too.

    Raises:
        ReadError: One of them exists and cannot be read.
    """
    names = (LEDGER, *CALENDARS, *MORE_CALENDARS)
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
        BusyFolderError: Another run keeps writing there.
    """
    paths = {folder / name: data for name, data in files.items()}
    with publishing(folder):
        remove_leftovers(paths)
        changed = write_all(paths)
    return tuple(path.name for path in changed)


def replace_published(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Replace the ledgers, then the calendars; return the names of the files that changed.

    Call it within `publishing`.

    Raises:
        WriteError: One of them cannot be written.
    """
    calendars = (*CALENDARS, *MORE_CALENDARS)
    stages = [
        {folder / name: files[name] for name in names if name in files}
        for names in ((PREVIOUS,), (LEDGER,), calendars)
    ]
    remove_leftovers(folder / name for name in (PREVIOUS, LEDGER, *calendars))
    # The ledger of before is read by whoever may read the ledger.
    changed = write_in_turn(stages, {folder / PREVIOUS: folder / LEDGER})
    return tuple(path.name for path in changed)


def remove_published(folder: Path, names: Iterable[str]) -> None:
    """Remove calendars that are not published any more.

    Raises:
        WriteError: One of them cannot be removed.
    """
    for name in names:
        path = folder / name
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise WriteError(path, error) from error
