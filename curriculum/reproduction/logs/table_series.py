"""The series of one column of a table, gathered row by row."""

from __future__ import annotations

from array import array
from itertools import pairwise
from math import isfinite

from curriculum.model.formatting import counted
from curriculum.model.runs import ROW_NUMBER, LogError, RunColumn, Series
from curriculum.reproduction.logs.column_names import run_columns, step_columns
from curriculum.reproduction.logs.points import in_order
from curriculum.reproduction.logs.tables import (
    Cell,
    Rows,
    Table,
    cell_text,
    check_column,
    number,
    possible_xs,
)
from curriculum.reproduction.logs.tags import Notes, Question

WANDB_SAMPLE = 500
"""How many points W&B returns of a history unless it is asked for all: a sample of them."""


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
    names = possible_xs(table, step_columns(table.columns), question.tag)
    if question.x is not None:
        names = (question.x,)
    found: _Gathering | None = None
    for x_name in names:
        found = _Gathering(table, question, x_name)
        columns = found.columns()
        for name in columns:
            check_column(table, name)
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
