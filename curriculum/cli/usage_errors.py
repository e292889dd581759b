"""Usage errors that a narrow terminal does not break within a word."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from click.exceptions import NoArgsIsHelpError

from curriculum.cli.printing.preferences import columns
from curriculum.cli.printing.wrapping import wrapped
from curriculum.views.text.lines import line

_PREFIX = "Error: "
"""What click writes before the message."""

_HANG = 2


def fitting(error: click.UsageError) -> click.UsageError:
    """Return the error with its message in lines that fit the terminal."""
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
