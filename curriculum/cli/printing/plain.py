"""Print plain lines, and JSON for programs."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from typing import Any

import click


def show_text(lines: Iterable[str]) -> None:
    """Print lines of plain text."""
    for line in lines:
        click.echo(line)


def show_pages(lines: Iterable[str]) -> None:
    """Print lines of plain text; in a terminal, more than its screen go through the pager."""
    shown = list(lines)
    if sys.stdout.isatty() and _is_too_long(shown):
        click.echo_via_pager("\n".join(shown))
    else:
        show_text(shown)


def _is_too_long(lines: Iterable[str]) -> bool:
    """Whether lines, and the prompt after them, take more rows than the terminal has."""
    columns, rows = shutil.get_terminal_size()
    taken = sum(1 + max(0, len(line) - 1) // columns for line in lines)
    return taken >= rows


def show_json(value: Any) -> None:  # Any: a tree of JSON values
    """Print JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
