"""Signs, colours and asides in tables."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from curriculum.model.identifiers import Track
from curriculum.views.text.lines import marked
from curriculum.views.text.signs import BOLD, TERMINAL_COLOURS

_LABEL = 10
"""Columns of a label before a paragraph."""


class Aside(Text):
    """A line that sums up or gives advice; `--quiet` leaves it out."""


def style_of(name: str) -> str:
    """Return the style of a track or a state, as rich writes it."""
    colour = f"color({TERMINAL_COLOURS[name]})"
    return f"bold {colour}" if name in BOLD else colour


def mark(name: str, text: str = "") -> Text:
    """Return the sign of a track or a state, and a text after it, in its colour."""
    shown, style = marked(name, text)
    return Text(shown, style=style_of(style))


def track_mark(track: Track) -> Text:
    """Return the sign of a track in its colour."""
    return mark(track)


def late(text: str) -> Text:
    """Return what is late, or too much for the time there is."""
    return mark("late", text)


def labelled(label: str, lines: Iterable[str | Text]) -> Table:
    """Return lines with a label before the first; what is too long goes on below its line."""
    rows = Table.grid()
    rows.add_column(width=_LABEL, style="bold")
    rows.add_column(overflow="fold")
    for line in lines:
        rows.add_row(label, line)
        label = ""
    return rows
