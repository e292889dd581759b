"""Tell whether any file of a workspace changed, by its size and times, reading none of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

_FOLDERS = ("syllabi", "calendars", "notebook", "ideas", "skim", "taste", "ablations")
_FILES = ("journal.db", "journal.db-wal")


class WorkspaceMark(NamedTuple):
    """How the files of a workspace are.

    Attributes:
        digest: Changes when one of them does.
        newest: When the newest was changed, in seconds since the epoch; 0 when there are none. A
            change within the same tick of the clock could not be told from it.
    """

    digest: str
    newest: float


def workspace_mark(root: Path) -> WorkspaceMark:
    """Return how the files of a workspace are at this moment."""
    found = sha256()
    newest = 0
    for path in _paths(root):
        try:
            status = path.stat()
        except OSError:
            continue
        found.update(
            f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}\n".encode(
                "utf-8", "surrogateescape"
            )
        )
        newest = max(newest, status.st_mtime_ns)
    return WorkspaceMark(found.hexdigest(), newest / 1e9)


def _paths(root: Path) -> Iterator[Path]:
    for name in _FILES:
        yield root / name
    for name in _FOLDERS:
        for folder, folders, files in os.walk(root / name):
            folders.sort()
            yield from (Path(folder, file) for file in sorted(files))
