"""Tables out of delimited text (CSV, TSV) and its dialects."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from re import compile as pattern
from typing import TypeAlias

from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.lines import log_lines
from curriculum.reproduction.logs.table_readers import table_reader
from curriculum.reproduction.logs.tables import Cell, Rows, Table, number_or_none
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Notes,
    base_of,
    folder_of,
    quoted_names,
    run_name,
)

LONGEST_TEXT_LINE = 1 << 20
"""The longest line that is read, in bytes."""

PROGRESS_X = ("time/total_timesteps", "misc/total_timesteps", "total_timesteps")
"""What counts environment steps in `progress.csv` of Stable-Baselines3 and of OpenAI Baselines.

Their other columns (`time/iterations`, `misc/nupdates`) count updates of the network.
"""

WANDB_X = ("_step", "Step")
"""The step in the two exports of W&B: from its interface for programs, and from its page."""

_WIDE = 1000
"""From so many columns on, short rows are not filled up to list what there is."""

_QUOTED = pattern(r'"[^"]*"?')
_VERSION = pattern(r"version_\d+")


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """A file of delimited text whose header has been read.

    Attributes:
        file: Where the text is.
        columns: The names of the columns, in their order.
        delimiter: The character between the cells.
        skip: How many lines come before the header.
    """

    file: LogFile
    columns: tuple[str, ...]
    delimiter: str
    skip: int = 0

    def table(self, importer: str, xs: tuple[str, ...] = (), *, from_wandb: bool = False) -> Table:
        """Return the table of the file, with the columns that are x by default."""
        return Table(
            name=self.file.name,
            importer=importer,
            columns=self.columns,
            rows=self.select,
            xs=xs,
            from_wandb=from_wandb,
            sparse=self.sparse if len(self.columns) > _WIDE else None,
        )

    def select(self, columns: Sequence[str], notes: Notes) -> Rows:
        """Yield the cells of some columns; skip a last line that is cut off, and say so.

        Raises:
            LogError: A row has more cells than there are columns, or is not text.
        """
        places = self._places(columns)
        short = 0
        for line, cells, whole in self._rows_under_headers(notes):
            lacking = len(self.columns) - len(cells)
            if lacking and not whole:
                notes.append(f"the last line of '{self.file.name}' is cut off and was skipped")
                break
            if lacking:
                short += 1
                cells += [""] * lacking
            elif not whole:
                notes.append(self._unended())
            yield line, tuple([cells[place] or None for place in places]), whole
        if short:
            notes.append(self._shorter(short))

    def _rows_under_headers(self, notes: Notes) -> Iterator[tuple[int, list[str], bool]]:
        for line, cells, whole in self.rows():
            if self._is_header(cells):
                repeated = f"line {line} of '{self.file.name}' repeats the header"
                notes.append(f"{repeated}: the run was started again")
            else:
                yield line, cells, whole

    def _is_header(self, cells: Sequence[str]) -> bool:
        # A program that is started again may write it a second time into the same file.
        return cells[0].strip() == self.columns[0] and tuple(map(str.strip, cells)) == self.columns

    def _places(self, columns: Sequence[str]) -> list[int]:
        """Return where each of some columns is; of those of one name the first."""
        first = {name: place for place, name in reversed([*enumerate(self.columns)])}
        return [first[column] for column in columns]

    def sparse(self) -> Iterator[dict[str, Cell]]:
        """Yield the cells that each row has; a last line that is cut off is skipped.

        Raises:
            LogError: A row has more cells than there are columns, or is not text.
        """
        for _, cells, whole in self._rows_under_headers([]):
            if not whole and len(cells) < len(self.columns):
                return
            yield {name: cell or None for name, cell in zip(self.columns, cells, strict=False)}

    def rows(self) -> Iterator[tuple[int, list[str], bool]]:
        """Yield the line, the cells and whether the line has an end, of each row that is not blank.

        The cells may be fewer than the columns.

        Raises:
            LogError: A row has more cells than there are columns, or is not text.
        """
        ended = [True]

        def texts() -> Iterator[str]:
            lines = log_lines(self.file, LONGEST_TEXT_LINE)
            for _, line in islice(lines, self.skip + 1, None):
                ended[0] = line.endswith("\n")
                yield line

        most = len(self.columns)
        for parsed, cells in _parsed(self.file, texts(), self.delimiter):
            line = parsed + self.skip + 1
            if len(cells) > most:
                place = f"{self.file.name}:{line}"
                raise LogError(place, f"has {len(cells)} cells under a header of {most}")
            if cells:
                yield line, cells, ended[0]

    def _unended(self) -> str:
        return f"the last line of '{self.file.name}' has no line end; its last cell may be cut"

    def _shorter(self, count: int) -> str:
        rows = counted(count, "row")
        found = f"{rows} of '{self.file.name}' shorter than the header"
        return f"{found}; the missing cells count as blank"


def delimited_text(file: LogFile, skip: int = 0) -> DelimitedText:
    """Read the header of a file of delimited text.

    Args:
        file: What to read.
        skip: How many lines come before the header.

    Raises:
        LogError: There is no header, or it is not text.
    """
    lines = log_lines(file, LONGEST_TEXT_LINE)
    _, header = next(islice(lines, skip, None), (0, ""))
    delimiter = _delimiter(header)
    columns: list[str] = []
    for _, cells in _parsed(file, iter([header]), delimiter):
        columns += [cell.strip() for cell in cells]
    if not any(columns):
        raise LogError(file.name, "has no header line with the names of its columns")
    _refuse_numbers(file, columns)
    return DelimitedText(file, tuple(columns), delimiter, skip)


def _delimiter(line: str) -> str:
    bare = _QUOTED.sub("", line)
    # A tie goes to the first: a tab or a semicolon is rarely a part of a name, a comma may be.
    return max("\t;,", key=bare.count)


def _refuse_numbers(file: LogFile, names: Sequence[str]) -> None:
    if not all(map(_is_number, names)):
        return
    fault = "has numbers in its first line, where the names of its columns are expected"
    raise LogError(file.name, fault)


_ParsedRow: TypeAlias = tuple[int, list[str]]


def _parsed(file: LogFile, lines: Iterator[str], delimiter: str) -> Iterator[_ParsedRow]:
    # Of tab-separated text, skipping the space after a delimiter would swallow blank cells.
    parser = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    while True:
        try:
            cells = next(parser)
        except StopIteration:
            return
        except csv.Error as fault:
            raise LogError(file.name, f"is not delimited text: {fault}") from fault
        yield parser.line_num, cells


def _plain(file: LogFile) -> Table:
    text = delimited_text(file)
    if not _is_from_wandb(text.columns):
        return text.table("csv/1")
    return text.table("wandb/1", WANDB_X, from_wandb=True)


def _is_from_wandb(columns: Sequence[str]) -> bool:
    if "_step" in columns:
        return True
    if columns[0] != "Step":
        return False
    # The panel of a page is exported with columns like 'run-1 - loss'.
    return any(" - " in column for column in columns)


def _plain_tables(files: LogFiles) -> tuple[Table, ...]:
    return tuple(_plain(file) for file in files)


def _tables(importer: str, xs: tuple[str, ...], files: LogFiles) -> tuple[Table, ...]:
    return tuple(delimited_text(file).table(importer, xs) for file in files)


def _lightning(files: LogFiles) -> tuple[Table, ...]:
    versions: set[str] = set()
    for file in files:
        folder = folder_of(file.name)
        if _VERSION.fullmatch(base_of(folder)):
            versions.add(folder)
    if len(versions) > 1:
        names = quoted_names(sorted(versions))
        found = f"has {len(versions)} versions of a Lightning run ({names})"
        raise LogError(run_name(files), f"{found}; name one")
    return _tables("lightning/1", ("step",), files)


def _is_plain(file: LogFile, head: bytes) -> bool:
    name = file.name.lower()
    if name.endswith((".csv", ".tsv")):
        return True
    first_line = head.partition(b"\n")[0]
    if name.endswith(".txt") and b"\t" in first_line:
        return True
    # Keras calls its table 'training.log'.
    return name.endswith((".log", ".txt")) and _is_header_with_a_row(head)


def _is_header_with_a_row(head: bytes) -> bool:
    """Return whether a text begins with the names of columns, and a row of numbers under them."""
    header, row, *_ = [*head.decode(errors="replace").splitlines(), "", ""]
    delimiter = _delimiter(header)
    names = header.split(delimiter)
    cells = row.split(delimiter)
    if len(names) < 2 or len(names) != len(cells) or header.startswith("{"):
        return False
    return not any(map(_is_number, names)) and any(map(_is_number, cells))


def _is_number(cell: str) -> bool:
    return number_or_none(cell) is not None


def _is_called(name: str, file: LogFile, head: bytes) -> bool:
    return base_of(file.name) == name


PROGRESS = table_reader(
    "progress/1",
    partial(_is_called, "progress.csv"),
    partial(_tables, "progress/1", PROGRESS_X),
)
SPINNING_UP = table_reader(
    "spinningup/1",
    partial(_is_called, "progress.txt"),
    partial(_tables, "spinningup/1", ("TotalEnvInteracts",)),
)
LIGHTNING = table_reader("lightning/1", partial(_is_called, "metrics.csv"), _lightning)
PLAIN_CSV = table_reader("csv/1", _is_plain, _plain_tables)
