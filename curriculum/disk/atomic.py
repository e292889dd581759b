"""Write files so that each is as it was or as it should be, whenever the power fails.

The bytes go to a temporary file in the same folder, are forced to the disk, and replace the old
ones in one step that the system promises not to do by halves (POSIX rename()).
"""

from __future__ import annotations

import errno
import glob
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from curriculum.disk.errors import WriteError

_SUFFIX = ".tmp"


def write(path: Path, data: bytes) -> bool:
    """Write one file, and return whether that was needed; see `write_all`.

    A device or a pipe is written to: a file must never take its place.
    """
    if _is_stream(path):
        _pour(path, data)
        return True
    return bool(write_all({path: data}))


def write_all(files: Mapping[Path, bytes], *, sync_names: bool = True) -> tuple[Path, ...]:
    """Write a set of files and return those that changed; one that holds its bytes is not touched.

    All of them are on the disk before the first takes its place, in the order given, so that a full
    disk leaves the whole set as it was. A link is followed, and a file keeps its mode.

    Args:
        files: Path to bytes.
        sync_names: Whether the names are to be on the disk, too; if not, the caller does it for
            many files at once with `sync_folders`.

    Raises:
        WriteError: One of them cannot be written; no temporary file is left.
    """
    targets = {path: Path(os.path.realpath(path)) for path in files}
    changed = [path for path in files if not _holds(targets[path], files[path])]
    waiting: dict[Path, Path] = {}
    try:
        for path in changed:
            waiting[path] = _written_beside(targets[path], files[path])
        for path in changed:
            _replace(waiting[path], targets[path])
            del waiting[path]
    finally:
        for temporary in waiting.values():
            with suppress(OSError):
                temporary.unlink()
    if sync_names:
        sync_folders({targets[path].parent for path in changed})
    return tuple(changed)


def remove_leftovers(paths: Iterable[Path]) -> None:
    """Remove the temporary files that killed runs left; no other run may be writing."""
    for path in paths:
        target = Path(os.path.realpath(path))
        for leftover in target.parent.glob(f".{glob.escape(target.name)}.*{_SUFFIX}"):
            with suppress(OSError):
                leftover.unlink()


def _is_stream(path: Path) -> bool:
    """Return whether something is there that is neither a file nor a folder."""
    # Asked of the path as it was given: what /dev/stdout leads to has no name of its own.
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _pour(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise WriteError(path, error) from error


def _holds(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _written_beside(target: Path, data: bytes) -> Path:
    """Return a temporary file beside the target that holds the bytes and has the target's mode."""
    temporary = None
    try:
        mode = _mode(target)
        handle, name = tempfile.mkstemp(_SUFFIX, f".{target.name}.", target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise WriteError(target, error) from error
    return temporary


def _mode(target: Path) -> int:
    """Return the mode of the file to replace, or that of a new one.

    Raises:
        OSError: It is a folder, a device or a pipe, or must not be written.
    """
    if not target.exists():
        return 0o666 & ~_umask()
    if _is_stream(target):
        raise OSError(errno.ENXIO, "a device or a pipe is in its place")
    # Opened for appending: that fails for a file that must not be written, which replace() ignores.
    with target.open("ab"):
        return target.stat().st_mode & 0o7777


def _umask() -> int:
    """Return the mode bits that new files go without."""
    mask = os.umask(0o077)  # the system reports the old mask only when a new one is set
    os.umask(mask)
    return mask


def _replace(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except OSError as error:
        raise WriteError(target, error) from error


def sync_folders(folders: Iterable[Path]) -> None:
    """Force the names in folders to the disk, where the system can do that.

    A file is on the disk only when its name is, and names are kept in the folder.
    """
    for folder in sorted(folders):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
