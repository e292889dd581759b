"""Replace the files of vdir collections, touching only those that change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from curriculum.disk.atomic import write_all
from curriculum.disk.errors import WriteError


def replace_vdir(
    folder: Path, files: Mapping[str, bytes], is_ours: Callable[[str], bool]
) -> tuple[int, int]:
    """Write the files that are new or changed, and remove ours that are not wanted any more.

    Args:
        folder: The vdir; its collections are made where they are missing.
        files: Path below it to bytes.
        is_ours: Whether a file, by its name, may be removed.

    Returns:
        How many were written, and how many removed.

    Raises:
        WriteError: A file or folder cannot be written.
    """
    collections = sorted({path.partition("/")[0] for path in files})
    removed = 0
    try:
        for name in collections:
            (folder / name).mkdir(parents=True, exist_ok=True)
        written = write_all({folder / path: data for path, data in sorted(files.items())})
        # Removed last: a run that breaks off leaves an event too many rather than one too few.
        for name in collections:
            for file in _unwanted(folder / name, name, files):
                if is_ours(file.name):
                    file.unlink(missing_ok=True)
                    removed += 1
    except OSError as error:
        raise WriteError(folder, error) from error
    return len(written), removed


def _unwanted(collection: Path, name: str, files: Mapping[str, bytes]) -> list[Path]:
    """Return the files in a collection that are not among those wanted, sorted."""
    found = sorted(collection.iterdir())
    return [file for file in found if f"{name}/{file.name}" not in files]
