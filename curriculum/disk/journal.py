"""Keep the journal's facts in a SQLite file that only grows; what the facts come to is not known here.

Every write is one transaction that holds the file from its first look at the facts to its commit, so that two commands
at once take turns and a kill at any instant leaves all of a command's facts or none. (SQLite's rollback journal with
`synchronous=EXTRA`: a commit is on the disk, and in its folder, before it is told.)
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from curriculum.disk.errors import ReadError
from curriculum.disk.migrations import MIGRATIONS
from curriculum.model.journal import Fact, Kind
from curriculum.model.problems import CurriculumError
from curriculum.model.quantities import Pages

JOURNAL = "journal.db"
PATIENCE = 10.0
"""Seconds to wait for another command to let go of the journal."""

_APPLICATION = 0x43555252
_COLUMNS = 'id, command, kind, at, zone, unit, minutes, first_page, last_page, session, start, "end", target, result, entry'
_WRITE = f"INSERT INTO fact ({_COLUMNS}) VALUES ({', '.join('?' * 15)})"
_Row = tuple[object, ...]
Migrations = Sequence[Sequence[str]]


class JournalError(CurriculumError):
    """A journal that cannot be read or written; nothing of it was lost."""

    def __init__(self, path: Path, fault: str) -> None:
        """Build the sentence from the path and what is wrong."""
        super().__init__(f"the journal '{path}' {fault}; nothing was recorded")


class Book:
    """The journal while a command holds it; it lives for one `writing`.

    Attributes:
        facts: All facts, in the order they were recorded.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read the facts."""
        self._connection = connection
        self.facts = _facts(connection)

    def append(self, facts: Iterable[Fact]) -> None:
        """Record facts after all others."""
        added = tuple(facts)
        self._connection.executemany(_WRITE, map(_row, added))
        self.facts = (*self.facts, *added)


def read_facts(path: Path) -> tuple[Fact, ...]:
    """Return the facts in the order they were recorded; none when there is no journal yet.

    Raises:
        JournalError: It is not a journal, or cannot be read.
    """
    if path.is_dir():
        raise JournalError(path, "is a folder")
    if not path.exists() or path.stat().st_size == 0:
        return ()
    # "rw", for a command that was killed may have left its half-done work to be rolled back by the next reader
    with _told(path), closing(_opened(path, "rw")) as connection:
        if _version(path, connection, len(MIGRATIONS)) == 0:
            return ()
        return _facts(connection)


@contextmanager
def writing(
    path: Path, migrations: Migrations = MIGRATIONS, patience: float = PATIENCE
) -> Iterator[Book]:
    """Hold the journal, created or migrated where needed, until what was appended is safe on the disk.

    What is raised within takes everything back.

    Args:
        path: The journal.
        migrations: The steps from an empty file to the newest schema.
        patience: Seconds to wait for another command.

    Raises:
        JournalError: It is not a journal, is locked, or cannot be written.
    """
    if path.is_dir():
        raise JournalError(path, "is a folder")
    with _told(path), closing(_opened(path, "rwc", patience)) as connection:
        connection.execute("PRAGMA synchronous=EXTRA")
        _migrate(path, connection, migrations)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield Book(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _opened(path: Path, mode: str, patience: float = PATIENCE) -> sqlite3.Connection:
    address = f"file:{quote(str(path.resolve()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)


def _version(path: Path, connection: sqlite3.Connection, newest: int) -> int:
    """Return the schema of a journal, 0 for an empty file.

    Raises:
        JournalError: It belongs to another program, or to a later version of this one.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != _APPLICATION and (application or version or tables):
        raise JournalError(path, "belongs to another program")
    if version > newest:
        raise JournalError(path, f"is of version {version}, and this program knows {newest}")
    return int(version)


def _migrate(path: Path, connection: sqlite3.Connection, migrations: Migrations) -> None:
    """Take the steps that are missing, each in one transaction; a journal that holds facts is copied first."""
    version = _version(path, connection, len(migrations))
    if 0 < version < len(migrations):
        _back_up(path, connection, version)
    for number in range(version, len(migrations)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if (
                _version(path, connection, len(migrations)) == number
            ):  # another command may have taken it meanwhile
                for statement in migrations[number]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id={_APPLICATION}")
                connection.execute(f"PRAGMA user_version={number + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _back_up(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Keep a copy of the journal as it was at a version, unless there is one already."""
    copy = path.with_name(f"{path.name}.v{version}-backup")
    if copy.exists():
        return
    unfinished = copy.with_name(f"{copy.name}.tmp")
    with suppress(FileNotFoundError):
        unfinished.unlink()
    with closing(sqlite3.connect(unfinished)) as target:
        connection.backup(target)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(copy)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one sentence what SQLite could not do."""
    try:
        yield
    except sqlite3.Error as error:
        raise JournalError(path, _fault(error)) from error
    except OSError as error:
        raise ReadError(path, error) from error


def _fault(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _FAULTS.get(code, f"cannot be used ({error})")


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


def _facts(connection: sqlite3.Connection) -> tuple[Fact, ...]:
    """Return the facts of a journal of any released version: what an older one has no column for was never said."""
    there = {name for _, name, *_ in connection.execute("PRAGMA table_info(fact)")}
    columns = (name if name.strip('"') in there else "NULL" for name in _COLUMNS.split(", "))
    return tuple(
        map(_fact, connection.execute(f"SELECT {', '.join(columns)} FROM fact ORDER BY number"))
    )


_KINDS = {str(kind): kind for kind in Kind}


def _fact(row: tuple) -> Fact:  # type: ignore[type-arg]  # as SQLite gives it
    name, command, kind, at, zone, unit, minutes, first, last, *rest = row
    pages = None if first is None else Pages(first, last)
    return Fact(
        name,
        command,
        _KINDS[kind],
        datetime.fromtimestamp(at, UTC),
        zone,
        unit,
        minutes,
        pages,
        *rest,
    )


def _row(fact: Fact) -> _Row:
    pages = (None, None) if fact.pages is None else (fact.pages.first, fact.pages.last)
    head = (
        fact.id,
        fact.command,
        str(fact.kind),
        int(fact.at.timestamp()),
        fact.zone,
        fact.unit,
        fact.minutes,
    )
    return (*head, *pages, fact.session, fact.start, fact.end, fact.target, fact.result, fact.entry)
