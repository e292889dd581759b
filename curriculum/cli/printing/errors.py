"""Errors that stop a command, in lines that fit the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from click.exceptions import NoArgsIsHelpError

from curriculum.cli.printing.plain import show_text
from curriculum.cli.printing.preferences import columns
from curriculum.cli.printing.wrapping import wrapped
from curriculum.views.text.lines import line

_PREFIX = "Error: "
"""What click writes before the message."""

_HANG = 2


def show_error(sentence: str) -> None:
    """Print on stderr why the command could not do its work."""
    show_text([line(("curriculum:", "late"), f" {sentence}", hang=_HANG)], err=True)


def fitting(error: click.UsageError) -> click.UsageError:
    """Return a usage error with its message in lines that fit the terminal."""
    width = columns(sys.stderr)
    # An error that shows the help has no message of its own.
    if width is None or isinstance(error, NoArgsIsHelpError):
        return error
    rows = "\n".join(_rows(error.format_message(), width))
    return click.UsageError(rows.removeprefix(_PREFIX), error.ctx)


def _rows(message: str, width: int) -> Iterator[str]:
    for paragraph in f"{_PREFIX}{message}".split("\n"):
        for parts in wrapped(line(paragraph, hang=_HANG), width):
            yield "".join(text for text, _ in parts)
