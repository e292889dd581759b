"""The columns of a table that are tags: those that hold a number somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import nan

from curriculum.model.runs import ROW_NUMBER
from curriculum.reproduction.logs.column_names import step_columns
from curriculum.reproduction.logs.points import Tally
from curriculum.reproduction.logs.tables import Cell, Table, number_or_none, possible_xs
from curriculum.reproduction.logs.tags import Tag, tag_of

_MOST_ORDERS = 4
"""How many choices of x are told apart while tags are listed: each takes a reading of all rows."""


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
        x_names = possible_xs(table, steps, name)
        if len(alike) >= _MOST_ORDERS and x_names not in alike:
            x_names = possible_xs(table, steps, "")
        alike.setdefault(x_names, []).append(name)
    return alike


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
    """Return the columns that can be tags: no name, or one that comes twice, means nothing."""
    times = Counter(table.columns)
    single = [name for name, count in times.items() if count == 1 and name]
    return [name for name in single if name not in table.hidden]


def _tallies(table: Table, names: Sequence[str], x_name: str) -> dict[str, Tally]:
    tallies = {name: Tally() for name in names}
    if table.sparse is not None:
        _count_sparse(table.sparse(), tallies, x_name)
        return tallies
    for x, cells in _with_x(table, names, x_name):
        for tally, cell in zip(tallies.values(), cells, strict=False):
            value = number_or_none(cell)
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
            x = number_or_none(entry.get(x_name))
        for name, cell in entry.items():
            value = number_or_none(cell)
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
        x = number_or_none(cells[-1])
        yield nan if x is None else x, cells
