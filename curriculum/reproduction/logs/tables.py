"""Rows and columns, wherever the rows come from, and what a cell holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.runs import ROW_NUMBER, LogError
from curriculum.reproduction.logs.column_names import StepColumns
from curriculum.reproduction.logs.tags import Notes, missing

Cell: TypeAlias = str | float | None
"""What a row holds in a column; None where it holds nothing."""

Row: TypeAlias = tuple[int, tuple[Cell, ...], bool]
"""The number of the row's line or entry, its cells, and whether the row is known to be whole."""

Rows: TypeAlias = Iterator[Row]

Sparse: TypeAlias = Callable[[], Iterator[Mapping[str, Cell]]]
"""Yields the cells that each row has, by the names of their columns."""

SelectRows: TypeAlias = Callable[[Sequence[str], Notes], Rows]
"""Yields the cells of the columns asked for, by name; adds what it notices to the notes."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns that can be gone through as often as needed.

    Attributes:
        name: The file they come from.
        importer: The reader and its version.
        columns: The names, in their order; a name may come twice.
        rows: Goes through the rows.
        xs: The columns that are x by default, best first; after them come those that are known to
            count steps, and the row's number where there is none.
        hidden: Columns that are not tags.
        from_wandb: Whether the rows are an export of W&B.
        notes: What was noticed before any row was read.
        sampled: Why the rows are a sample, where that is known beforehand.
        sparse: Goes through the rows of a table in which most of them may lack most columns, as
            when each has a name of its own: to fill them all up would take quadratic time.
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
    sparse: Sparse | None = None


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


def number_or_none(cell: Cell) -> float | None:
    """Return the cell as a number, None for a blank one and for text."""
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


def possible_xs(table: Table, steps: StepColumns, tag: str) -> tuple[str, ...]:
    """Return what may be a tag's x unless a column is asked for, best first; last the row."""
    own = [name for name in table.xs if name in table.columns]
    return tuple(dict.fromkeys([*own, *steps.beside(tag), ROW_NUMBER]))


def check_column(table: Table, name: str) -> None:
    """Refuse a column that a table does not have, or has twice.

    Raises:
        LogError: It does not have it once.
    """
    times = table.columns.count(name)
    if times == 0:
        columns = {column for column in table.columns if column}
        raise missing(table.name, "column", name, columns)
    if times > 1:
        raise LogError(table.name, f"has {times} columns called '{name}'")
