"""Print JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

import click


def show_json(value: Any) -> None:  # Any: a tree of JSON values
    """Print JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
