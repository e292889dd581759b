"""Tables out of delimited text (CSV, TSV) and its dialects; columns mean nothing here but the default x."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from re import compile as pattern

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.lines import log_lines
from curriculum.reproduction.logs.tables import Cell, Row, Table, table_reader
from curriculum.reproduction.logs.tags import base_of, folder_of, run_name

LINE = 1 << 20
"""The longest line that is read, in bytes."""

PROGRESS_X = ("time/total_timesteps", "misc/total_timesteps", "total_timesteps")
"""What counts environment steps in the `progress.csv` of Stable-Baselines3 and of OpenAI Baselines."""

WANDB_X = ("_step", "Step")

_QUOTED = pattern(r'"[^"]*"?')
_VERSION = pattern(r"version_\d+")


def header_of(file: LogFile, skip: int = 0) -> tuple[tuple[str, ...], str]:
    """Return the names of the columns and the delimiter.

    Args:
        file: What to read.
        skip: How many lines stand before the header.

    Raises:
        LogError: There is no header, or it is no text.
    """
    for _, line in islice(log_lines(file, LINE), skip, skip + 1):
        delimiter = _delimiter(line)
        cells = next(_parsed(file, iter([line]), delimiter), (0, []))[1]
        names = tuple(cell.strip() for cell in cells)
        if any(names):
            _refuse_numbers(file, names)
            return names, delimiter
    raise LogError(file.name, "has no header line with the names of its columns")


def _delimiter(line: str) -> str:
    bare = _QUOTED.sub("", line)
    return max("\t;,", key=bare.count)


def _refuse_numbers(file: LogFile, names: Sequence[str]) -> None:
    try:
        for name in names:
            float(name)
    except ValueError:
        return
    raise LogError(
        file.name, "has numbers in its first line, where the names of its columns are expected"
    )


def _parsed(file: LogFile, lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    parser = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    while True:
        try:
            cells = next(parser)
        except StopIteration:
            return
        except csv.Error as fault:
            raise LogError(file.name, f"is no delimited text: {fault}") from fault
        yield parser.line_num, cells


def rows_of(
    file: LogFile, names: Sequence[str], delimiter: str, skip: int = 0
) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the line, the cells and whether the line is whole, of every row that is not blank.

    The cells may be fewer than the names.

    Raises:
        LogError: A row has more cells than there are names, or is no text.
    """
    ended = [True]

    def texts() -> Iterator[str]:
        for _, line in islice(log_lines(file, LINE), skip + 1, None):
            ended[0] = line.endswith("\n")
            yield line

    for line, cells in _parsed(file, texts(), delimiter):
        if len(cells) > len(names):
            place = f"{file.name}:{line + skip + 1}"
            raise LogError(place, f"has {len(cells)} cells under a header of {len(names)}")
        if cells:
            yield line + skip + 1, cells, ended[0]


def _select(
    file: LogFile, names: tuple[str, ...], delimiter: str, columns: Sequence[str], notes: list[str]
) -> Iterator[Row]:
    yield from selected(file, names, delimiter, columns, notes, 0)


def selected(
    file: LogFile,
    names: tuple[str, ...],
    delimiter: str,
    columns: Sequence[str],
    notes: list[str],
    skip: int,
) -> Iterator[Row]:
    """Yield the cells of some columns; pass over a last line that breaks off, and say so.

    Raises:
        LogError: A row has more cells than there are names, or is no text.
    """
    places = [names.index(column) for column in columns]
    width, short = len(names), 0
    for line, cells, whole in rows_of(file, names, delimiter, skip):
        if len(cells) < width:
            if not whole:
                notes.append(f"the last line of '{file.name}' breaks off and was passed over")
                break
            short += 1
            cells += [""] * (width - len(cells))
        elif not whole:
            notes.append(
                f"the last line of '{file.name}' has no line end; its last cell may be cut"
            )
        yield line, tuple([_cell(cells[place]) for place in places]), whole
    if short:
        notes.append(
            f"{short} rows of '{file.name}' have fewer cells than its header; what lacks was taken as blank"
        )


def _cell(cell: str) -> Cell:
    return cell or None


def table_of(file: LogFile, importer: str, xs: tuple[str, ...]) -> Table:
    """Return a file of delimited text as a table.

    Raises:
        LogError: There is no header.
    """
    names, delimiter = header_of(file)
    return Table(file.name, importer, names, partial(_select, file, names, delimiter), xs)


def _plain(file: LogFile) -> Table:
    names, delimiter = header_of(file)
    rows = partial(_select, file, names, delimiter)
    if "_step" in names or (names[0] == "Step" and any(" - " in name for name in names)):
        return Table(file.name, "wandb/1", names, rows, WANDB_X, from_wandb=True)
    return Table(file.name, "csv/1", names, rows)


def _progress(files: Sequence[LogFile]) -> tuple[Table, ...]:
    return tuple(table_of(file, "progress/1", PROGRESS_X) for file in files)


def _spinning_up(files: Sequence[LogFile]) -> tuple[Table, ...]:
    return tuple(table_of(file, "spinningup/1", ("TotalEnvInteracts",)) for file in files)


def _lightning(files: Sequence[LogFile]) -> tuple[Table, ...]:
    versions = sorted(
        {folder for file in files if _VERSION.fullmatch(base_of(folder := folder_of(file.name)))}
    )
    if len(versions) > 1:
        shown = ", ".join(f"'{version}'" for version in versions[:5])
        raise LogError(
            run_name(files), f"has {len(versions)} versions of a Lightning run ({shown}); name one"
        )
    return tuple(table_of(file, "lightning/1", ("step",)) for file in files)


def _is_plain(file: LogFile, head: bytes) -> bool:
    if file.name.lower().endswith((".csv", ".tsv")):
        return True
    return file.name.lower().endswith(".txt") and b"\t" in head.partition(b"\n")[0]


def _called(wanted: str, file: LogFile, head: bytes) -> bool:
    return base_of(file.name) == wanted


PROGRESS = table_reader("progress/1", partial(_called, "progress.csv"), _progress)
SPINNING_UP = table_reader("spinningup/1", partial(_called, "progress.txt"), _spinning_up)
LIGHTNING = table_reader("lightning/1", partial(_called, "metrics.csv"), _lightning)
PLAIN = table_reader("csv/1", _is_plain, lambda files: tuple(_plain(file) for file in files))
