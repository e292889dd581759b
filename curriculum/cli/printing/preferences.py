"""What the global options and the environment say of the output: its width, colours and length."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import IO

import click

QUIET = "curriculum.quiet"
"""The key in click's `meta` under which the group notes `--quiet`."""


def is_quiet() -> bool:
    """Whether advice and summaries are left out."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(QUIET))


def colour() -> bool | None:
    """Whether there are colours; None leaves it to what the output goes to."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.color


def colour_of(environment: Mapping[str, str]) -> bool | None:
    """Return what NO_COLOR and FORCE_COLOR say; the first is stronger (no-color.org).

    >>> colour_of({"FORCE_COLOR": "1"}), colour_of({"NO_COLOR": "1", "FORCE_COLOR": "1"})
    (True, False)
    >>> colour_of({"NO_COLOR": ""}) is None
    True
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return None


def columns(stream: IO[str]) -> int | None:
    """Return the width of the terminal that a stream goes to; None for files and pipes.

    COLUMNS counts for these, too.
    """
    if os.environ.get("COLUMNS") or stream.isatty():
        return shutil.get_terminal_size().columns
    return None
