"""Print results on stdout: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

WIDE = 200
"""Columns of a table that goes to a file or a pipe, where no one has to see it at once."""


def show(renderable: RenderableType) -> None:
    """Print a table; as wide as the terminal, or wide enough for all when it goes elsewhere."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDE
    Console(width=width, highlight=False, soft_wrap=False).print(renderable)


def show_lines(lines: Iterable[Text]) -> None:
    """Print lines; each is cut at nothing, and wraps only in a terminal."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 10 * WIDE, highlight=False)
    for line in lines:
        console.print(line)


def show_json(value: Any) -> None:  # Any: a tree of JSON values
    """Print JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
