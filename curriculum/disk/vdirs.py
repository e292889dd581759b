"""A vdir, for khal and vdirsyncer: a folder for each calendar, with a file for each event.

The format is vdirsyncer's: beside the events are the files `displayname` and `color`. A vdir
answers as a calendar server does, so that what other programs changed in it is found in the same
way.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from curriculum.disk.atomic import remove_leftovers_in, sync_folders, write_all
from curriculum.disk.errors import BusyFolderError, ReadError, WriteError
from curriculum.disk.folder_lock import holding
from curriculum.disk.ownership import make_folder
from curriculum.model.calendar_store import ChangedError, Resource

VDIR_RECORD = ".curriculum.json"
"""What is remembered of a vdir, in its folder. Collections are folders: no program reads a file."""

_SUFFIX = ".ics"
_NAME, _COLOUR = "displayname", "color"


class Vdir:
    """A folder of collections."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._changed: set[Path] = set()

    def home(self) -> str:
        """Return the address below which collections are made: they are named by their folders."""
        return ""

    def make(self, collection: str, name: str, colour: str, component: str) -> None:
        """Make a collection; what it is called and its colour are left to the person from then on.

        Raises:
            WriteError: It cannot be made.
        """
        folder = self._folder / collection
        try:
            make_folder(folder)
        except OSError as error:
            raise WriteError(folder, error) from error
        write_all({folder / _NAME: name.encode(), folder / _COLOUR: colour.encode()})

    def resources(self, collection: str) -> dict[str, Resource] | None:
        """Return the events of a collection by name, without bytes; None if there is none.

        Raises:
            ReadError: It cannot be read.
        """
        folder = self._folder / collection
        try:
            paths = sorted(folder.iterdir())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ReadError(folder, error) from error
        names = [path.name for path in paths if path.suffix == _SUFFIX and path.name[0] != "."]
        found = self.fetched(collection, names)
        return {name: Resource(name, one.etag) for name, one in found.items()}

    def fetched(self, collection: str, names: Iterable[str]) -> dict[str, Resource]:
        """Return some events of a collection by name, with their bytes.

        Raises:
            ReadError: One of them cannot be read.
        """
        found: dict[str, Resource] = {}
        for name in sorted(names):
            data = self._bytes(self._folder / collection / name)
            if data is not None:
                found[name] = Resource(name, _etag(data), data)
        return found

    def put(self, collection: str, name: str, data: bytes, etag: str | None) -> str | None:
        """Write an event, and return its new mark.

        Raises:
            ChangedError: There is another version.
            WriteError: It cannot be written.
        """
        path = self._folder / collection / name
        self._require(path, etag)
        try:
            with holding(path.parent):
                write_all({path: data}, sync_names=False)
        except OSError as error:
            raise WriteError(path, error) from error
        self._changed.add(path.parent)
        return _etag(data)

    def delete(self, collection: str, name: str, etag: str | None) -> None:
        """Remove an event; one that is gone counts as removed.

        Raises:
            ChangedError: There is another version.
            WriteError: It cannot be removed.
        """
        path = self._folder / collection / name
        if self._bytes(path) is None:
            return
        self._require(path, etag)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise WriteError(path, error) from error

    def settle(self) -> None:
        """Have all that was put on the disk: what is not there later was deleted by someone."""
        sync_folders(self._changed)
        self._changed.clear()

    def sweep(self) -> None:
        """Remove the temporary files that killed runs left, unless another run is writing."""
        with suppress(OSError, BusyFolderError):
            for collection in sorted(self._folder.iterdir()):
                if collection.is_dir():
                    with holding(collection, patience=0):
                        remove_leftovers_in(collection, _is_written)

    def _require(self, path: Path, etag: str | None) -> None:
        """Refuse to replace a version that was not looked at.

        Raises:
            ChangedError: There is another version.
        """
        data = self._bytes(path)
        if etag != (None if data is None else _etag(data)):
            raise ChangedError

    def _bytes(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return None
        except OSError as error:
            raise ReadError(path, error) from error


def _is_written(name: str) -> bool:
    """Return whether a file of a collection has a name that we write to."""
    return name.endswith(_SUFFIX) or name in (_NAME, _COLOUR)


def is_folder(path: Path) -> bool:
    """Return whether a vdir is there."""
    return path.is_dir()


def _etag(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]
