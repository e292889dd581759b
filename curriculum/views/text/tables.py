"""Tables in the house style."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

_GIVING_WAY = ("title", "requires", "teaches")
"""Columns that are cut or wrapped where a table is too wide for the screen."""


def table(*headings: str) -> Table:
    """Return an empty table in the house style; `>` before a heading aligns it to the right."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        name = heading.removeprefix(">")
        is_number = name != heading
        made.add_column(
            name,
            justify="right" if is_number else "left",
            no_wrap=name not in _GIVING_WAY,
        )
    return made


def one_line(title: str) -> Text:
    """Return a title that ends in an ellipsis where a table is too wide, and never wraps."""
    return Text(title, no_wrap=True, overflow="ellipsis")
