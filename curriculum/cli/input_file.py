"""A file that is given on the command line to be read, or standard input."""

from __future__ import annotations

from typing import IO, Any

import click


class InputFile(click.File):
    """A file to read, or `-` for standard input, which may be closed."""

    def __init__(self) -> None:
        """Read bytes."""
        super().__init__("rb")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> IO[bytes]:  # Any: as in click
        """Return the file, opened."""
        try:
            opened: IO[bytes] = super().convert(value, param, ctx)
        except RuntimeError:
            self.fail("standard input is closed", param, ctx)
        return opened
