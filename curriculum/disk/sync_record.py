"""Keep the record of a calendar server beside the calendars."""

from __future__ import annotations

from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.errors import ReadError


def read_record(folder: Path, name: str) -> bytes | None:
    """Return a record's bytes; None when there is none.

    Raises:
        ReadError: It is there and cannot be read.
    """
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ReadError(folder / name, error) from error


def write_record(folder: Path, name: str, data: bytes) -> None:
    """Replace a record unless it is the same already.

    Raises:
        WriteError: It cannot be written.
    """
    write(folder / name, data)
