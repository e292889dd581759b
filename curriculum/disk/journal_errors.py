"""Say in one sentence what is wrong with the journal, whatever SQLite or the system says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curriculum.disk.errors import ReadError
from curriculum.disk.folder_lock import has_locks
from curriculum.model.problems import CurriculumError
from curriculum.progress.fact_json import UnknownKindError, UnreadableFactError

_LOCK_FAULTS = {
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_IOERR_LOCK,
    sqlite3.SQLITE_IOERR_RDLOCK,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
}
_FAULTS = {
    sqlite3.SQLITE_BUSY: "is held by another command",
    sqlite3.SQLITE_LOCKED: "is held by another command",
    sqlite3.SQLITE_READONLY: "may not be written",
    sqlite3.SQLITE_PERM: "may not be opened: permission is denied",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: the folder is missing or permission is denied",
    sqlite3.SQLITE_FULL: "cannot grow, because the disk is full",
    sqlite3.SQLITE_IOERR: "cannot be written: the disk gives an error or is full",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy",
    sqlite3.SQLITE_NOTADB: "is not a journal",
}


class JournalError(CurriculumError):
    """A journal that cannot be read or written; nothing of it was lost."""

    def __init__(self, path: Path, fault: str) -> None:
        """Build the sentence from the path and what is wrong."""
        super().__init__(f"the journal '{path}' {fault}; nothing was recorded")


class WrittenJournalError(CurriculumError):
    """A journal that holds what was to be recorded, although its disk gave an error."""

    def __init__(self, path: Path, fault: str) -> None:
        """Build the sentence from the path and what is wrong."""
        super().__init__(
            f"the journal '{path}' {fault}; everything was recorded all the same, "
            "but a power failure could take it away: look after the disk"
        )


class UncertainJournalError(CurriculumError):
    """A journal that could not be written, and cannot be read now."""

    def __init__(self, path: Path, fault: str) -> None:
        """Build the sentence from the path and what is wrong."""
        super().__init__(
            f"the journal '{path}' {fault}, and cannot be read now, so it is not known whether "
            "anything was recorded; look with 'curriculum undo --list' when the disk works again"
        )


@contextmanager
def journal_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system could not do into one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise JournalError(path, journal_fault(path, error)) from error
    except (UnknownKindError, UnreadableFactError) as error:
        raise JournalError(path, f"cannot be read: {error}") from error
    except OSError as error:
        raise ReadError(path, error) from error


def journal_fault(path: Path, error: sqlite3.Error) -> str:
    """Return what SQLite says against a journal, as the end of a sentence about it."""
    code = getattr(error, "sqlite_errorcode", 0)
    kind = code & 0xFF
    # SQLite calls a file that cannot be locked busy, too; then nobody would ever let it go.
    if code in _LOCK_FAULTS or (kind == sqlite3.SQLITE_BUSY and not has_locks(path.parent)):
        return "cannot be locked: its disk, perhaps a network disk, does not have locks"
    return _FAULTS.get(kind, f"cannot be used ({error})")
