"""Tables that fold away columns where the screen is narrow, so that titles can still be read."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

LEAST_TITLE = 24
"""Characters of a title that are shown even on a narrow screen."""

WIDE_SCREEN = 120
"""Columns from which titles are shown in full, on several lines where they must be."""

_TITLES = ("title", "what", "goal")
"""Columns that are cut on a narrow screen."""

_LISTS = ("requires", "teaches")
"""Columns that wrap between words."""

_GAP = 2


class FoldingTable:
    """A table in the house style that leaves out columns where it is too wide for the screen."""

    def __init__(self, *headings: str, title: str = "", folds: Sequence[str] = ()) -> None:
        """Begin an empty table.

        Args:
            headings: The columns; `>` before a heading aligns it to the right.
            title: A line above the table.
            folds: Columns that may be left out, the least important first.
        """
        self.title = title
        self._names = tuple(heading.removeprefix(">") for heading in headings)
        self._is_number = tuple(heading.startswith(">") for heading in headings)
        self._folds = tuple(folds)
        self._rows: list[tuple[Text, ...]] = []

    def add_row(self, *cells: str | Text) -> None:
        """Add a row, a cell for each column."""
        self._rows.append(tuple(_text(cell) for cell in cells))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table with the columns that there is room for."""
        yield self._fitted(options.max_width)

    def _fitted(self, width: int) -> Table:
        """Return the table as rich prints it on a screen of a width."""
        made = Table(
            box=None,
            pad_edge=False,
            title=self.title or None,
            title_justify="left",
            title_style="bold",
            header_style="bold",
        )
        columns = self._shown(width)
        widths = self._widths(columns, width)
        for column in columns:
            name = self._names[column]
            made.add_column(
                name,
                justify="right" if self._is_number[column] else "left",
                no_wrap=self._is_on_one_line(column, width),
                overflow="ellipsis",
                width=widths[column],
            )
        for row in self._rows:
            made.add_row(*(row[column] for column in columns))
        return made

    def _is_on_one_line(self, column: int, width: int) -> bool:
        name = self._names[column]
        if name in _TITLES:
            return width < WIDE_SCREEN
        return name not in _LISTS

    def _shown(self, width: int) -> list[int]:
        """Return the columns that are left when enough of them are folded away."""
        shown = list(range(len(self._names)))
        for name in self._folds:
            needed = sum(self._least(column, width) + _GAP for column in shown) - _GAP
            if needed <= width:
                break
            shown.remove(self._names.index(name))
        return shown

    def _widths(self, columns: Sequence[int], width: int) -> dict[int, int]:
        """Return the width of each column: titles and lists share what the others leave."""
        widths = {column: self._least(column, width) for column in columns}
        spare = width - sum(widths.values()) - _GAP * (len(columns) - 1)
        for column in columns:
            more = min(self._natural(column) - widths[column], max(0, spare))
            widths[column] += more
            spare -= more
        return widths

    def _least(self, column: int, width: int) -> int:
        """Return the characters that a column needs on a screen of a width."""
        name = self._names[column]
        natural = self._natural(column)
        if name in _TITLES:
            return min(natural, LEAST_TITLE if width < WIDE_SCREEN else width // 2)
        if name in _LISTS:
            return self._longest_word(column)
        return natural

    def _natural(self, column: int) -> int:
        cells = (row[column].cell_len for row in self._rows)
        return max(cell_len(self._names[column]), *cells, 1)

    def _longest_word(self, column: int) -> int:
        words = [self._names[column]]
        for row in self._rows:
            words += row[column].plain.split()
        return max(map(cell_len, words))


def _text(cell: str | Text) -> Text:
    """Return a cell that is shown as it is, whatever brackets it holds."""
    if isinstance(cell, str):
        return Text(cell)
    return cell
