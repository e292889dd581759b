"""Metrics of MLflow from its SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from math import copysign, inf, nan
from typing import NamedTuple, TypeVar

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.mlflow import MLFLOW_IMPORTER, MLFLOW_X, mlflow_series
from curriculum.reproduction.logs.tags import (
    Question,
    Reader,
    Tag,
    listed,
    no_texts,
    run_name,
    without_columns,
)

LARGEST_DATABASE = 1 << 30
"""The largest database that is read, in bytes."""

MAGIC = b"SQLite format 3\0"

_COLUMNS = {"key", "value", "timestamp", "run_uuid", "step", "is_nan"}

# MLflow's database holds the largest float in place of infinity, and a column for NaN.
_LARGEST_FLOAT = 1.7976931348623157e308

_FAULTS = (sqlite3.Error, OverflowError, MemoryError)

Answer = TypeVar("Answer")


class _Key(NamedTuple):
    """Where the points of a tag are: the rows of a run with a key."""

    run: str
    key: str


def _is_database(file: LogFile, head: bytes) -> bool:
    has_suffix = file.name.lower().endswith((".db", ".sqlite", ".sqlite3"))
    return has_suffix and head.startswith(MAGIC)


def _opened(file: LogFile) -> sqlite3.Connection:
    """Return a copy in memory, so that no lock and no write-ahead log of the file matters.

    Raises:
        LogError: It is too large, or not a database of MLflow.
    """
    with file.open() as stream:
        raw = bytearray(stream.read(LARGEST_DATABASE + 1))
    if len(raw) > LARGEST_DATABASE:
        limit = f"{LARGEST_DATABASE >> 20} MB"
        raise LogError(file.name, f"is larger than the {limit} that are read of a database")
    # Bytes 18 and 19 are the versions of the file format for writing and reading: 2 means a
    # write-ahead log, which a copy in memory cannot have (SQLite's "Database File Format", 1.3.3).
    raw[18:20] = b"\1\1"
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(raw))
        # The file may come from anyone: its schema must not run functions, nor may we write.
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA query_only=ON")
        _check_schema(file, connection)
    except LogError:
        connection.close()
        raise
    except _FAULTS as fault:
        connection.close()
        raise LogError(file.name, f"is not a readable SQLite database: {fault}") from fault
    return connection


def _check_schema(file: LogFile, connection: sqlite3.Connection) -> None:
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'metrics'"
    found = connection.execute(query).fetchone()
    # A virtual table would load a module to answer.
    if found is None or not isinstance(found[0], str) or "VIRTUAL" in found[0].upper():
        raise LogError(file.name, "is not an MLflow database: it has no table 'metrics'")
    names = {row[1] for row in connection.execute("PRAGMA table_info(metrics)")}
    if not names >= _COLUMNS:
        raise LogError(file.name, "is not an MLflow database: its table 'metrics' lacks columns")


def _asked(file: LogFile, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """Return what a question to the database answers.

    Raises:
        LogError: It cannot be read.
    """
    with closing(_opened(file)) as connection:
        try:
            return ask(connection)
        except _FAULTS as fault:
            raise LogError(file.name, f"cannot be read: {fault}") from fault


def _keys(connection: sqlite3.Connection) -> dict[str, _Key]:
    """Return each tag with its place; where there are several runs, a tag begins with its run."""
    query = "SELECT DISTINCT run_uuid, key FROM metrics ORDER BY 1, 2"
    keys: list[_Key] = []
    for run, key in connection.execute(query):
        if isinstance(run, str) and isinstance(key, str):
            keys.append(_Key(run, key))
    if len({key.run for key in keys}) == 1:
        return {key.key: key for key in keys}
    return {f"{key.run}:{key.key}": key for key in keys}


def _points(file: LogFile, key: _Key) -> Iterator[tuple[float, float]]:
    query = (
        "SELECT step, value, is_nan FROM metrics WHERE run_uuid = ? AND key = ? "
        "ORDER BY step, timestamp"
    )
    rows = _asked(file, lambda connection: connection.execute(query, key).fetchall())
    for step, value, is_nan in rows:
        if not isinstance(step, int) or not isinstance(value, int | float):
            raise LogError(file.name, f"has a step or value of '{key.key}' that is not a number")
        yield float(step), nan if is_nan else _unbounded(float(value))


def _unbounded(value: float) -> float:
    if abs(value) >= _LARGEST_FLOAT:
        return copysign(inf, value)
    return value


def _only_database(files: Sequence[LogFile]) -> LogFile:
    if len(files) > 1:
        names = listed(file.name for file in files)
        raise LogError(run_name(files), f"has {len(files)} databases ({names}); name one")
    return files[0]


def _series(files: Sequence[LogFile], question: Question) -> Series | None:
    file = _only_database(files)
    key = _asked(file, _keys).get(question.tag)
    if key is None:
        return None
    without_columns(files, question)
    return mlflow_series(question.tag, _points(file, key))


def _tags(files: Sequence[LogFile]) -> tuple[Tag, ...]:
    return _asked(_only_database(files), _tags_in)


def _tags_in(connection: sqlite3.Connection) -> tuple[Tag, ...]:
    counts: dict[tuple[object, object], int] = {}
    query = "SELECT run_uuid, key, count(*) FROM metrics GROUP BY 1, 2"
    for run, key, count in connection.execute(query):
        counts[run, key] = count
    tags: list[Tag] = []
    for name, place in _keys(connection).items():
        last = _last_point(connection, place)
        if last is not None:
            tags.append(Tag(name, counts[place], MLFLOW_X, *last, MLFLOW_IMPORTER))
    return tuple(tags)


def _last_point(connection: sqlite3.Connection, key: _Key) -> tuple[float, float] | None:
    query = (
        "SELECT step, value, is_nan FROM metrics WHERE run_uuid = ? AND key = ? "
        "ORDER BY step DESC, timestamp DESC LIMIT 1"
    )
    step, value, is_nan = connection.execute(query, key).fetchone()
    if not isinstance(step, int) or not isinstance(value, int | float):
        return None
    return float(step), nan if is_nan else _unbounded(float(value))


MLFLOW_DATABASE = Reader(MLFLOW_IMPORTER, _is_database, _tags, _series, no_texts)
