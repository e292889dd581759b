"""Print plain lines, and JSON for programs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from curriculum.cli.printing.preferences import columns, is_quiet
from curriculum.cli.printing.wrapping import wrapped
from curriculum.cli.visible_output import visible
from curriculum.views.json.written import json_text
from curriculum.views.text.lines import Part, StyledLine, line
from curriculum.views.text.signs import BOLD, TERMINAL_COLOURS


def show_text(lines: Iterable[str | StyledLine], *, err: bool = False) -> None:
    """Print lines of text; in a terminal they break between words."""
    for row in _rows(lines, columns(sys.stderr if err else sys.stdout)):
        click.echo(row, err=err)


def tell(lines: Iterable[str | StyledLine], *, err: bool = False, is_asked: bool = False) -> None:
    """Print lines that sum up what was done; with `--quiet`, only what the person asked for."""
    if is_asked or not is_quiet():
        show_text(lines, err=err)


def show_pages(lines: Iterable[str | StyledLine]) -> None:
    """Print lines of text; in a terminal, more than its screen go through the pager."""
    rows = list(_rows(lines, columns(sys.stdout)))
    # The prompt takes a line, too.
    if sys.stdout.isatty() and len(rows) >= shutil.get_terminal_size().lines:
        page("\n".join(rows))
    else:
        for row in rows:
            click.echo(row)


def page(printed: str) -> None:
    """Show a long text in the pager."""
    # As git does: less then shows colours, rather than their codes.
    os.environ.setdefault("LESS", "-R")
    click.echo_via_pager(printed)


def show_json(value: Any) -> None:  # Any: a tree of JSON values
    """Print JSON, indented; long lists have a line for each item."""
    click.echo(json_text(value))


def _rows(lines: Iterable[str | StyledLine], width: int | None) -> Iterator[str]:
    """Yield the rows that lines take on a screen of a width."""
    for each in _kept(lines):
        rows = [each.parts] if width is None else wrapped(each, width)
        for row in rows:
            yield "".join(map(_styled, row))


def _kept(lines: Iterable[str | StyledLine]) -> Iterator[StyledLine]:
    """Yield the lines to print: with `--quiet`, without advice."""
    quiet = is_quiet()
    for each in lines:
        whole = line(each) if isinstance(each, str) else each
        kept = whole.without_advice() if quiet else whole
        if kept.parts:
            yield kept


def _styled(part: Part) -> str:
    raw, style = part
    text = visible(raw)
    if style not in TERMINAL_COLOURS and style not in BOLD:
        return text
    # None leaves out the code for "not bold".
    return click.style(text, fg=TERMINAL_COLOURS.get(style), bold=style in BOLD or None)
