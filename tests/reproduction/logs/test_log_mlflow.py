"""MLflow's folders of metrics and its SQLite database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from curriculum.disk.runs import log_files
from curriculum.model.runs import LogError
from curriculum.reproduction.logs import read_series, tags_of
from tests.reproduction.logs.files import log

SCHEMA = """
CREATE TABLE metrics (
    key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL, run_uuid VARCHAR(32) NOT NULL,
    step BIGINT DEFAULT '0' NOT NULL, is_nan BOOLEAN DEFAULT '0' NOT NULL,
    CONSTRAINT metric_pk PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan)
)
"""
Row = tuple[str, float, int, str, int, int]


def database(path: Path, rows: list[Row], journal: str = "DELETE") -> Path:
    """Write a database as MLflow does."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(SCHEMA)
    connection.executemany("INSERT INTO metrics VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


def test_a_folder_of_metrics_is_read_by_step() -> None:
    text = "1700000000000 0.5 2\n1700000001000 0.25 1\n1700000002000 nan 3\n"
    file = log("mlruns/0/abc/metrics/val/loss", text)

    series = read_series([file], "val/loss")
    assert (list(series.xs), series.importer) == ([1, 2, 3], "mlflow/1")
    assert str(list(series.values)) == "[0.25, 0.5, nan]"


def test_a_line_that_is_not_a_metric_is_pointed_at() -> None:
    with pytest.raises(LogError, match=r"'metrics/loss:2' is not 'timestamp value step'"):
        read_series([log("metrics/loss", "1700000000000 0.5 2\n1700000000001 oops 3\n")], "loss")


def test_a_last_line_that_breaks_off_is_skipped_and_reported() -> None:
    series = read_series([log("metrics/loss", "1700000000000 0.5 2\n17000000")], "loss")

    assert (list(series.values), series.notes) == (
        [0.5],
        ("the last line of 'metrics/loss' is cut off and was skipped",),
    )


def test_folders_of_several_runs_are_never_merged() -> None:
    files = [log(f"0/{run}/metrics/loss", "1700000000000 0.5 2\n") for run in ("abc", "def")]

    with pytest.raises(
        LogError, match=r"2 MLflow runs \('0/abc', '0/def'\); name the folder of one"
    ):
        read_series(files, "loss")


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_database_of_one_run_is_read_whatever_its_journal(tmp_path: Path, journal: str) -> None:
    rows: list[Row] = [
        ("acc", 0.5, 1, "r1", 10, 0),
        ("acc", 0.75, 2, "r1", 20, 0),
        ("acc", 0.0, 3, "r1", 30, 1),
    ]
    rows += [("acc", 1.7976931348623157e308, 4, "r1", 40, 0)]
    files = log_files(database(tmp_path / "mlflow.db", rows, journal))

    series = read_series(files, "acc")
    assert list(series.xs) == [10, 20, 30, 40]
    assert str(list(series.values)) == "[0.5, 0.75, nan, inf]"
    assert [(tag.name, tag.points, tag.last_x) for tag in tags_of(files)] == [("acc", 4, 40)]


def test_the_runs_of_a_database_are_told_apart_by_their_tags(tmp_path: Path) -> None:
    rows: list[Row] = [("acc", 0.5, 1, "r1", 10, 0), ("acc", 0.75, 2, "r2", 10, 0)]
    files = log_files(database(tmp_path / "mlflow.db", rows))

    assert [tag.name for tag in tags_of(files)] == ["r1:acc", "r2:acc"]
    assert list(read_series(files, "r2:acc").values) == [0.75]
    with pytest.raises(LogError, match="the nearest of its 2 tags: 'r"):
        read_series(files, "acc")


def test_a_database_of_another_program_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()

    with pytest.raises(LogError, match="is not an MLflow database: it has no table 'metrics'"):
        tags_of(log_files(path))


def test_a_damaged_database_is_reported(tmp_path: Path) -> None:
    data = bytearray(database(tmp_path / "mlflow.db", [("acc", 0.5, 1, "r1", 10, 0)]).read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)

    with pytest.raises(LogError, match=r"is not a readable SQLite database|cannot be read"):
        read_series([log("mlflow.db", bytes(data))], "acc")


SLOW = "length(hex(zeroblob(400000000)))"
PLAIN = "key TEXT, value REAL, timestamp INT, run_uuid TEXT, step INT, is_nan INT"


@pytest.mark.parametrize(
    "columns",
    [
        f"{PLAIN}, slow INT AS ({SLOW})",
        f"{PLAIN}, slow INT AS ({SLOW}) STORED",
        PLAIN.replace("step INT", f"step INT AS ({SLOW})"),
    ],
)
def test_a_database_that_computes_its_columns_is_refused(tmp_path: Path, columns: str) -> None:
    """Such a column took 150 s, in a file of a few kB."""
    path = tmp_path / "mlflow.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE metrics ({columns})")

    with pytest.raises(LogError, match="it computes columns of 'metrics'"):
        tags_of(log_files(path))


def test_the_last_points_of_many_metrics_are_found_at_once(tmp_path: Path) -> None:
    """Without an index, each was looked for in all rows."""
    path = tmp_path / "mlflow.db"
    rows = [(f"k{number}", number / 2, 1, "r", step, 0) for number in range(500) for step in (2, 1)]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE metrics ({PLAIN})")
        connection.executemany("INSERT INTO metrics VALUES (?, ?, ?, ?, ?, ?)", rows)

    tags = {tag.name: (tag.points, tag.last_x, tag.last_value) for tag in tags_of(log_files(path))}
    assert tags == {f"k{number}": (2, 2, number / 2) for number in range(500)}
