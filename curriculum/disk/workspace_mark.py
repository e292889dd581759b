"""Tell whether any file of a workspace changed, by its size and times, reading none of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

_SYLLABI = ("syllabi",)
_FOLDERS = ("calendars", "notebook", "ideas", "skim", "taste", "ablations")
_FILES = ("journal.db", "journal.db-wal")


class WorkspaceMark(NamedTuple):
    """How the files of a workspace are.

    Attributes:
        digest: Changes when one of them does.
        journal: Changes when the journal does.
        syllabi: Changes when a syllabus or the settings do.
        newest: When the newest was changed, in seconds since the epoch; 0 when there are none. A
            change within the same tick of the clock could not be told from it.
    """

    digest: str
    journal: str
    syllabi: str
    newest: float


def workspace_mark(root: Path) -> WorkspaceMark:
    """Return how the files of a workspace are at this moment."""
    journal, stamp = _mark_of(root / name for name in _FILES)
    syllabi, edited = _mark_of(_paths(root, _SYLLABI))
    others, changed = _mark_of(_paths(root, _FOLDERS))
    digest = sha256(f"{journal} {syllabi} {others}".encode()).hexdigest()
    return WorkspaceMark(digest, journal, syllabi, max(stamp, edited, changed) / 1e9)


def _mark_of(paths: Iterable[Path]) -> tuple[str, int]:
    """Return a digest of how some files are, and when the newest was changed, in nanoseconds."""
    found = sha256()
    newest = 0
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        parts = (path, status.st_size, status.st_mtime_ns, status.st_ino)
        found.update("\0".join(map(str, parts)).encode("utf-8", "surrogateescape") + b"\n")
        newest = max(newest, status.st_mtime_ns)
    return found.hexdigest(), newest


def _paths(root: Path, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        for folder, folders, files in os.walk(root / name):
            folders.sort()
            yield from (Path(folder, file) for file in sorted(files))
