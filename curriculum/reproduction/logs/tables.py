"""Series out of rows and columns, wherever the rows come from; it opens no file and knows no dialect."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import TypeAlias

from curriculum.model.runs import LogError, LogFile, Series
from curriculum.reproduction.logs.points import Tally, in_order
from curriculum.reproduction.logs.tags import Question, Reader, Tag, missing, run_name

Cell: TypeAlias = str | float | None
"""What a row holds in a column; None where it holds nothing."""

Row: TypeAlias = tuple[int, tuple[Cell, ...], bool]
"""The number of the row's line or entry, its cells, and whether the row is known to be whole."""

SAMPLE = 500
"""How many points a sampled W&B history has."""

ROW = "row"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns that can be gone through as often as needed.

    Attributes:
        name: The file they come from.
        importer: The reader and its version.
        columns: The names, in their order; a name may come twice.
        rows: Yields the cells of the columns asked for, by name; writes what it notices into the list.
        xs: The columns that are x by default, best first; the number of the row where there is none of them.
        hidden: Columns that are no tags.
        from_wandb: Whether the rows are an export of W&B.
        notes: What was noticed before any row was read.
        sampled: Why the rows are a sample, where that is known beforehand.
    """

    name: str
    importer: str
    columns: tuple[str, ...]
    rows: Callable[[Sequence[str], list[str]], Iterator[Row]]
    xs: tuple[str, ...] = ()
    hidden: frozenset[str] = field(default=frozenset())
    from_wandb: bool = False
    notes: tuple[str, ...] = ()
    sampled: str | None = None


def table_reader(
    importer: str,
    recognises: Callable[[LogFile, bytes], bool],
    tables: Callable[[Sequence[LogFile]], tuple[Table, ...]],
) -> Reader:
    """Return the reader of a format whose files are tables."""
    return Reader(
        importer=importer,
        recognises=recognises,
        tags=lambda files: tuple(tag for table in tables(files) for tag in table_tags(table)),
        series=lambda files, question: _series(files, tables(files), question),
        texts=lambda files, column: _texts(files, tables(files), column),
    )


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
        if "_" in cell:
            raise ValueError(cell)
    try:
        return float(cell)
    except OverflowError:
        raise ValueError(str(cell)[:40]) from None


def cell_text(cell: Cell) -> str | None:
    """Return the cell as text, None for a blank one.

    >>> text(" a "), text(3), text("")
    ('a', '3', None)
    """
    return None if cell is None else str(cell).strip() or None


def table_tags(table: Table) -> tuple[Tag, ...]:
    """Return the columns that hold a number somewhere.

    Raises:
        LogError: The rows cannot be read.
    """
    names = tuple(
        name
        for name in table.columns
        if name not in table.hidden and table.columns.count(name) == 1
    )
    x_name = default_x(table)
    tallies = {name: Tally() for name in names}
    wanted = names if x_name == ROW else (*names, x_name)
    for index, (_, cells, _) in enumerate(table.rows(wanted, [])):
        x = float(index) if x_name == ROW else _number_or_none(cells[-1])
        if x is None:
            continue
        for name, cell in zip(names, cells, strict=False):
            if cell is not None and (value := _number_or_none(cell)) is not None:
                tallies[name].add(x, value)
    return tuple(
        Tag(name, tally.points, x_name, tally.last_x, tally.last_value, table.importer)
        for name, tally in tallies.items()
        if tally.points
    )


def default_x(table: Table) -> str:
    """Return the column that is x unless another is asked for; `row` where there is none."""
    return next((name for name in table.xs if name in table.columns), ROW)


def table_series(table: Table, question: Question) -> Series:
    """Return the series of a column that the table has.

    Raises:
        LogError: A column is not there or there twice, or a cell is no number.
    """
    x_name = question.x or default_x(table)
    by_row = question.x is None and x_name == ROW
    wanted = [
        question.tag,
        *([] if by_row else [x_name]),
        *([question.keep[0]] if question.keep else []),
    ]
    for name in wanted:
        _check_column(table, name)
    gathering = _Gathering(table, question, by_row)
    gathering.take(table.rows(wanted, gathering.notes))
    xs, values = in_order(gathering.xs, gathering.values)
    notes = (*table.notes, *gathering.all_notes(x_name))
    return Series(
        question.tag, x_name, xs, values, notes, _sampled(table, gathering), table.importer
    )


class _Gathering:
    """The points of one column, gathered row by row."""

    __slots__ = (
        "by_row",
        "kept",
        "notes",
        "question",
        "rows",
        "table",
        "values",
        "without_x",
        "xs",
    )

    def __init__(self, table: Table, question: Question, by_row: bool) -> None:  # noqa: FBT001
        self.table, self.question, self.by_row = table, question, by_row
        self.xs, self.values = array("d"), array("d")
        self.notes: list[str] = []
        self.rows = self.kept = self.without_x = 0

    def take(self, rows: Iterator[Row]) -> None:
        """Gather all rows.

        Raises:
            LogError: A cell is no number, or no row is kept.
        """
        keep = self.question.keep
        for place, cells, whole in rows:
            self.rows += 1
            if keep is not None and cell_text(cells[-1]) != keep[1].strip():
                continue
            self.kept += 1
            self._add(place, cells, whole)
        if keep is not None and not self.kept:
            raise LogError(self.table.name, f"has no row whose '{keep[0]}' is '{keep[1]}'")

    def _add(self, place: int, cells: tuple[Cell, ...], whole: bool) -> None:  # noqa: FBT001
        if cells[0] is None:
            return
        try:
            value = number(cells[0])
            x = float(self.kept - 1) if self.by_row else number(cells[1])
        except ValueError as fault:
            if whole:
                raise self._no_number(place, cells) from fault
            self.notes.append(f"line {place} of '{self.table.name}' breaks off and was passed over")
            return
        if value is None:
            return
        if x is None or not isfinite(x):
            self.without_x += 1
            return
        self.xs.append(x)
        self.values.append(value)

    def _no_number(self, place: int, cells: tuple[Cell, ...]) -> LogError:
        names = [self.question.tag, self.question.x or default_x(self.table)]
        for name, cell in zip(names, cells, strict=False):
            if cell is not None and not _is_number(cell):
                shown = str(cell)[:40]
                return LogError(
                    f"{self.table.name}:{place}",
                    f"has '{shown}' in column '{name}', which is no number",
                )
        return LogError(
            f"{self.table.name}:{place}", f"has no number in column '{self.question.tag}'"
        )

    def all_notes(self, x_name: str) -> tuple[str, ...]:
        """Return what was noticed, with the count of rows that have no x."""
        if not self.without_x:
            return tuple(self.notes)
        rows = "1 row" if self.without_x == 1 else f"{self.without_x} rows"
        return (
            *self.notes,
            f"{rows} of '{self.table.name}' without a finite '{x_name}' passed over",
        )


def _sampled(table: Table, gathering: _Gathering) -> str | None:
    if table.sampled is not None:
        return table.sampled
    if table.from_wandb and SAMPLE in (gathering.rows, gathering.kept, len(gathering.xs)):
        return f"it has exactly {SAMPLE} points, as a sampled W&B export has"
    return None


def _is_number(cell: Cell) -> bool:
    try:
        number(cell)
    except ValueError:
        return False
    return True


def _number_or_none(cell: Cell) -> float | None:
    try:
        return number(cell)
    except ValueError:
        return None


def _check_column(table: Table, name: str) -> None:
    times = table.columns.count(name)
    if times == 0:
        raise missing(table.name, "column", name, frozenset(table.columns) - {""})
    if times > 1:
        raise LogError(table.name, f"has {times} columns called '{name}'")


def _series(files: Sequence[LogFile], tables: Sequence[Table], question: Question) -> Series | None:
    table = _the_one(
        files, [table for table in tables if question.tag not in table.hidden], question.tag
    )
    return None if table is None else table_series(table, question)


def _the_one(files: Sequence[LogFile], tables: Sequence[Table], column: str) -> Table | None:
    holding = [table for table in tables if column and column in table.columns]
    if len(holding) > 1:
        names = ", ".join(f"'{table.name}'" for table in holding[:5])
        raise LogError(
            run_name(files), f"has '{column}' in {len(holding)} files ({names}); name one of them"
        )
    return holding[0] if holding else None


def _texts(
    files: Sequence[LogFile], tables: Sequence[Table], column: str
) -> tuple[str, ...] | None:
    table = _the_one(files, tables, column)
    if table is None:
        return None
    _check_column(table, column)
    found = (cell_text(cells[0]) for _, cells, whole in table.rows([column], []))
    return tuple(dict.fromkeys(each for each in found if each is not None))
