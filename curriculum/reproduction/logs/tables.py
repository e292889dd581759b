"""Series out of rows and columns, wherever the rows come from."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import isfinite, nan
from typing import TypeAlias

from curriculum.model.formatting import counted
from curriculum.model.runs import ROW_NUMBER, LogError, RunColumn, Series
from curriculum.reproduction.logs.column_names import StepColumns, run_columns, step_columns
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

Sparse: TypeAlias = Callable[[], Iterator[Mapping[str, Cell]]]
"""Yields the cells that each row has, by the names of their columns."""

SelectRows: TypeAlias = Callable[[Sequence[str], Notes], Rows]
"""Yields the cells of the columns asked for, by name; adds what it notices to the notes."""

_MOST_ORDERS = 4
"""How many choices of x are told apart while tags are listed: each takes a reading of all rows."""

WANDB_SAMPLE = 500
"""How many points W&B returns of a history unless it is asked for all: a sample of them."""


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
    tags: list[Tag] = []
    for x_names, names in _by_x_names(table).items():
        tags.extend(_tags_over(table, x_names, names))
    return tuple(tags)


def _by_x_names(table: Table) -> dict[tuple[str, ...], list[str]]:
    """Return the columns that can be tags, by what may be their x."""
    steps = step_columns(table.columns)
    alike: dict[tuple[str, ...], list[str]] = {}
    for name in _single_columns(table):
        x_names = _x_names(table, steps, name)
        if len(alike) >= _MOST_ORDERS and x_names not in alike:
            x_names = _x_names(table, steps, "")
        alike.setdefault(x_names, []).append(name)
    return alike


def _x_names(table: Table, steps: StepColumns, tag: str) -> tuple[str, ...]:
    """Return what may be a tag's x unless a column is asked for, best first; last the row."""
    own = [name for name in table.xs if name in table.columns]
    return tuple(dict.fromkeys([*own, *steps.beside(tag), ROW_NUMBER]))


def _tags_over(table: Table, x_names: Sequence[str], names: list[str]) -> Iterator[Tag]:
    """Yield the tags, each over the first x that any of its rows has."""
    for x_name in x_names:
        without_x: list[str] = []
        for name, tally in _tallies(table, names, x_name).items():
            if tally.points:
                yield tag_of(name, tally, x_name, table.importer)
            elif tally.without_x:
                without_x.append(name)
        names = without_x
        if not names:
            return


def _single_columns(table: Table) -> list[str]:
    """Return the columns that can be tags: a name that comes twice means nothing."""
    times = Counter(table.columns)
    return [name for name, count in times.items() if count == 1 and name not in table.hidden]


def _tallies(table: Table, names: Sequence[str], x_name: str) -> dict[str, Tally]:
    tallies = {name: Tally() for name in names}
    if table.sparse is not None:
        _count_sparse(table.sparse(), tallies, x_name)
        return tallies
    for x, cells in _with_x(table, names, x_name):
        for tally, cell in zip(tallies.values(), cells, strict=False):
            value = _number_or_none(cell)
            if value is not None:
                tally.add(x, value)
    return tallies


def _count_sparse(
    entries: Iterable[Mapping[str, Cell]], tallies: Mapping[str, Tally], x_name: str
) -> None:
    """Count the cells that are there, however many columns there are."""
    for index, entry in enumerate(entries):
        x: float | None = index
        if x_name != ROW_NUMBER:
            x = _number_or_none(entry.get(x_name))
        for name, cell in entry.items():
            value = _number_or_none(cell)
            if value is not None and name in tallies:
                tallies[name].add(nan if x is None else x, value)


def _with_x(
    table: Table, names: Sequence[str], x_name: str
) -> Iterator[tuple[float, tuple[Cell, ...]]]:
    """Yield the x of every row, NaN where it has none, and its cells in some columns."""
    if x_name == ROW_NUMBER:
        for index, (_, cells, _) in enumerate(table.rows(names, [])):
            yield float(index), cells
        return
    for _, cells, _ in table.rows([*names, x_name], []):
        x = _number_or_none(cells[-1])
        yield nan if x is None else x, cells


def table_series(table: Table, question: Question) -> Series:
    """Return the series of a column that the table has.

    Raises:
        LogError: A column is missing or there twice, or a cell is not a number.
    """
    gathering = _gathered(table, question)
    xs, values = in_order(gathering.xs, gathering.values)
    return Series(
        tag=question.tag,
        x_name=gathering.x_name,
        xs=xs,
        values=values,
        notes=(*table.notes, *gathering.all_notes()),
        sampled=_sampled(table, gathering),
        importer=table.importer,
        file=table.name,
        run_columns=gathering.run_columns(),
    )


def _gathered(table: Table, question: Question) -> _Gathering:
    """Return the points of a column over the best x that any of its rows has."""
    names: tuple[str, ...] = ()
    if question.x is not None:
        names = (question.x,)
    else:
        names = _x_names(table, step_columns(table.columns), question.tag)
    found: _Gathering | None = None
    for x_name in names:
        found = _Gathering(table, question, x_name)
        columns = found.columns()
        for name in columns:
            _check_column(table, name)
        found.take(table.rows(columns, found.notes))
        if found.xs or not found.without_x:
            break
    assert found is not None, "there is always the row's number"
    return found


class _Gathering:
    """The points of one column, gathered row by row."""

    __slots__ = (
        "counts_rows",
        "kept",
        "notes",
        "question",
        "rows",
        "runs",
        "table",
        "values",
        "without_x",
        "x_name",
        "xs",
    )

    def __init__(self, table: Table, question: Question, x_name: str) -> None:
        self.table = table
        self.question = question
        self.x_name = x_name
        is_a_column = question.x is not None and question.x in table.columns
        self.counts_rows = x_name == ROW_NUMBER and not is_a_column
        self.xs = array("d")
        self.values = array("d")
        self.notes: Notes = []
        self.rows = self.kept = self.without_x = 0
        self.runs: dict[str, dict[str, None]] = {}
        for name in run_columns(table.columns):
            if name not in (question.tag, x_name):
                self.runs[name] = {}

    def columns(self) -> list[str]:
        """Return the columns to ask for.

        The tag comes first, then x, those that tell runs apart, last the one that rows are kept by.
        """
        names = [self.question.tag]
        if not self.counts_rows:
            names.append(self.x_name)
        names.extend(self.runs)
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
        if self.runs:
            self._add_run(cells)

    def _add_run(self, cells: tuple[Cell, ...]) -> None:
        first = 1 if self.counts_rows else 2
        for found, cell in zip(self.runs.values(), cells[first:], strict=False):
            text = cell_text(cell)
            if text is not None:
                found[text] = None

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

    def run_columns(self) -> tuple[RunColumn, ...]:
        """Return the columns that hold several runs."""
        found = [RunColumn(name, tuple(texts)) for name, texts in self.runs.items()]
        return tuple(column for column in found if len(column.runs) > 1)

    def all_notes(self) -> list[str]:
        """Return what was noticed, with the count of rows that have no x."""
        notes = list(self.notes)
        if self.without_x:
            rows = counted(self.without_x, "row")
            lacking = f"without a finite '{self.x_name}'"
            notes.append(f"{rows} of '{self.table.name}' {lacking} skipped")
        begins = sum(other < one for one, other in pairwise(self.xs))
        if begins and not self.runs:
            often = "once" if begins == 1 else f"{begins} times"
            found = f"'{self.x_name}' of '{self.table.name}' falls {often}"
            notes.append(f"{found}: its rows were sorted; they may be several runs")
        return notes


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
    holding = _holding(visible, question.tag)
    if not holding:
        return None
    first, *others = [table_series(table, question) for table in holding]
    if any((one.xs, one.values) != (first.xs, first.values) for one in others):
        raise _in_several(files, holding, question.tag)
    if not others:
        return first
    note = f"{len(holding)} files hold the same points; '{first.file}' was read"
    return replace(first, notes=(*first.notes, note))


def _holding(tables: Sequence[Table], column: str) -> list[Table]:
    """Return the tables that have a column."""
    return [table for table in tables if column and column in table.columns]


def _in_several(files: LogFiles, holding: Sequence[Table], column: str) -> LogError:
    names = quoted_names(table.name for table in holding)
    found = f"has '{column}' in {len(holding)} files ({names})"
    return LogError(run_name(files), f"{found}; name one of them")


def _texts(files: LogFiles, tables: Sequence[Table], column: str) -> tuple[str, ...] | None:
    holding = _holding(tables, column)
    if not holding:
        return None
    first, *others = [_texts_in(table, column) for table in holding]
    if any(texts != first for texts in others):
        raise _in_several(files, holding, column)
    return first


def _texts_in(table: Table, column: str) -> tuple[str, ...]:
    _check_column(table, column)
    texts: dict[str, None] = {}
    for _, cells, _ in table.rows([column], []):
        text = cell_text(cells[0])
        if text is not None:
            texts[text] = None
    return tuple(texts)
