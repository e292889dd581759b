"""The episodes of Stable-Baselines3's Monitor, of all workers in the order of time; other tables are not known here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from json import loads

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.delimited import LINE, header_of, selected
from curriculum.reproduction.logs.lines import log_lines
from curriculum.reproduction.logs.tables import Cell, Row, Table, number, table_reader
from curriculum.reproduction.logs.tags import base_of, one_folder

STEPS = "env-steps"
"""The x: steps of all workers together up to the end of the episode."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """One worker's file, its names and the second at which it began."""

    file: LogFile
    began: float
    names: tuple[str, ...]
    delimiter: str


def _worker(file: LogFile) -> _Worker:
    began = _began(file)
    names, delimiter = header_of(file, skip=1)
    lacking = [name for name in ("r", "l", "t") if name not in names]
    if lacking:
        raise LogError(file.name, f"is no monitor file: its header lacks {', '.join(lacking)}")
    return _Worker(file, began, names, delimiter)


def _began(file: LogFile) -> float:
    line = next((line for _, line in log_lines(file, LINE)), "")
    if not line.startswith("#"):
        raise LogError(file.name, "is no monitor file: its first line does not begin with '#'")
    try:
        said = loads(line[1:])
        return float(said["t_start"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise LogError(f"{file.name}:1", "does not say 't_start' as a monitor file does") from None


def _episodes(
    worker: _Worker, first: float, columns: Sequence[str], notes: list[str]
) -> Iterator[tuple[float, float, Row]]:
    """Yield the time since the first worker began, the length, and the row of each episode."""
    wanted = ["t", "l", *(name for name in columns if name in worker.names)]
    for line, cells, whole in selected(
        worker.file, worker.names, worker.delimiter, wanted, notes, 1
    ):
        try:
            seconds, length = number(cells[0]), number(cells[1])
        except ValueError:
            seconds = length = None
        if (
            seconds is None
            or length is None
            or not 0 <= length < float("inf")
            or seconds != seconds
        ):
            if not whole:
                notes.append(f"line {line} of '{worker.file.name}' breaks off and was passed over")
                return
            raise LogError(f"{worker.file.name}:{line}", "has no number in column 't' or 'l'")
        by_name = dict(zip(wanted[2:], cells[2:], strict=True))
        yield (
            worker.began - first + seconds,
            length,
            (line, tuple(by_name.get(name) for name in columns), whole),
        )


def _merged(workers: Sequence[_Worker], columns: Sequence[str], notes: list[str]) -> Iterator[Row]:
    first = min(worker.began for worker in workers)
    episodes = [each for worker in workers for each in _episodes(worker, first, columns, notes)]
    steps = 0.0
    for seconds, length, (line, cells, whole) in sorted(episodes, key=lambda each: each[0]):
        steps += length
        derived: dict[str, Cell] = {STEPS: steps, "t": seconds}
        yield (
            line,
            tuple(derived.get(name, cell) for name, cell in zip(columns, cells, strict=True)),
            whole,
        )


def _tables(files: Sequence[LogFile]) -> tuple[Table, ...]:
    one_folder(files, "monitor files")
    workers = tuple(_worker(file) for file in sorted(files, key=lambda file: file.name))
    names = tuple(dict.fromkeys(name for worker in workers for name in worker.names))
    notes = (f"{len(workers)} monitor files merged by time",) if len(workers) > 1 else ()
    name = workers[0].file.name if len(workers) == 1 else f"{len(workers)} monitor files"
    rows = partial(_merged, workers)
    return (
        Table(
            name, "monitor/1", (*names, STEPS), rows, (STEPS,), frozenset({"t", STEPS}), notes=notes
        ),
    )


def _is_monitor(file: LogFile, head: bytes) -> bool:
    name = base_of(file.name)
    return name.endswith("monitor.csv") or (
        name.endswith(".csv") and head.removeprefix(b"\xef\xbb\xbf")[:2] == b"#{"
    )


MONITOR = table_reader("monitor/1", _is_monitor, _tables)
