"""The episodes of Stable-Baselines3's Monitor, of all workers in the order of time.

A file begins with a line of JSON behind `#`, which holds the second at which the worker began
(`t_start`); the columns are the return `r`, the length `l` and the seconds `t` since that moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from json import loads
from math import inf, isnan
from typing import NamedTuple

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.delimited import (
    LONGEST_TEXT_LINE,
    DelimitedText,
    delimited_text,
)
from curriculum.reproduction.logs.lines import BYTE_ORDER_MARK, log_lines
from curriculum.reproduction.logs.table_readers import table_reader
from curriculum.reproduction.logs.tables import Cell, Row, Rows, Table, number_or_none
from curriculum.reproduction.logs.tags import LogFiles, Notes, base_of, by_name, one_folder

ENVIRONMENT_STEPS = "env-steps"
"""The x: steps of all workers together up to the end of the episode."""

_MOST_COLUMNS = 1000
"""Far more columns than a monitor file has: three, and what the user adds."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """One worker's file, and the second at which it began."""

    text: DelimitedText
    began: float


class _Episode(NamedTuple):
    """The seconds since the first worker began, the length, and the row of an episode."""

    seconds: float
    length: float
    row: Row


def _worker(file: LogFile) -> _Worker:
    began = _began(file)
    text = delimited_text(file, skip=1)
    if len(text.columns) > _MOST_COLUMNS:
        fault = f"is not a monitor file: it has {len(text.columns)} columns"
        raise LogError(file.name, fault)
    lacking = [name for name in ("r", "l", "t") if name not in text.columns]
    if lacking:
        fault = f"is not a monitor file: its header lacks {', '.join(lacking)}"
        raise LogError(file.name, fault)
    return _Worker(text, began)


def _began(file: LogFile) -> float:
    _, line = next(log_lines(file, LONGEST_TEXT_LINE), (0, ""))
    if not line.startswith("#"):
        raise LogError(file.name, "is not a monitor file: its first line does not begin with '#'")
    try:
        return float(loads(line[1:])["t_start"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        fault = "does not have the 't_start' that a monitor file has"
        raise LogError(f"{file.name}:1", fault) from None


def _episodes(
    worker: _Worker, first: float, columns: Sequence[str], notes: Notes
) -> Iterator[_Episode]:
    """Yield the episodes of a worker, with the cells of some columns.

    Args:
        worker: Whose episodes.
        first: The second at which the first of all workers began.
        columns: Of any worker; a cell of a column that this one lacks is blank.
        notes: Where to write what is noticed.
    """
    name = worker.text.file.name
    held = [column for column in columns if column in worker.text.columns]
    wanted = ["t", "l", *held]
    ahead = worker.began - first
    for line, cells, whole in worker.text.select(wanted, notes):
        timing = _timing(cells)
        if timing is None:
            if whole:
                raise LogError(f"{name}:{line}", "has no number in column 't' or 'l'")
            notes.append(f"line {line} of '{name}' is cut off and was skipped")
            return
        seconds, length = timing
        own = dict(zip(held, cells[2:], strict=True))
        asked = tuple([own.get(column) for column in columns])
        yield _Episode(ahead + seconds, length, (line, asked, whole))


def _timing(cells: Sequence[Cell]) -> tuple[float, float] | None:
    """Return the seconds and the length of an episode; None when they are not that."""
    seconds = number_or_none(cells[0])
    length = number_or_none(cells[1])
    if seconds is None or length is None or isnan(seconds):
        return None
    if not 0 <= length < inf:
        return None
    return seconds, length


def _merged(workers: Sequence[_Worker], columns: Sequence[str], notes: Notes) -> Rows:
    first = min(worker.began for worker in workers)
    episodes: list[_Episode] = []
    for worker in workers:
        episodes.extend(_episodes(worker, first, columns, notes))
    # Episodes that end in the same second keep the order of their files: sorting is stable.
    episodes.sort(key=lambda episode: episode.seconds)
    steps = 0.0
    for seconds, length, (line, cells, whole) in episodes:
        steps += length
        derived: dict[str, Cell] = {ENVIRONMENT_STEPS: steps, "t": seconds}
        pairs = zip(columns, cells, strict=True)
        merged = [derived.get(name, cell) for name, cell in pairs]
        yield line, tuple(merged), whole


def _tables(files: LogFiles) -> tuple[Table, ...]:
    one_folder(files, "monitor files")
    workers = [_worker(file) for file in by_name(files)]
    columns: dict[str, None] = {}
    for worker in workers:
        columns.update(dict.fromkeys(worker.text.columns))
    name = workers[0].text.file.name
    notes: tuple[str, ...] = ()
    if len(workers) > 1:
        name = f"{len(workers)} monitor files"
        notes = (f"{name} merged by time",)
    table = Table(
        name=name,
        importer="monitor/1",
        columns=(*columns, ENVIRONMENT_STEPS),
        rows=partial(_merged, workers),
        xs=(ENVIRONMENT_STEPS,),
        hidden=frozenset({"t", ENVIRONMENT_STEPS}),
        notes=notes,
    )
    return (table,)


def _is_monitor(file: LogFile, head: bytes) -> bool:
    name = base_of(file.name)
    if name.endswith("monitor.csv"):
        return True
    return name.endswith(".csv") and head.removeprefix(BYTE_ORDER_MARK).startswith(b"#{")


MONITOR = table_reader("monitor/1", _is_monitor, _tables)
