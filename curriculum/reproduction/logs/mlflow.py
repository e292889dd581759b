"""Metrics of MLflow, from its folders and from its SQLite database; its server and artifacts are not known here."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from math import copysign, inf, nan
from re import compile as pattern

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.lines import log_lines
from curriculum.reproduction.logs.points import Tally, in_order
from curriculum.reproduction.logs.tables import number
from curriculum.reproduction.logs.tags import (
    Question,
    Reader,
    Tag,
    no_texts,
    run_name,
    without_columns,
)

IMPORTER = "mlflow/1"
X_NAME = "step"

WHOLE = 1 << 30
"""The largest database that is read, in bytes."""

MAGIC = b"SQLite format 3\0"

_LINE = 4096
_FIRST = pattern(rb"\d{10,} \S+( -?\d+( \S+ \S+)?)?\r?(\n|$)")
_LARGEST = 1.7976931348623157e308
"""What MLflow's database holds in place of infinity."""


def _in_metrics(name: str) -> tuple[str, str] | None:
    """Return the run's folder and the metric of a file of a run's `metrics` folder."""
    parts = name.split("/")
    if "metrics" not in parts[:-1]:
        return None
    at = parts.index("metrics")
    return "/".join(parts[:at]), "/".join(parts[at + 1 :])


def _is_metric(file: LogFile, head: bytes) -> bool:
    plain = _in_metrics(file.name) is not None or "." not in file.name
    return plain and _FIRST.match(head) is not None


def _metrics(files: Sequence[LogFile]) -> dict[str, LogFile]:
    runs, metrics = set(), {}
    for file in files:
        run, tag = _in_metrics(file.name) or ("", file.name)
        runs.add(run)
        metrics[tag] = file
    if len(runs) > 1:
        shown = ", ".join(f"'{run}'" for run in sorted(runs)[:20])
        raise LogError(
            run_name(files), f"has {len(runs)} MLflow runs ({shown}); name the folder of one"
        )
    return metrics


def _points_of_file(file: LogFile, notes: list[str]) -> Iterator[tuple[float, float]]:
    for line, said in log_lines(file, _LINE):
        whole = said.endswith("\n")
        cells = said.split()
        if not cells and whole:
            continue
        try:
            if len(cells) not in (2, 3, 5) or (not whole and len(cells) < 3):
                raise ValueError(said)
            value = number(cells[1])
            step = float(int(cells[2])) if len(cells) > 2 else 0.0
        except (ValueError, OverflowError):
            if whole:
                raise LogError(f"{file.name}:{line}", "is not 'timestamp value step'") from None
            notes.append(f"the last line of '{file.name}' breaks off and was passed over")
            return
        if not whole:
            notes.append(f"the last line of '{file.name}' has no line end; its step may be cut")
        yield step, nan if value is None else value


def _folder_series(files: Sequence[LogFile], question: Question) -> Series | None:
    file = _metrics(files).get(question.tag)
    if file is None:
        return None
    without_columns(files, question)
    notes: list[str] = []
    return _series(question.tag, _points_of_file(file, notes), notes)


def _series(tag: str, points: Iterator[tuple[float, float]], notes: list[str]) -> Series:
    xs, values = array("d"), array("d")
    for step, value in points:
        xs.append(step)
        values.append(value)
    xs, values = in_order(xs, values)
    return Series(tag, X_NAME, xs, values, tuple(notes), importer=IMPORTER)


def _folder_tags(files: Sequence[LogFile]) -> tuple[Tag, ...]:
    return tuple(_tag(name, _points_of_file(file, [])) for name, file in _metrics(files).items())


def _tag(name: str, points: Iterator[tuple[float, float]]) -> Tag:
    tally = Tally()
    for step, value in points:
        tally.add(step, value)
    return Tag(name, tally.points, X_NAME, tally.last_x, tally.last_value, IMPORTER)


def _is_database(file: LogFile, head: bytes) -> bool:
    return file.name.lower().endswith((".db", ".sqlite", ".sqlite3")) and head.startswith(MAGIC)


def _opened(file: LogFile) -> sqlite3.Connection:
    """Return a copy in memory, which no lock and no write-ahead log of the file concerns.

    Raises:
        LogError: It is too large, or no database of MLflow.
    """
    with file.open() as stream:
        raw = bytearray(stream.read(WHOLE + 1))
    if len(raw) > WHOLE:
        raise LogError(
            file.name, f"is larger than the {WHOLE >> 20} MB that are read of a database"
        )
    # Bytes 18 and 19 say how the file is written and read; 2 is a write-ahead log, which a copy in memory cannot have.
    raw[18:20] = b"\1\1"
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(raw))
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA query_only=ON")
        _check_schema(file, connection)
    except (sqlite3.Error, LogError, OverflowError, MemoryError) as fault:
        connection.close()
        if isinstance(fault, LogError):
            raise
        raise LogError(file.name, f"is no readable SQLite database: {fault}") from fault
    return connection


def _check_schema(file: LogFile, connection: sqlite3.Connection) -> None:
    found = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'metrics'"
    ).fetchone()
    if found is None or not isinstance(found[0], str) or "VIRTUAL" in found[0].upper():
        raise LogError(file.name, "is no MLflow database: it has no table 'metrics'")
    names = {row[1] for row in connection.execute("PRAGMA table_info(metrics)")}
    if not {"key", "value", "timestamp", "run_uuid", "step", "is_nan"} <= names:
        raise LogError(file.name, "is no MLflow database: its table 'metrics' lacks columns")


def _asked(
    file: LogFile, work: Callable[[sqlite3.Connection], list[tuple[object, ...]]]
) -> list[tuple[object, ...]]:
    with closing(_opened(file)) as connection:
        try:
            return work(connection)
        except (sqlite3.Error, OverflowError, MemoryError) as fault:
            raise LogError(file.name, f"cannot be read: {fault}") from fault


def _keys(file: LogFile) -> dict[str, tuple[str, str]]:
    """Return each tag with its run and key."""
    rows = _asked(
        file,
        lambda it: it.execute(
            "SELECT DISTINCT run_uuid, key FROM metrics ORDER BY 1, 2"
        ).fetchall(),
    )
    pairs = [(run, key) for run, key in rows if isinstance(run, str) and isinstance(key, str)]
    alone = len({run for run, _ in pairs}) == 1
    return {key if alone else f"{run}:{key}": (run, key) for run, key in pairs}


def _points_of_key(file: LogFile, run: str, key: str) -> Iterator[tuple[float, float]]:
    query = "SELECT step, value, is_nan FROM metrics WHERE run_uuid = ? AND key = ? ORDER BY step, timestamp"
    for step, value, is_nan in _asked(file, lambda it: it.execute(query, (run, key)).fetchall()):
        if not isinstance(step, int) or not isinstance(value, int | float):
            raise LogError(file.name, f"has a step or value of '{key}' that is no number")
        yield float(step), nan if is_nan else _unbounded(float(value))


def _unbounded(value: float) -> float:
    return copysign(inf, value) if abs(value) >= _LARGEST else value


def _databases(files: Sequence[LogFile]) -> LogFile:
    if len(files) > 1:
        names = ", ".join(f"'{file.name}'" for file in files[:5])
        raise LogError(run_name(files), f"has {len(files)} databases ({names}); name one")
    return files[0]


def _database_series(files: Sequence[LogFile], question: Question) -> Series | None:
    file = _databases(files)
    found = _keys(file).get(question.tag)
    if found is None:
        return None
    without_columns(files, question)
    return _series(question.tag, _points_of_key(file, *found), [])


def _database_tags(files: Sequence[LogFile]) -> tuple[Tag, ...]:
    file = _databases(files)
    query = "SELECT run_uuid, key, count(*) FROM metrics GROUP BY 1, 2"
    last = "SELECT step, value, is_nan FROM metrics WHERE run_uuid = ? AND key = ? ORDER BY step DESC, timestamp DESC"
    tags = []
    keys = {pair: name for name, pair in _keys(file).items()}
    with closing(_opened(file)) as connection:
        try:
            for run, key, count in connection.execute(query).fetchall():
                step, value, is_nan = connection.execute(last, (run, key)).fetchone() or (
                    None,
                    None,
                    0,
                )
                if (run, key) in keys and isinstance(step, int) and isinstance(value, int | float):
                    shown = nan if is_nan else _unbounded(float(value))
                    tags.append(Tag(keys[run, key], count, X_NAME, float(step), shown, IMPORTER))
        except (sqlite3.Error, OverflowError, MemoryError) as fault:
            raise LogError(file.name, f"cannot be read: {fault}") from fault
    return tuple(tags)


FOLDER = Reader(IMPORTER, _is_metric, _folder_tags, _folder_series, no_texts)
DATABASE = Reader(IMPORTER, _is_database, _database_tags, _database_series, no_texts)
