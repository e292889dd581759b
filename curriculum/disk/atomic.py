"""Write files so that each is as it was or as it should be, whenever the power fails.

The bytes go to a temporary file in the same folder, are forced to the disk, and replace the old
ones in one step that the system promises not to do by halves (POSIX rename()).
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from curriculum.disk.errors import WriteError
from curriculum.disk.folder_lock import holding
from curriculum.disk.ownership import give_to_owner_of, is_root
from curriculum.model.late_patterns import late_pattern

_SUFFIX = ".tmp"
_LEFTOVER = late_pattern(r"\.(.+)\.[^.]+\.tmp")


def write(path: Path, data: bytes) -> bool:
    """Write one file, and return whether that was needed; see `write_all`.

    A device or a pipe is written to: a file must never take its place. What a killed run left
    beside a file is removed; runs that write to one folder take turns.
    """
    if _is_stream(path):
        _pour(path, data)
        return True
    target = _target(path)
    try:
        with holding(target.parent):
            remove_leftovers([target])
            return bool(write_all({path: data}))
    except OSError as error:
        raise WriteError(path, error) from error


def write_all(
    files: Mapping[Path, bytes],
    models: Mapping[Path, Path] | None = None,
    *,
    sync_names: bool = True,
) -> tuple[Path, ...]:
    """Write a set of files and return those that changed; one that holds its bytes is not touched.

    All of them are on the disk before the first takes its place, in the order given, so that a full
    disk leaves the whole set as it was. A link is followed, and a file keeps its mode and its
    owner; a new one takes those of its model, or the usual mode and, made by root, the owner of the
    folder.

    Args:
        files: Path to bytes.
        models: Path to the file whose mode and owner it takes even if it has its own.
        sync_names: Whether the names are to be on the disk, too; if not, the caller does it for
            many files at once with `sync_folders`.

    Raises:
        WriteError: One of them cannot be written; no temporary file is left.
    """
    return write_in_turn([files], models, sync_names=sync_names)


def write_in_turn(
    stages: Sequence[Mapping[Path, bytes]],
    models: Mapping[Path, Path] | None = None,
    *,
    sync_names: bool = True,
) -> tuple[Path, ...]:
    """Write sets of files as `write_all` does one; each has its names before the next begins.

    Even if the power fails, nothing of a set is there when the one before is not.

    Raises:
        WriteError: One of them cannot be written; no temporary file is left.
    """
    files: dict[Path, bytes] = {}
    for stage in stages:
        files.update(stage)
    changed = [path for path in files if not _holds(_target(path), files[path])]
    waiting: dict[Path, Path] = {}
    try:
        for path in changed:
            model = _model(path, models or {})
            waiting[path] = _written_beside(_target(path), files[path], model)
        for stage in stages:
            folders = _put_in_place(stage, waiting)
            if sync_names:
                sync_folders(folders)
    finally:
        for temporary in waiting.values():
            with suppress(OSError):
                temporary.unlink()
    return tuple(changed)


def _target(path: Path) -> Path:
    """Return the file itself, behind all links."""
    return Path(os.path.realpath(path))


def _put_in_place(stage: Iterable[Path], waiting: dict[Path, Path]) -> set[Path]:
    """Give the files of a set that are waiting their names, and return the folders of these."""
    ready = [path for path in stage if path in waiting]
    for path in ready:
        _replace(waiting[path], _target(path))
        del waiting[path]
    return {_target(path).parent for path in ready}


def remove_leftovers(paths: Iterable[Path]) -> None:
    """Remove the temporary files that killed runs left; no other run may be writing."""
    names: dict[Path, set[str]] = defaultdict(set)
    for path in paths:
        target = _target(path)
        names[target.parent].add(target.name)
    for folder, wanted in names.items():
        remove_leftovers_in(folder, wanted.__contains__)


def remove_leftovers_in(folder: Path, is_ours: Callable[[str], bool]) -> None:
    """Remove the temporary files of a folder that were to become files of ours, by their names."""
    # What cannot be removed now is in nobody's way, and is tried again the next time.
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            leftover = _LEFTOVER.fullmatch(path.name)
            if leftover is not None and is_ours(leftover[1]):
                path.unlink()


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


def _model(path: Path, models: Mapping[Path, Path]) -> Path:
    """Return the file whose mode and owner a file takes; it need not exist."""
    model = models.get(path)
    if model is None or not model.exists():
        return _target(path)
    return model


def _written_beside(target: Path, data: bytes, model: Path) -> Path:
    """Return a temporary file beside the target that holds the bytes, like the model."""
    temporary = None
    try:
        _require_replaceable(target)
        handle, name = tempfile.mkstemp(_SUFFIX, f".{target.name}.", target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _make_like(temporary, model)
            os.fsync(file.fileno())
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        raise WriteError(target, error) from error
    return temporary


def _require_replaceable(target: Path) -> None:
    """Refuse to replace what must not be.

    Raises:
        OSError: It is a folder, a device or a pipe, or must not be written.
    """
    if not target.exists():
        return
    if _is_stream(target):
        raise OSError(errno.ENXIO, "a device or a pipe is in its place")
    # Opened for appending: that fails for a file that must not be written, which replace() ignores.
    with target.open("ab"):
        pass


def _make_like(temporary: Path, model: Path) -> None:
    """Give a temporary file the mode and the owner of another file, or those of a new one."""
    mode = 0o666 & ~_umask()
    if model.exists():
        mode = model.stat().st_mode & 0o7777
        give_to_owner_of(temporary, model)
    elif is_root():
        give_to_owner_of(temporary, temporary.parent)
    # After the owner, whose change takes some bits of the mode away.
    temporary.chmod(mode)


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
