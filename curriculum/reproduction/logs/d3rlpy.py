"""The folder of d3rlpy: a file without a header for each quantity, `epoch,step,value` on a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from re import compile as pattern

from curriculum.model.runs import LogError, LogFile
from curriculum.reproduction.logs.delimited import DelimitedText
from curriculum.reproduction.logs.table_readers import table_reader
from curriculum.reproduction.logs.tables import Cell, Rows, Table, number_or_none
from curriculum.reproduction.logs.tags import LogFiles, Notes, base_of, one_folder

_COLUMNS = ("epoch", "step")
_FIRST_LINE = pattern(rb"\d{1,18},\d{1,18},[-+\w.]{1,40}\r?(\n|$)")


def _table(file: LogFile) -> Table:
    quantity = base_of(file.name).rpartition(".")[0]
    # Without a header, the first line is a row.
    text = DelimitedText(file, (*_COLUMNS, quantity), ",", skip=-1)
    table = text.table("d3rlpy/1", ("step",))
    return replace(table, rows=partial(_rows, text), hidden=frozenset(_COLUMNS))


def _rows(text: DelimitedText, columns: Sequence[str], notes: Notes) -> Rows:
    """Yield the rows of a file whose epochs and steps never fall.

    Raises:
        LogError: They do: three columns without names may be anything, as seed, step and value.
    """
    last = [0.0, 0.0]
    for line, cells, whole in text.select((*columns, *_COLUMNS), notes):
        here = [_count(cell) for cell in cells[-2:]]
        if any(now < before for now, before in zip(here, last, strict=True)):
            fault = "is not of d3rlpy, since its first or second column falls"
            raise LogError(f"{text.file.name}:{line}", f"{fault}; write names in its first line")
        last = here
        yield line, cells[:-2], whole


def _count(cell: Cell) -> float:
    found = number_or_none(cell)
    return -1.0 if found is None else found


def _tables(files: LogFiles) -> tuple[Table, ...]:
    one_folder(files, "files of d3rlpy")
    return tuple(_table(file) for file in files)


def _is_quantity(file: LogFile, head: bytes) -> bool:
    return file.name.lower().endswith(".csv") and _FIRST_LINE.match(head) is not None


D3RLPY = table_reader("d3rlpy/1", _is_quantity, _tables)
