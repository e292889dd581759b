"""Print plain lines, and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click


def show_text(lines: Iterable[str]) -> None:
    """Print lines of plain text."""
    for line in lines:
        click.echo(line)


def show_json(value: Any) -> None:  # Any: a tree of JSON values
    """Print JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
