"""Open a file in the person's editor, where a person sits at a terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


def has_editor() -> bool:
    """Whether there is a terminal, and an editor was chosen for it."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return is_terminal and bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))


def open_in_editor(path: Path) -> None:
    """Open a file, and wait until it is closed; without a terminal or an editor, do nothing."""
    if has_editor():
        click.edit(filename=str(path))
