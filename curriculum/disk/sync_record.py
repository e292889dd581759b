"""Keep the record of a calendar server beside the calendars."""

from __future__ import annotations

from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.reading import bytes_of


def read_record(folder: Path, name: str) -> bytes | None:
    """Return a record's bytes; None when there is none.

    Raises:
        ReadError: It is there and cannot be read.
    """
    return bytes_of(folder / name)


def write_record(folder: Path, name: str, data: bytes) -> None:
    """Replace a record unless it is the same already, or its folder is not there.

    Raises:
        WriteError: It cannot be written.
    """
    # A vdir that was not made yet: a dry run leaves it so.
    if folder.is_dir():
        write(folder / name, data)
