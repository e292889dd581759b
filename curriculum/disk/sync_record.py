"""Keep the record of a calendar server beside the calendars."""

from __future__ import annotations

from pathlib import Path

from curriculum.disk.atomic import remove_leftovers, write_all
from curriculum.disk.reading import bytes_of
from curriculum.model.ledger import LEDGER


def read_record(folder: Path, name: str) -> bytes | None:
    """Return a record's bytes; None when there is none.

    Raises:
        ReadError: It is there and cannot be read.
    """
    return bytes_of(folder / name)


def write_record(folder: Path, name: str, data: bytes) -> None:
    """Replace a record unless it is the same already, or its folder is not there.

    No other run may be writing it. It is read by whoever may read the ledger, if one is beside it.

    Raises:
        WriteError: It cannot be written.
    """
    # A vdir that was not made yet: a dry run leaves it so.
    if folder.is_dir():
        path = folder / name
        remove_leftovers([path])
        write_all({path: data}, {path: folder / LEDGER})
