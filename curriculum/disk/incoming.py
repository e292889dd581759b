"""Files that a person hands over to be read once: whole, and bounded."""

from __future__ import annotations

import sys
from pathlib import Path

from curriculum.disk.errors import ReadError
from curriculum.disk.reading import require_file

MOST_HANDED_OVER = 60_000_000
"""The most that is read of a file; whoever reads what is in it says what is too much."""


def handed_over(path: Path) -> bytes:
    """Return the bytes of a file, or of standard input for `-`, up to `MOST_HANDED_OVER`.

    Raises:
        ReadError: It cannot be read.
    """
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(MOST_HANDED_OVER)
        require_file(path)
        with path.open("rb") as file:
            return file.read(MOST_HANDED_OVER)
    except OSError as error:
        raise ReadError(path, error) from error
