"""Store the journal's facts in a SQLite file that only grows.

Every write is one transaction that holds the file from its first look at the facts to its commit,
so that two commands at once take turns and a kill at any instant leaves all of a command's facts or
none. (SQLite's rollback journal with `synchronous=EXTRA`: a commit is on the disk, and in its
folder, before it is reported.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from curriculum.disk.atomic import remove_leftovers, write_all
from curriculum.disk.errors import ReadError, WriteError
from curriculum.disk.fact_rows import FactsReadBefore, store_facts, stored_facts
from curriculum.disk.folder_lock import holding
from curriculum.disk.journal_errors import (
    JournalError,
    UncertainJournalError,
    WrittenJournalError,
    journal_errors,
    journal_fault,
)
from curriculum.disk.migrations import MIGRATIONS
from curriculum.model.journal import Fact
from curriculum.model.problems import CurriculumError

JOURNAL = "journal.db"
PATIENCE = 10.0
"""Seconds to wait while another command holds the journal."""

_APPLICATION = 0x43555252
_SQLITE_HEAD = b"SQLite format 3\0"
Migrations = Sequence[Sequence[str]]


class JournalTransaction:
    """The journal while a command holds it, from `writing` to its end.

    Attributes:
        facts: All facts, in the order they were recorded.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read the facts."""
        self._connection = connection
        self.facts = stored_facts(connection)
        self._known = frozenset(fact.id for fact in self.facts)

    @property
    def added(self) -> frozenset[str]:
        """The ids of the facts that were not there before."""
        return frozenset(fact.id for fact in self.facts) - self._known

    def append(self, facts: Iterable[Fact]) -> None:
        """Record facts after all others."""
        added = tuple(facts)
        store_facts(self._connection, added)
        self.facts = (*self.facts, *added)

    def rearrange(self, facts: Sequence[Fact]) -> None:
        """Hold facts in another order, all of the known ones among them: those of two machines."""
        known = self.facts
        if tuple(facts[: len(known)]) == known:
            self.append(facts[len(known) :])
            return
        assert {fact.id for fact in known} <= {fact.id for fact in facts}, "a fact would be lost"
        # The table refuses that a fact is changed or removed; made again, it is filled again.
        self._connection.execute("DROP TABLE fact")
        _take_all_steps(self._connection)
        self.facts = ()
        self.append(facts)


def journal_bytes(facts: Iterable[Fact]) -> bytes:
    """Return a journal that holds some facts, as the bytes of its file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _take_all_steps(connection)
        _mark(connection, len(MIGRATIONS))
        JournalTransaction(connection).append(facts)
        connection.execute("VACUUM")
        return connection.serialize()


def is_journal_data(data: bytes) -> bool:
    """Whether bytes are those of a SQLite file, as a journal is."""
    return data.startswith(_SQLITE_HEAD)


def holds_journal(path: Path) -> bool:
    """Whether a file is a SQLite file, as a journal is; no file is none.

    Raises:
        ReadError: It is there and cannot be read.
    """
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return is_journal_data(file.read(len(_SQLITE_HEAD)))
    except OSError as error:
        raise ReadError(path, error) from error


def read_facts(path: Path, before: FactsReadBefore | None = None) -> tuple[Fact, ...]:
    """Return the facts in the order they were recorded; none when there is no journal yet.

    Args:
        path: The file.
        before: What was read of it before, where it is read many times.

    Raises:
        JournalError: It is not a journal, or cannot be read.
    """
    with journal_errors(path):
        _refuse_other_things(path)
        if not path.exists() or path.stat().st_size == 0:
            return ()
    # "rw": a command that was killed may have left changes that the next reader rolls back.
    with journal_errors(path), closing(_connection(path, "rw")) as connection:
        # One transaction, so that no other command migrates the journal between the two looks.
        connection.execute("BEGIN")
        version = _version(path, connection, len(MIGRATIONS))
        if version == 0:
            return ()
        if version == len(MIGRATIONS):
            return stored_facts(connection) if before is None else before.stored_facts(connection)
        with closing(_migrated_copy(connection, version)) as copy:
            return stored_facts(copy)


@contextmanager
def writing(
    path: Path, migrations: Migrations = MIGRATIONS, patience: float = PATIENCE
) -> Iterator[JournalTransaction]:
    """Hold the journal, created or migrated where needed, until what was appended is on the disk.

    An exception inside the `with` block rolls everything back.

    Args:
        path: The journal.
        migrations: The steps from an empty file to the newest schema.
        patience: Seconds to wait for another command.

    Raises:
        JournalError: It is not a journal, is locked, or cannot be written.
    """
    with journal_errors(path):
        _refuse_other_things(path)
        _create(path)
        with closing(_connection(path, "rw", patience)) as connection:
            connection.execute("PRAGMA synchronous=EXTRA")
            _migrate(path, connection, migrations)
            connection.execute("BEGIN IMMEDIATE")
            with _rolled_back_on_error(connection):
                transaction = JournalTransaction(connection)
                yield transaction
            fault = _committed(connection)
        # Only when it is closed can it be read as the next command will read it.
        if fault is not None:
            raise _after_failure(path, fault, transaction.added) from fault


def _create(path: Path) -> None:
    """Make a journal without facts where there is none.

    It is put there as a whole: a run that is killed must not leave an empty file, which looks like
    a journal that was lost.
    """
    target = path.resolve()
    if not target.exists():
        _put(target, journal_bytes(()), target)


def _put(target: Path, data: bytes, model: Path) -> None:
    """Write a file where there is none, with the mode and the owner of another one."""
    try:
        with holding(target.parent):
            # Another command may have made it while this one waited.
            if not target.exists():
                remove_leftovers([target])
                write_all({target: data}, {target: model})
    except OSError as error:
        raise WriteError(target, error) from error


@contextmanager
def _rolled_back_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Take a transaction back when something is raised."""
    try:
        yield
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    """Take a transaction back, unless SQLite has done so itself, as on a full disk."""
    if connection.in_transaction:
        # What cannot be taken back now is taken back by the next command that opens the file.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _committed(connection: sqlite3.Connection) -> sqlite3.Error | None:
    """Commit a transaction, and return what SQLite says against it."""
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        return error
    return None


def _after_failure(path: Path, error: sqlite3.Error, added: Collection[str]) -> CurriculumError:
    """Return what to say after a commit that failed: that of SQLite may fail when all is done."""
    fault = journal_fault(path, error)
    try:
        known = {fact.id for fact in read_facts(path)}
    except CurriculumError:
        return UncertainJournalError(path, fault)
    if added and known.issuperset(added):
        return WrittenJournalError(path, fault)
    return JournalError(path, fault)


def _refuse_other_things(path: Path) -> None:
    """Refuse a folder, and a link to nothing: the facts may be on a disk that is missing now."""
    if path.is_dir():
        raise JournalError(path, "is a folder")
    if path.is_symlink() and not path.exists():
        raise JournalError(path, "is a link to a file that is missing")
    if path.exists() and not path.is_file():
        raise JournalError(path, "is a pipe or a device")


def is_emptied(path: Path) -> bool:
    """Whether the journal is there and holds nothing at all, not even the mark of a journal."""
    try:
        return path.is_file() and path.stat().st_size == 0
    except OSError:
        return False  # what is wrong with it is said when it is read


def _connection(path: Path, mode: str, patience: float = PATIENCE) -> sqlite3.Connection:
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
    """Take the missing steps, each in one transaction; an older journal is copied first."""
    version = _version(path, connection, len(migrations))
    if 0 < version < len(migrations):
        _back_up(path, connection, version)
    for number in range(version, len(migrations)):
        connection.execute("BEGIN IMMEDIATE")
        with _rolled_back_on_error(connection):
            # Another command may have taken the step while this one waited for the lock.
            if _version(path, connection, len(migrations)) == number:
                for statement in migrations[number]:
                    connection.execute(statement)
                _mark(connection, number + 1)
            connection.execute("COMMIT")


def _migrated_copy(connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
    """Return a copy in memory of the newest schema: reading does not change the file."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    _take_all_steps(copy, version)
    return copy


def _take_all_steps(connection: sqlite3.Connection, version: int = 0) -> None:
    """Lead the table of facts from a version to the newest one."""
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)


def _mark(connection: sqlite3.Connection, version: int) -> None:
    """Write into the file that it is a journal, and of which version."""
    connection.execute(f"PRAGMA application_id={_APPLICATION}")
    connection.execute(f"PRAGMA user_version={version}")


def _back_up(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Keep a copy of the journal as it was at a version, unless there is one already."""
    copy = path.with_name(f"{path.name}.v{version}-backup")
    if not copy.exists():
        _put(copy, connection.serialize(), path)
