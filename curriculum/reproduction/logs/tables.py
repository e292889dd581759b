"""Series out of rows and columns, wherever the rows come from."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import TypeAlias

from curriculum.model.formatting import counted
from curriculum.model.runs import LogError, Series
from curriculum.reproduction.logs.points import Tally, in_order
from curriculum.reproduction.logs.tags import (
    LogFiles,
    Notes,
    Question,
    Reader,
    Recognises,
    Tag,
    missing,
    quoted_names,
    run_name,
    tag_of,
)

Cell: TypeAlias = str | float | None
"""What a row holds in a column; None where it holds nothing."""

Row: TypeAlias = tuple[int, tuple[Cell, ...], bool]
"""The number of the row's line or entry, its cells, and whether the row is known to be whole."""

Rows: TypeAlias = Iterator[Row]

SelectRows: TypeAlias = Callable[[Sequence[str], Notes], Rows]
"""Yields the cells of the columns asked for, by name; adds what it notices to the notes."""

WANDB_SAMPLE = 500
"""How many points W&B returns of a history unless it is asked for all: a sample of them."""

ROW_NUMBER = "row"
"""The name of x where no column is x."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns that can be gone through as often as needed.

    Attributes:
        name: The file they come from.
        importer: The reader and its version.
        columns: The names, in their order; a name may come twice.
        rows: Goes through the rows.
        xs: The columns that are x by default, best first; the row's number where there is none.
        hidden: Columns that are not tags.
        from_wandb: Whether the rows are an export of W&B.
        notes: What was noticed before any row was read.
        sampled: Why the rows are a sample, where that is known beforehand.
    """

    name: str
    importer: str
    columns: tuple[str, ...]
    rows: SelectRows
    xs: tuple[str, ...] = ()
    hidden: frozenset[str] = field(default=frozenset())
    from_wandb: bool = False
    notes: tuple[str, ...] = ()
    sampled: str | None = None

    def default_x(self) -> str:
        """Return the column that is x unless another is asked for."""
        for name in self.xs:
            if name in self.columns:
                return name
        return ROW_NUMBER


def table_reader(
    importer: str,
    recognises: Recognises,
    tables: Callable[[LogFiles], tuple[Table, ...]],
) -> Reader:
    """Return the reader of a format whose files are tables."""
    return Reader(
        importer=importer,
        recognises=recognises,
        tags=lambda files: _all_tags(tables(files)),
        series=lambda files, question: _series(files, tables(files), question),
        texts=lambda files, column: _texts(files, tables(files), column),
    )


def _all_tags(tables: Iterable[Table]) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    for table in tables:
        tags.extend(table_tags(table))
    return tuple(tags)


def number(cell: Cell) -> float | None:
    """Return the cell as a number, None for a blank one.

    Raises:
        ValueError: It is neither.

    >>> number(" 1e3 "), number("nan"), number(" ")
    (1000.0, nan, None)
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        if not cell.strip():
            return None
        # float() takes the underscores of Python's literals, and '1_000' may be a name.
        if "_" in cell:
            raise ValueError(cell)
    try:
        return float(cell)
    except OverflowError:
        raise ValueError(str(cell)[:40]) from None


def _number_or_none(cell: Cell) -> float | None:
    try:
        return number(cell)
    except ValueError:
        return None


def cell_text(cell: Cell) -> str | None:
    """Return the cell as text, None for a blank one.

    >>> cell_text(" a "), cell_text(3), cell_text("")
    ('a', '3', None)
    """
    if cell is None:
        return None
    return str(cell).strip() or None


def table_tags(table: Table) -> tuple[Tag, ...]:
    """Return the columns that hold a number somewhere.

    Raises:
        LogError: The rows cannot be read.
    """
    x_name = table.default_x()
    tallies = _tallies(table, _single_columns(table), x_name)
    return tuple(
        tag_of(name, tally, x_name, table.importer)
        for name, tally in tallies.items()
        if tally.points
    )


def _single_columns(table: Table) -> list[str]:
    """Return the columns that can be tags: a name that comes twice means nothing."""
    names: list[str] = []
    for name in table.columns:
        if name not in table.hidden and table.columns.count(name) == 1:
            names.append(name)
    return names


def _tallies(table: Table, names: Sequence[str], x_name: str) -> dict[str, Tally]:
    tallies = {name: Tally() for name in names}
    for x, cells in _with_x(table, names, x_name):
        for tally, cell in zip(tallies.values(), cells, strict=False):
            value = _number_or_none(cell)
            if value is not None:
                tally.add(x, value)
    return tallies


def _with_x(
    table: Table, names: Sequence[str], x_name: str
) -> Iterator[tuple[float, tuple[Cell, ...]]]:
    """Yield the x of every row that has one, and its cells in some columns."""
    if x_name == ROW_NUMBER:
        for index, (_, cells, _) in enumerate(table.rows(names, [])):
            yield float(index), cells
        return
    for _, cells, _ in table.rows([*names, x_name], []):
        x = _number_or_none(cells[-1])
        if x is not None:
            yield x, cells


def table_series(table: Table, question: Question) -> Series:
    """Return the series of a column that the table has.

    Raises:
        LogError: A column is missing or there twice, or a cell is not a number.
    """
    gathering = _Gathering(table, question)
    columns = gathering.columns()
    for name in columns:
        _check_column(table, name)
    gathering.take(table.rows(columns, gathering.notes))
    xs, values = in_order(gathering.xs, gathering.values)
    return Series(
        tag=question.tag,
        x_name=gathering.x_name,
        xs=xs,
        values=values,
        notes=(*table.notes, *gathering.all_notes()),
        sampled=_sampled(table, gathering),
        importer=table.importer,
    )


class _Gathering:
    """The points of one column, gathered row by row."""

    __slots__ = (
        "counts_rows",
        "kept",
        "notes",
        "question",
        "rows",
        "table",
        "values",
        "without_x",
        "x_name",
        "xs",
    )

    def __init__(self, table: Table, question: Question) -> None:
        self.table = table
        self.question = question
        self.x_name = question.x or table.default_x()
        self.counts_rows = question.x is None and self.x_name == ROW_NUMBER
        self.xs = array("d")
        self.values = array("d")
        self.notes: Notes = []
        self.rows = self.kept = self.without_x = 0

    def columns(self) -> list[str]:
        """Return the columns to ask for: the tag, then x, last the one that rows are kept by."""
        names = [self.question.tag]
        if not self.counts_rows:
            names.append(self.x_name)
        if self.question.keep is not None:
            names.append(self.question.keep[0])
        return names

    def take(self, rows: Rows) -> None:
        """Gather all rows.

        Raises:
            LogError: A cell is not a number, or no row is kept.
        """
        keep = self.question.keep
        wanted = None if keep is None else keep[1].strip()
        for place, cells, whole in rows:
            self.rows += 1
            if wanted is None or cell_text(cells[-1]) == wanted:
                self.kept += 1
                self._add(place, cells, whole)
        if keep is not None and not self.kept:
            column, text = keep
            raise LogError(self.table.name, f"has no row whose '{column}' is '{text}'")

    def _add(self, place: int, cells: tuple[Cell, ...], whole: bool) -> None:  # noqa: FBT001
        if cells[0] is None:
            return
        try:
            value = number(cells[0])
            x = self._x(cells)
        except ValueError as fault:
            if whole:
                raise self._not_a_number(place, cells) from fault
            line = f"line {place} of '{self.table.name}'"
            self.notes.append(f"{line} is cut off and was skipped")
            return
        if value is None:
            return
        if x is None or not isfinite(x):
            self.without_x += 1
            return
        self.xs.append(x)
        self.values.append(value)

    def _x(self, cells: tuple[Cell, ...]) -> float | None:
        if self.counts_rows:
            return self.kept - 1.0
        return number(cells[1])

    def _not_a_number(self, place: int, cells: tuple[Cell, ...]) -> LogError:
        where = f"{self.table.name}:{place}"
        for name, cell in zip((self.question.tag, self.x_name), cells, strict=False):
            if cell is not None and not _is_number(cell):
                found = str(cell)[:40]
                return LogError(where, f"has '{found}' in column '{name}', which is not a number")
        return LogError(where, f"has no number in column '{self.question.tag}'")

    def all_notes(self) -> list[str]:
        """Return what was noticed, with the count of rows that have no x."""
        if not self.without_x:
            return self.notes
        rows = counted(self.without_x, "row")
        lacking = f"without a finite '{self.x_name}'"
        note = f"{rows} of '{self.table.name}' {lacking} skipped"
        return [*self.notes, note]


def _sampled(table: Table, gathering: _Gathering) -> str | None:
    if table.sampled is not None:
        return table.sampled
    counts = (gathering.rows, gathering.kept, len(gathering.xs))
    if table.from_wandb and WANDB_SAMPLE in counts:
        return f"it has exactly {WANDB_SAMPLE} points, as a sampled W&B export has"
    return None


def _is_number(cell: Cell) -> bool:
    try:
        number(cell)
    except ValueError:
        return False
    return True


def _check_column(table: Table, name: str) -> None:
    times = table.columns.count(name)
    if times == 0:
        columns = {column for column in table.columns if column}
        raise missing(table.name, "column", name, columns)
    if times > 1:
        raise LogError(table.name, f"has {times} columns called '{name}'")


def _series(files: LogFiles, tables: Sequence[Table], question: Question) -> Series | None:
    visible = [table for table in tables if question.tag not in table.hidden]
    table = _only_table(files, visible, question.tag)
    if table is None:
        return None
    return table_series(table, question)


def _only_table(files: LogFiles, tables: Sequence[Table], column: str) -> Table | None:
    """Return the table that has a column; None when none has it.

    Raises:
        LogError: Several have it.
    """
    holding = [table for table in tables if column and column in table.columns]
    if len(holding) > 1:
        names = quoted_names(table.name for table in holding)
        found = f"has '{column}' in {len(holding)} files ({names})"
        raise LogError(run_name(files), f"{found}; name one of them")
    return next(iter(holding), None)


def _texts(files: LogFiles, tables: Sequence[Table], column: str) -> tuple[str, ...] | None:
    table = _only_table(files, tables, column)
    if table is None:
        return None
    _check_column(table, column)
    texts: dict[str, None] = {}
    for _, cells, _ in table.rows([column], []):
        text = cell_text(cells[0])
        if text is not None:
            texts[text] = None
    return tuple(texts)
