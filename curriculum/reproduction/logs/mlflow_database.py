"""Metrics of MLflow from its SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from math import copysign, inf, nan
from typing import NamedTuple, TypeVar

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.mlflow import MLFLOW_IMPORTER, MLFLOW_X, mlflow_series
from curriculum.reproduction.logs.points import Point
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Question,
    Reader,
    Tag,
    no_texts,
    quoted_names,
    run_name,
    without_columns,
)

LARGEST_DATABASE = 1 << 30
"""The largest database that is read, in bytes."""

MAGIC = b"SQLite format 3\0"

# The place in a row of SQLite's table_xinfo of what is not 0 for a column that is computed.
_IS_HIDDEN = 6

_COLUMNS = {"key", "value", "timestamp", "run_uuid", "step", "is_nan"}

# MLflow's database holds the largest float in place of infinity, and a column for NaN.
_LARGEST_FLOAT = 1.7976931348623157e308

_LONGEST_VALUE = 1_000_000
"""The longest text or blob in bytes that the database may hold or make."""

_FAULTS = (sqlite3.Error, OverflowError, MemoryError)

Answer = TypeVar("Answer")


class _Key(NamedTuple):
    """Where the points of a tag are: the rows of a run with the name of a metric."""

    run: str
    metric: str


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
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
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
    if found is None or "VIRTUAL" in str(found[0]).upper():
        raise LogError(file.name, "is not an MLflow database: it has no table 'metrics'")
    columns = connection.execute("PRAGMA table_xinfo(metrics)").fetchall()
    # A column that is computed could take any time, in a file of a few bytes.
    if any(column[_IS_HIDDEN] for column in columns):
        raise LogError(file.name, "is not an MLflow database: it computes columns of 'metrics'")
    names = {column[1] for column in columns}
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
    for run, metric in connection.execute(query):
        # SQLite keeps any type in any column; MLflow's are text.
        if isinstance(run, str) and isinstance(metric, str):
            keys.append(_Key(run, metric))
    if len({key.run for key in keys}) == 1:
        return {key.metric: key for key in keys}
    return {f"{key.run}:{key.metric}": key for key in keys}


def _points(file: LogFile, key: _Key) -> Iterator[Point]:
    query = (
        "SELECT step, value, is_nan FROM metrics WHERE run_uuid = ? AND key = ? "
        "ORDER BY step, timestamp"
    )
    rows = _asked(file, lambda connection: connection.execute(query, key).fetchall())
    for row in rows:
        point = _point(row)
        if point is None:
            fault = f"has a step or value of '{key.metric}' that is not a number"
            raise LogError(file.name, fault)
        yield point


def _point(row: tuple[object, ...]) -> Point | None:
    """Return the step and value of a row; None when they are not numbers."""
    step, value, is_nan = row
    if not isinstance(step, int) or not isinstance(value, int | float):
        return None
    if is_nan:
        return float(step), nan
    if abs(value) >= _LARGEST_FLOAT:
        return float(step), copysign(inf, value)
    return float(step), float(value)


def _only_database(files: LogFiles) -> LogFile:
    if len(files) > 1:
        names = quoted_names(file.name for file in files)
        found = f"has {len(files)} databases ({names})"
        raise LogError(run_name(files), f"{found}; name one")
    return files[0]


def _series(files: LogFiles, question: Question) -> Series | None:
    file = _only_database(files)
    key = _asked(file, _keys).get(question.tag)
    if key is None:
        return None
    without_columns(files, question, MLFLOW_X)
    return mlflow_series(question.tag, _points(file, key))


def _tags(files: LogFiles) -> tuple[Tag, ...]:
    return _asked(_only_database(files), _tags_in)


def _tags_in(connection: sqlite3.Connection) -> tuple[Tag, ...]:
    counts: dict[tuple[object, object], int] = {}
    query = "SELECT run_uuid, key, count(*) FROM metrics GROUP BY 1, 2"
    for run, key, count in connection.execute(query):
        counts[run, key] = count
    last_points = _last_points(connection)
    tags: list[Tag] = []
    for name, place in _keys(connection).items():
        last = last_points[place]
        if last is None:
            continue
        tag = Tag(
            name=name,
            points=counts[place],
            x_name=MLFLOW_X,
            last_x=last[0],
            last_value=last[1],
            importer=MLFLOW_IMPORTER,
        )
        tags.append(tag)
    return tuple(tags)


def _last_points(connection: sqlite3.Connection) -> dict[tuple[object, object], Point | None]:
    """Return the last point of each run and metric; None where it has no numbers."""
    # Asked for one by one, they would take quadratic time where there is no index.
    query = (
        "SELECT run_uuid, key, step, value, is_nan FROM metrics "
        "ORDER BY run_uuid, key, step DESC, timestamp DESC"
    )
    found: dict[tuple[object, object], Point | None] = {}
    for run, key, *row in connection.execute(query):
        if (run, key) not in found:
            found[run, key] = _point(tuple(row))
    return found


MLFLOW_DATABASE = Reader(MLFLOW_IMPORTER, _is_database, _tags, _series, no_texts)
