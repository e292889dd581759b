"""Print tables and lines for people, as wide as the terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator

import click
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

_WIDE = 200
"""Columns of a table that goes to a file or a pipe, where nobody needs to see it at once."""

_GAP = re.compile(" {3,}")
"""What separates the parts of a line that may be broken."""

_INDENT = 2


def show(*renderables: RenderableType) -> None:
    """Print tables as wide as the terminal, or in full width when they go to a file or a pipe.

    In a terminal, what is longer than its screen goes through the pager.
    """
    console = _console(_WIDE)
    if not sys.stdout.isatty():
        console.print(*renderables, sep="")
        return
    with console.capture() as captured:
        console.print(*renderables, sep="")
    printed = captured.get()
    if printed.count("\n") < console.height:
        click.echo(printed, nl=False)
    else:
        click.echo_via_pager(printed.removesuffix("\n"))


def show_lines(lines: Iterable[Text]) -> None:
    """Print lines; in a narrow terminal they break at runs of three spaces and are indented."""
    console = _console(10 * _WIDE)
    for line in lines:
        for row in _broken(line, console.width):
            console.print(row)


def _console(wide: int) -> Console:
    # A title that holds ':x:' is shown as it is; rich's table of emoji need not be loaded either.
    return Console(width=_width(wide), highlight=False, emoji=False)


def _width(wide: int) -> int | None:
    """Return a width for files and pipes; None lets rich ask the terminal or COLUMNS."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return None
    return wide


def _broken(line: Text, width: int) -> Iterator[RenderableType]:
    """Yield the rows of a line: as many of its parts in each as there is room for."""
    plain = line.plain.rstrip()
    if not plain:
        yield ""
        return
    indent = start = len(plain) - len(plain.lstrip())
    gaps = [gap.span() for gap in _GAP.finditer(plain, start)]
    ends = [gap_start for gap_start, _ in gaps[1:]] + [len(plain)]
    for (stop, resume), end in zip(gaps, ends, strict=False):
        if indent + cell_len(plain[start:end]) > width:
            yield _row(line[start:stop], indent)
            start = resume
            indent = max(indent, _INDENT)
    yield _row(line[start : len(plain)], indent)


def _row(part: Text, indent: int) -> Padding:
    return Padding(part, (0, 0, 0, indent), expand=False)
