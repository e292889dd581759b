"""Print results on stdout: tables for people, JSON for programs."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

WIDE = 200
"""Columns of a table that goes to a file or a pipe, where no one has to see it at once."""

GAP = re.compile(" {3,}")
"""What stands between parts of a line that may be broken."""


def show(renderable: RenderableType) -> None:
    """Print a table; as wide as the terminal, or wide enough for all when it goes elsewhere."""
    from rich.console import Console

    Console(width=_width(WIDE), highlight=False, soft_wrap=False).print(renderable)


def _width(wide: int) -> int | None:
    """Return None for the width of the terminal or of the variable COLUMNS, and a wide one where there is neither."""
    return None if sys.stdout.isatty() or os.environ.get("COLUMNS") else wide


def show_lines(lines: Iterable[Text]) -> None:
    """Print lines; in a terminal that is too narrow they break where three spaces stand, and go on indented."""
    from rich.console import Console

    console = Console(width=_width(10 * WIDE), highlight=False)
    for line in lines:
        for row in _broken(line, console.width):
            console.print(row)


def _broken(line: Text, width: int) -> Iterator[RenderableType]:
    """Yield the rows of a line: as many of its parts in each as there is room for."""
    from rich.cells import cell_len
    from rich.padding import Padding

    plain = line.plain.rstrip()
    if not plain:
        yield ""
        return
    indent = start = len(plain) - len(plain.lstrip())
    gaps = [gap.span() for gap in GAP.finditer(plain, start)]
    for number, (stop, resume) in enumerate(gaps):
        end = gaps[number + 1][0] if number + 1 < len(gaps) else len(plain)
        if indent + cell_len(plain[start:end]) > width:
            yield Padding(line[start:stop], (0, 0, 0, indent), expand=False)
            start, indent = resume, max(indent, 2)
    yield Padding(line[start : len(plain)], (0, 0, 0, indent), expand=False)


def show_json(value: Any) -> None:  # Any: a tree of JSON values
    """Print JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
