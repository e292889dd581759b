"""Print tables and lines for people, as wide as the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from curriculum.cli.printing.consoles import console_for
from curriculum.cli.printing.plain import page
from curriculum.cli.printing.preferences import columns, is_quiet
from curriculum.model.late_patterns import late_pattern
from curriculum.views.text.marks import Aside

_WIDE = 200
"""Columns of a table that goes to a file or a pipe, where nobody needs to see it at once."""

_GAP = late_pattern(" {3,}")
"""What separates the parts of a line that may be broken."""

_INDENT = 2


def show(*renderables: RenderableType) -> None:
    """Print tables as wide as the terminal, or in full width when they go to a file or a pipe.

    In a terminal, what is longer than its screen goes through the pager.
    """
    console = console_for(sys.stdout, _width(_WIDE))
    # A group, or rich would join the lines of text in it.
    shown = Group(*_kept(renderables))
    if not sys.stdout.isatty():
        console.print(shown)
        return
    with console.capture() as captured:
        console.print(shown)
    printed = captured.get()
    if printed.count("\n") < console.height:
        click.echo(printed, nl=False)
    else:
        page(printed.removesuffix("\n"))


def show_lines(lines: Iterable[Text]) -> None:
    """Print lines; in a narrow terminal they break at runs of three spaces and are indented."""
    console = console_for(sys.stdout, _width(10 * _WIDE))
    for line in lines:
        for row in _broken(line, console):
            console.print(row)


def _kept(renderables: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Yield what is to be printed: with `--quiet`, no line that sums up or gives advice."""
    quiet = is_quiet()
    for each in renderables:
        if isinstance(each, Group):
            yield from _kept(each.renderables)
        elif not (quiet and isinstance(each, Aside)):
            yield each


def _width(wide: int) -> int:
    """Return the width of the terminal, or another one for files and pipes."""
    return columns(sys.stdout) or wide


def _broken(line: Text, console: Console) -> Iterator[RenderableType]:
    """Yield the rows of a line: as many of its parts in each as there is room for."""
    plain = line.plain.rstrip()
    if not plain:
        yield ""
        return
    indent = start = len(plain) - len(plain.lstrip())
    gaps = [gap.span() for gap in _GAP.finditer(plain, start)]
    ends = [gap_start for gap_start, _ in gaps[1:]] + [len(plain)]
    for (stop, resume), end in zip(gaps, ends, strict=False):
        if indent + cell_len(plain[start:end]) > console.width:
            yield from _rows(line[start:stop], indent, console)
            start = resume
            indent = max(indent, _INDENT)
    yield from _rows(line[start : len(plain)], indent, console)


def _rows(part: Text, indent: int, console: Console) -> Iterator[Padding]:
    """Yield a part of a line; where it must be broken, it goes on further to the right."""
    room = console.width - indent
    rows = [part]
    if part.cell_len > room:
        rows = list(part.wrap(console, room - _INDENT))
    for row in rows:
        yield Padding(row, (0, 0, 0, indent), expand=False)
        indent += _INDENT if row is rows[0] else 0
