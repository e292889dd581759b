"""The folder of d3rlpy: a file without a header for each quantity, `epoch,step,value` on a line."""

from __future__ import annotations

from dataclasses import replace
from re import compile as pattern

from curriculum.model.runs import LogFile
from curriculum.reproduction.logs.delimited import DelimitedText
from curriculum.reproduction.logs.tables import Table, table_reader
from curriculum.reproduction.logs.tags import LogFiles, base_of, one_folder

_COLUMNS = ("epoch", "step")
_FIRST_LINE = pattern(rb"\d{1,18},\d{1,18},[-+\w.]{1,40}\r?(\n|$)")


def _table(file: LogFile) -> Table:
    quantity = base_of(file.name).rpartition(".")[0]
    # Without a header, the first line is a row.
    text = DelimitedText(file, (*_COLUMNS, quantity), ",", skip=-1)
    return replace(text.table("d3rlpy/1", ("step",)), hidden=frozenset(_COLUMNS))


def _tables(files: LogFiles) -> tuple[Table, ...]:
    one_folder(files, "files of d3rlpy")
    return tuple(_table(file) for file in files)


def _is_quantity(file: LogFile, head: bytes) -> bool:
    return file.name.lower().endswith(".csv") and _FIRST_LINE.match(head) is not None


D3RLPY = table_reader("d3rlpy/1", _is_quantity, _tables)
