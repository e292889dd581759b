"""Files that gzip has packed, as the files that are in them."""

from __future__ import annotations

import gzip
import io
import zlib
from functools import partial
from typing import BinaryIO, cast

from curriculum.model.runs import LogError, LogFile

LARGEST_UNPACKED = 1 << 30
"""How much is unpacked of one file, in bytes: a small file may stand for a huge one."""

_ALWAYS_UNPACKED = 1 << 24
_USUAL_RATIO = 50
"""Logs are packed to a third or a tenth, repetitive ones to a thirtieth."""

_SUFFIX = ".gz"


def unpacked(file: LogFile) -> LogFile:
    """Return a packed file as the one that is in it, without `.gz`; any other as it is."""
    if not file.name.lower().endswith(_SUFFIX):
        return file
    name = file.name[: -len(_SUFFIX)]
    return LogFile(name, file.size, partial(_opened, file))


def _opened(file: LogFile) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Unpacking(file)))


class _Unpacking(io.RawIOBase):
    """The bytes of a packed file; what is damaged or too much is a `LogError`."""

    def __init__(self, file: LogFile) -> None:
        self._name = file.name
        self._packed = file.open()
        self._stream = gzip.GzipFile(fileobj=self._packed)
        self._most = _most_unpacked(file.size)
        self._left = self._most

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with bytes, and return how many there were.

        Raises:
            LogError: They cannot be unpacked, or there are too many.
        """
        try:
            found = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error) as fault:
            raise LogError(self._name, f"cannot be unpacked: {fault}") from fault
        self._left -= len(found)
        if self._left < 0:
            limit = f"{self._most >> 20} MB"
            raise LogError(self._name, f"unpacks to more than the {limit} that are read")
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        """Close the packed file."""
        self._stream.close()
        self._packed.close()
        super().close()


def _most_unpacked(size: int) -> int:
    """Return how much is unpacked of a file of a size: gzip can pack a thousand zeros into a byte.

    >>> _most_unpacked(65_000) >> 20, _most_unpacked(10_000_000) >> 20
    (16, 476)
    """
    return min(LARGEST_UNPACKED, max(_ALWAYS_UNPACKED, _USUAL_RATIO * size))
